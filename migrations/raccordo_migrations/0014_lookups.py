"""Indexes for what is looked up on every page or while writing; one that nothing asks goes."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('raccordo', '0013_laboratory_profiles')]

    initial = False

    operations = [
        ops.AddIndex(
            model_name='AssociationMember',
            index=Index(fields=['body_id']),
        ),
        ops.AddIndex(
            model_name='AssociationMember',
            index=Index(fields=['adherence', 'told_at']),
        ),
        ops.AddIndex(
            model_name='AssociationProposal',
            index=Index(fields=['state']),
        ),
        ops.AlterField(
            model_name='CitedRanking',
            name='need_number',
            field=fields.IntField(),
        ),
        ops.AddIndex(
            model_name='ManagementMember',
            index=Index(fields=['body_id']),
        ),
        ops.AddIndex(
            model_name='Notification',
            index=Index(fields=['path', 'kind']),
        ),
        ops.AddIndex(
            model_name='Offer',
            index=Index(fields=['laboratory_id']),
        ),
        ops.AddIndex(
            model_name='OfferInterest',
            index=Index(fields=['match_id']),
        ),
    ]
