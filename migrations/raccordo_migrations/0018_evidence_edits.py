"""What coordinators say of the evidence for managing a function together."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [("raccordo", "0017_stated_themes")]

    initial = False

    operations = [
        ops.CreateModel(
            name='EvidenceEdit',
            fields=[
                ('function', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=8)),
                ('prior', fields.FloatField(null=True)),
                ('source', fields.CharField(default='', max_length=500)),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('version', fields.IntField(default=1)),
            ],
            options={'table': 'evidence_edit', 'app': 'raccordo', 'pk_attr': 'function', 'table_description': 'What coordinators say of the evidence for managing a function together, over what ships.'},
            bases=['Model'],
        ),
    ]
