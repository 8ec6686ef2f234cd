from tortoise import migrations
from tortoise.migrations import operations as ops
from raccordo.models.offers import OfferKind, OfferStatus
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('raccordo', '0008_citations')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Offer',
            fields=[
                ('number', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('kind', fields.CharEnumField(description='THESIS: THESIS\nINTERNSHIP: INTERNSHIP\nCOURSE_SLOT: COURSE_SLOT\nPILOT_SITE: PILOT_SITE\nEQUIPMENT: EQUIPMENT\nDATA: DATA', enum_type=OfferKind, max_length=16)),
                ('laboratory', fields.ForeignKeyField('raccordo.Laboratory', source_field='laboratory_id', db_constraint=True, to_field='slug', related_name='offers', on_delete=OnDelete.RESTRICT)),
                ('author', fields.ForeignKeyField('raccordo.Person', source_field='author_id', null=True, db_constraint=True, to_field='id', related_name='offers', on_delete=OnDelete.SET_NULL)),
                ('title', fields.CharField(max_length=200)),
                ('text', fields.TextField(unique=False)),
                ('title_en', fields.CharField(default='', max_length=200)),
                ('text_en', fields.TextField(default='', unique=False)),
                ('details', fields.TextField(default='{}', unique=False)),
                ('themes', fields.CharField(default='', max_length=400)),
                ('functions', fields.CharField(default='', max_length=100)),
                ('radius_km', fields.IntField(null=True)),
                ('opens_on', fields.DateField()),
                ('closes_on', fields.DateField(null=True)),
                ('status', fields.CharEnumField(description='PUBLISHED: PUBLISHED\nCLOSED: CLOSED\nWITHDRAWN: WITHDRAWN', enum_type=OfferStatus, max_length=16)),
                ('published_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ended_because', fields.CharField(default='', max_length=500)),
                ('version', fields.IntField(default=1)),
                ('changed_in', fields.BigIntField(db_index=True)),
            ],
            options={'table': 'offer', 'app': 'raccordo', 'pk_attr': 'number', 'table_description': 'An offer of a laboratory. `details` is a JSON object: the fields of its kind (`raccordo.offer_kinds`).'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='OfferInterest',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('offer', fields.ForeignKeyField('raccordo.Offer', source_field='offer_id', db_constraint=True, to_field='number', related_name='interests', on_delete=OnDelete.CASCADE)),
                ('match', fields.ForeignKeyField('raccordo.Match', source_field='match_id', db_constraint=True, to_field='id', related_name='offer_interests', on_delete=OnDelete.CASCADE)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'offer_interest', 'app': 'raccordo', 'unique_together': (('offer', 'match'),), 'pk_attr': 'id', 'table_description': 'A question to the laboratory that came of an offer: one of the owner\'s needs, asked as a match.'},
            bases=['Model'],
        ),
    ]
