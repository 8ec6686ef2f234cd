from tortoise import migrations
from tortoise.migrations import operations as ops
from raccordo.models.people import Purpose
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('raccordo', '0005_membership_because')]

    initial = False

    operations = [
        ops.CreateModel(
            name='WaitingIdentity',
            fields=[
                ('digest', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                ('provider', fields.CharField(max_length=32)),
                ('subject', fields.CharField(max_length=200)),
                ('name', fields.CharField(max_length=254)),
                ('email', fields.CharField(max_length=254)),
                ('expires_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'waiting_identity', 'app': 'raccordo', 'pk_attr': 'digest', 'table_description': 'Somebody whom an OpenID provider has just named and who has no account yet: gone after minutes.'},
            bases=['Model'],
        ),
        ops.AlterField(
            model_name='SingleUse',
            name='purpose',
            field=fields.CharEnumField(description='INVITATION: INVITATION\nCONFIRM_EMAIL: CONFIRM_EMAIL\nCHANGE_EMAIL: CHANGE_EMAIL\nRESET_PASSWORD: RESET_PASSWORD\nVERIFY_OFFICER: VERIFY_OFFICER\nANSWER: ANSWER\nPREFERENCES: PREFERENCES\nSECOND_FACTOR: SECOND_FACTOR\nIDENTITY_JOURNEY: IDENTITY_JOURNEY\nCONFIRM_IDENTITY: CONFIRM_IDENTITY', enum_type=Purpose, max_length=32),
        ),
    ]
