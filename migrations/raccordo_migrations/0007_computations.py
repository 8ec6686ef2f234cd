from tortoise import migrations
from tortoise.migrations import operations as ops
from raccordo.models.computations import ComputationState
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('raccordo', '0006_identity_providers')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Computation',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('token', fields.CharField(unique=True, max_length=32)),
                ('kind', fields.CharField(max_length=32)),
                ('digest', fields.CharField(db_index=True, max_length=64)),
                ('inputs', fields.TextField(unique=False)),
                ('state', fields.CharEnumField(db_index=True, description='QUEUED: QUEUED\nRUNNING: RUNNING\nDONE: DONE\nCANCELLED: CANCELLED\nFAILED: FAILED', enum_type=ComputationState, max_length=16)),
                ('share', fields.FloatField(default=0.0)),
                ('result', fields.TextField(default='', unique=False)),
                ('problem', fields.CharField(default='', max_length=32)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('alive_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('finished_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'computation', 'app': 'raccordo', 'pk_attr': 'id', 'table_description': 'One piece of work. `inputs` and `result` are JSON, `digest` is equal when the result must be.'},
            bases=['Model'],
        ),
    ]
