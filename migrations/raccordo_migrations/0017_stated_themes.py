"""What laboratories say of themes: whether they work on one, whatever their card says."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [("raccordo", "0016_what_corrections_are_looked_for_by")]

    initial = False

    operations = [
        ops.CreateModel(
            name='LaboratoryStatedTheme',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('laboratory', fields.ForeignKeyField('raccordo.Laboratory', source_field='laboratory_id', db_constraint=True, to_field='slug', related_name='stated_themes', on_delete=OnDelete.CASCADE)),
                ('theme', fields.CharField(max_length=64)),
                ('treated', fields.BooleanField()),
                ('person', fields.ForeignKeyField('raccordo.Person', source_field='person_id', null=True, db_constraint=True, to_field='id', related_name='stated_themes', on_delete=OnDelete.SET_NULL)),
                ('stated_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'laboratory_stated_theme', 'app': 'raccordo', 'unique_together': (('laboratory', 'theme'),), 'pk_attr': 'id', 'table_description': 'A theme that the laboratory says it works on, or not, whatever its card says. A file never changes it.'},
            bases=['Model'],
        ),
    ]
