from tortoise import migrations
from tortoise.migrations import operations as ops
from raccordo.models.assignment import LockKind
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('raccordo', '0010_plain_words')]

    initial = False

    operations = [
        ops.CreateModel(
            name='AssignmentLock',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('need', fields.ForeignKeyField('raccordo.Need', source_field='need_id', db_constraint=True, to_field='number', related_name='assignment_locks', on_delete=OnDelete.CASCADE)),
                ('laboratory', fields.ForeignKeyField('raccordo.Laboratory', source_field='laboratory_id', db_constraint=True, to_field='slug', related_name='assignment_locks', on_delete=OnDelete.CASCADE)),
                ('kind', fields.CharEnumField(description='TOGETHER: TOGETHER\nAPART: APART', enum_type=LockKind, max_length=16)),
                ('reason', fields.CharField(max_length=300)),
                ('fixed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'assignment_lock', 'app': 'raccordo', 'unique_together': (('need', 'laboratory'),), 'pk_attr': 'id', 'table_description': 'A need and a laboratory that every plan puts together, or keeps apart, because a person said so.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='AssignmentPlan',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('name', fields.CharField(max_length=80)),
                ('scenario', fields.TextField(unique=False)),
                ('token', fields.CharField(max_length=32)),
                ('snapshot_id', fields.CharField(max_length=16)),
                ('result', fields.TextField(default='', unique=False)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'assignment_plan', 'app': 'raccordo', 'pk_attr': 'id', 'table_description': 'A scenario: what was asked, and what came out of it, with the snapshot that it was computed from.'},
            bases=['Model'],
        ),
    ]
