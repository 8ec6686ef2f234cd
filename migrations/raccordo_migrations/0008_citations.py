from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('raccordo', '0007_computations')]

    initial = False

    operations = [
        ops.CreateModel(
            name='CitedRanking',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('name', fields.CharField(unique=True, max_length=40)),
                ('need_number', fields.IntField(db_index=True)),
                ('snapshot_id', fields.CharField(max_length=16)),
                ('content', fields.TextField(unique=False)),
                ('cited_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'cited_ranking', 'app': 'raccordo', 'pk_attr': 'id', 'table_description': 'A ranking as it was: `name` is what an act cites, `content` is JSON with inputs, weights and every factor.'},
            bases=['Model'],
        ),
    ]
