from tortoise import migrations
from tortoise.migrations import operations as ops
from raccordo.models.delegation import ProposedNeedState
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('raccordo', '0001_initial')]

    initial = False

    operations = [
        ops.CreateModel(
            name='NoDelegation',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('body', fields.OneToOneField('raccordo.TerritorialBody', source_field='body_id', db_constraint=True, to_field='id', related_name='no_delegation', on_delete=OnDelete.RESTRICT)),
                ('since', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'no_delegation', 'app': 'raccordo', 'pk_attr': 'id', 'table_description': 'A municipality that wants nobody to write needs for it: without a row, its bodies may propose them.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ProposedNeed',
            fields=[
                ('number', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('poster', fields.ForeignKeyField('raccordo.TerritorialBody', source_field='poster_id', db_constraint=True, to_field='id', related_name='needs_proposed', on_delete=OnDelete.RESTRICT)),
                ('municipality', fields.ForeignKeyField('raccordo.TerritorialBody', source_field='municipality_id', db_constraint=True, to_field='id', related_name='needs_to_confirm', on_delete=OnDelete.RESTRICT)),
                ('author', fields.ForeignKeyField('raccordo.Person', source_field='author_id', null=True, db_constraint=True, to_field='id', related_name='proposed_needs', on_delete=OnDelete.SET_NULL)),
                ('title', fields.CharField(max_length=200)),
                ('description', fields.TextField(unique=False)),
                ('functions', fields.CharField(default='', max_length=100)),
                ('themes', fields.CharField(default='', max_length=400)),
                ('axes', fields.CharField(default='', max_length=60)),
                ('funding', fields.CharField(default='', max_length=300)),
                ('deadline', fields.DateField(null=True)),
                ('state', fields.CharEnumField(description='WAITING: WAITING\nCONFIRMED: CONFIRMED\nDECLINED: DECLINED\nTAKEN_BACK: TAKEN_BACK\nEXPIRED: EXPIRED', enum_type=ProposedNeedState, max_length=16)),
                ('reason', fields.CharField(default='', max_length=500)),
                ('need', fields.OneToOneField('raccordo.Need', source_field='need_id', null=True, db_constraint=True, to_field='number', related_name='proposed_as', on_delete=OnDelete.SET_NULL)),
                ('told_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('proposed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('version', fields.IntField(default=1)),
            ],
            options={'table': 'proposed_need', 'app': 'raccordo', 'pk_attr': 'number', 'table_description': 'What `poster` wrote for `municipality`: never published unless confirmed, when `need` is made of it.'},
            bases=['Model'],
        ),
    ]
