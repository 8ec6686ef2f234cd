from tortoise import migrations
from tortoise.migrations import operations as ops
from raccordo.models.associations import Adherence, AssociationForm, AssociationState, CooperationStep, StepStatus
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('raccordo', '0011_assignment')]

    initial = False

    operations = [
        ops.CreateModel(
            name='AssociatedManagement',
            fields=[
                ('code', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                ('name', fields.CharField(max_length=200)),
                ('form', fields.CharEnumField(description='CONVENTION: CONVENTION\nUNION: UNION\nMOUNTAIN_COMMUNITY: MOUNTAIN_COMMUNITY\nCONSORTIUM: CONSORTIUM\nMERGER: MERGER', enum_type=AssociationForm, max_length=32)),
                ('lead', fields.ForeignKeyField('raccordo.TerritorialBody', source_field='lead_id', null=True, db_constraint=True, to_field='id', related_name='managements_led', on_delete=OnDelete.RESTRICT)),
                ('valid_from', fields.DateField(null=True)),
                ('valid_to', fields.DateField(null=True)),
                ('source', fields.TextField(default='', unique=False)),
                ('evidence', fields.CharField(default='', max_length=32)),
            ],
            options={'table': 'associated_management', 'app': 'raccordo', 'pk_attr': 'code', 'table_description': 'A form that exists, read from a list or made by the people of a proposal, with a `lead` where there is one.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='AssociationProposal',
            fields=[
                ('number', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('function', fields.ForeignKeyField('raccordo.FundamentalFunction', source_field='function_id', db_constraint=True, to_field='letter', related_name='proposals', on_delete=OnDelete.RESTRICT)),
                ('form', fields.CharEnumField(null=True, description='CONVENTION: CONVENTION\nUNION: UNION\nMOUNTAIN_COMMUNITY: MOUNTAIN_COMMUNITY\nCONSORTIUM: CONSORTIUM\nMERGER: MERGER', enum_type=AssociationForm, max_length=32)),
                ('lead', fields.ForeignKeyField('raccordo.TerritorialBody', source_field='lead_id', db_constraint=True, to_field='id', related_name='proposals_led', on_delete=OnDelete.RESTRICT)),
                ('proposer', fields.ForeignKeyField('raccordo.TerritorialBody', source_field='proposer_id', null=True, db_constraint=True, to_field='id', related_name='associations_proposed', on_delete=OnDelete.RESTRICT)),
                ('author', fields.ForeignKeyField('raccordo.Person', source_field='author_id', null=True, db_constraint=True, to_field='id', related_name='association_proposals', on_delete=OnDelete.SET_NULL)),
                ('reason', fields.TextField(default='', unique=False)),
                ('snapshot_id', fields.CharField(default='', max_length=64)),
                ('state', fields.CharEnumField(description='OPEN: OPEN\nSTARTED: STARTED\nTAKEN_BACK: TAKEN_BACK', enum_type=AssociationState, max_length=16)),
                ('management', fields.OneToOneField('raccordo.AssociatedManagement', source_field='management_id', null=True, db_constraint=True, to_field='code', related_name='proposal', on_delete=OnDelete.SET_NULL)),
                ('thread', fields.OneToOneField('raccordo.Thread', source_field='thread_id', null=True, db_constraint=True, to_field='id', related_name='association', on_delete=OnDelete.SET_NULL)),
                ('proposed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('version', fields.IntField(default=1)),
            ],
            options={'table': 'association_proposal', 'app': 'raccordo', 'pk_attr': 'number', 'table_description': 'One function that some municipalities might manage together. `proposer` null is the coordination.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='AssociationMember',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('proposal', fields.ForeignKeyField('raccordo.AssociationProposal', source_field='proposal_id', db_constraint=True, to_field='number', related_name='members', on_delete=OnDelete.CASCADE)),
                ('body', fields.ForeignKeyField('raccordo.TerritorialBody', source_field='body_id', db_constraint=True, to_field='id', related_name='association_memberships', on_delete=OnDelete.RESTRICT)),
                ('adherence', fields.CharEnumField(description='WAITING: WAITING\nADHERED: ADHERED\nDECLINED: DECLINED', enum_type=Adherence, max_length=16)),
                ('reason', fields.CharField(default='', max_length=500)),
                ('person', fields.ForeignKeyField('raccordo.Person', source_field='person_id', null=True, db_constraint=True, to_field='id', related_name='adherences', on_delete=OnDelete.SET_NULL)),
                ('answered_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('told_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'association_member', 'app': 'raccordo', 'unique_together': (('proposal', 'body'),), 'pk_attr': 'id', 'table_description': 'A municipality that a proposal names, and what its own officers answered.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='AssociationStep',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('proposal', fields.ForeignKeyField('raccordo.AssociationProposal', source_field='proposal_id', db_constraint=True, to_field='number', related_name='steps', on_delete=OnDelete.CASCADE)),
                ('step', fields.CharEnumField(description='NEED: NEED\nPARTNERS: PARTNERS\nLEGAL_FRAME: LEGAL_FRAME\nFEASIBILITY: FEASIBILITY\nFUNCTIONS: FUNCTIONS\nAWARENESS: AWARENESS\nWORKING_GROUP: WORKING_GROUP\nFORM: FORM\nMONEY: MONEY\nSTATUTE: STATUTE\nSTART: START\nMONITORING: MONITORING\nCOMMUNICATION: COMMUNICATION\nEVALUATION: EVALUATION', enum_type=CooperationStep, max_length=16)),
                ('status', fields.CharEnumField(description='DONE: DONE\nSKIPPED: SKIPPED', enum_type=StepStatus, max_length=16)),
                ('done_on', fields.DateField()),
                ('document', fields.CharField(default='', max_length=200)),
                ('link', fields.CharField(default='', max_length=500)),
                ('note', fields.TextField(default='', unique=False)),
                ('person', fields.ForeignKeyField('raccordo.Person', source_field='person_id', null=True, db_constraint=True, to_field='id', related_name='association_steps', on_delete=OnDelete.SET_NULL)),
                ('acting_as', fields.CharField(max_length=200)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'association_step', 'app': 'raccordo', 'unique_together': (('proposal', 'step'),), 'pk_attr': 'id', 'table_description': 'One step of the way that was done, with its document, or skipped, with the reason in `note`.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ManagementFunction',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('management', fields.ForeignKeyField('raccordo.AssociatedManagement', source_field='management_id', db_constraint=True, to_field='code', related_name='functions', on_delete=OnDelete.CASCADE)),
                ('function', fields.ForeignKeyField('raccordo.FundamentalFunction', source_field='function_id', db_constraint=True, to_field='letter', related_name='managements', on_delete=OnDelete.RESTRICT)),
            ],
            options={'table': 'management_function', 'app': 'raccordo', 'unique_together': (('management', 'function'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ManagementMember',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('management', fields.ForeignKeyField('raccordo.AssociatedManagement', source_field='management_id', db_constraint=True, to_field='code', related_name='members', on_delete=OnDelete.CASCADE)),
                ('body', fields.ForeignKeyField('raccordo.TerritorialBody', source_field='body_id', db_constraint=True, to_field='id', related_name='managements', on_delete=OnDelete.RESTRICT)),
            ],
            options={'table': 'management_member', 'app': 'raccordo', 'unique_together': (('management', 'body'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='NoSuggestion',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('body', fields.OneToOneField('raccordo.TerritorialBody', source_field='body_id', db_constraint=True, to_field='id', related_name='no_suggestion', on_delete=OnDelete.RESTRICT)),
                ('since', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'no_suggestion', 'app': 'raccordo', 'pk_attr': 'id', 'table_description': 'A municipality that wants no machine to suggest it as a partner: without a row, it may be suggested.'},
            bases=['Model'],
        ),
        ops.AlterModelOptions(
            name='Thread',
            options={'table': 'thread', 'app': 'raccordo', 'pk_attr': 'id', 'table_description': 'The one dated conversation about a need, before anybody is asked, about a match, or about a joint management.'},
        ),
    ]
