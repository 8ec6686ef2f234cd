"""What laboratories say of themselves; a scope may name the kind of initiative and its semester."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from raccordo.models.profiles import Emphasis, InitiativeKind
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('raccordo', '0012_associations')]

    initial = False

    operations = [
        ops.CreateModel(
            name='LaboratoryCapacity',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('laboratory', fields.ForeignKeyField('raccordo.Laboratory', source_field='laboratory_id', db_constraint=True, to_field='slug', related_name='capacities', on_delete=OnDelete.CASCADE)),
                ('kind', fields.CharEnumField(description='SEMINAR: SEMINAR\nCOURSE: COURSE\nSUMMER_SCHOOL: SUMMER_SCHOOL\nINTERNSHIP: INTERNSHIP\nTEACHING_MODULE: TEACHING_MODULE\nSTUDY: STUDY\nRESEARCH: RESEARCH\nMEETING: MEETING\nCONGRESS: CONGRESS\nCONFERENCE: CONFERENCE\nDOCUMENT_EXCHANGE: DOCUMENT_EXCHANGE\nPROJECT_SUPPORT: PROJECT_SUPPORT', enum_type=InitiativeKind, max_length=32)),
                ('semester', fields.CharField(max_length=6)),
                ('places', fields.IntField()),
            ],
            options={'table': 'laboratory_capacity', 'app': 'raccordo', 'unique_together': (('laboratory', 'kind', 'semester'),), 'pk_attr': 'id', 'table_description': 'How many initiatives of a kind a laboratory can have in a semester, such as `2027-1`.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='LaboratoryConcept',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('laboratory', fields.ForeignKeyField('raccordo.Laboratory', source_field='laboratory_id', db_constraint=True, to_field='slug', related_name='stated_concepts', on_delete=OnDelete.CASCADE)),
                ('concept', fields.CharField(max_length=64)),
                ('emphasis', fields.CharEnumField(description='TRADE: TRADE\nDONE: DONE\nEDGE: EDGE\nNOT_OURS: NOT_OURS', enum_type=Emphasis, max_length=16)),
                ('person', fields.ForeignKeyField('raccordo.Person', source_field='person_id', null=True, db_constraint=True, to_field='id', related_name='stated_concepts', on_delete=OnDelete.SET_NULL)),
                ('stated_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('imported', fields.BooleanField(default=False)),
            ],
            options={'table': 'laboratory_concept', 'app': 'raccordo', 'unique_together': (('laboratory', 'concept'),), 'pk_attr': 'id', 'table_description': 'A concept of the lexicon as the laboratory states it. `NOT_OURS` stays, so that no import brings it back.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='LaboratoryHint',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('need', fields.ForeignKeyField('raccordo.Need', source_field='need_id', db_constraint=True, to_field='number', related_name='hints', on_delete=OnDelete.CASCADE)),
                ('laboratory', fields.ForeignKeyField('raccordo.Laboratory', source_field='laboratory_id', db_constraint=True, to_field='slug', related_name='hints_given', on_delete=OnDelete.CASCADE)),
                ('other', fields.ForeignKeyField('raccordo.Laboratory', source_field='other_id', db_constraint=True, to_field='slug', related_name='hints_received', on_delete=OnDelete.CASCADE)),
                ('note', fields.CharField(default='', max_length=300)),
                ('given_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'laboratory_hint', 'app': 'raccordo', 'unique_together': (('need', 'laboratory'),), 'pk_attr': 'id', 'table_description': "A laboratory says of a need: not for us, but for another laboratory. The need's owner reads it."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='LaboratoryProfile',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('laboratory', fields.OneToOneField('raccordo.Laboratory', source_field='laboratory_id', db_constraint=True, to_field='slug', related_name='profile', on_delete=OnDelete.CASCADE)),
                ('languages', fields.CharField(default='', max_length=120)),
                ('radius_km', fields.IntField(null=True)),
                ('version', fields.IntField(default=1)),
            ],
            options={'table': 'laboratory_profile', 'app': 'raccordo', 'pk_attr': 'id', 'table_description': 'What a laboratory says beside its card, and the version of all that it says. Languages separated by `|`.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='LaboratoryPublication',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('laboratory', fields.ForeignKeyField('raccordo.Laboratory', source_field='laboratory_id', db_constraint=True, to_field='slug', related_name='publications', on_delete=OnDelete.CASCADE)),
                ('key', fields.CharField(max_length=64)),
                ('title', fields.CharField(max_length=400)),
                ('year', fields.IntField(null=True)),
                ('doi', fields.CharField(default='', max_length=200)),
            ],
            options={'table': 'laboratory_publication', 'app': 'raccordo', 'unique_together': (('laboratory', 'key'),), 'pk_attr': 'id', 'table_description': 'A title, its year and DOI: no authors. It only proposes concepts, which a person confirms.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Match',
            name='kind',
            field=fields.CharEnumField(null=True, description='SEMINAR: SEMINAR\nCOURSE: COURSE\nSUMMER_SCHOOL: SUMMER_SCHOOL\nINTERNSHIP: INTERNSHIP\nTEACHING_MODULE: TEACHING_MODULE\nSTUDY: STUDY\nRESEARCH: RESEARCH\nMEETING: MEETING\nCONGRESS: CONGRESS\nCONFERENCE: CONFERENCE\nDOCUMENT_EXCHANGE: DOCUMENT_EXCHANGE\nPROJECT_SUPPORT: PROJECT_SUPPORT', enum_type=InitiativeKind, max_length=32),
        ),
        ops.AddField(
            model_name='Match',
            name='semester',
            field=fields.CharField(db_default='', max_length=6),
        ),
    ]
