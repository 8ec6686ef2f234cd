from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('raccordo', '0002_proposed_needs')]

    initial = False

    operations = [
        ops.AddIndex(
            model_name='Follow',
            index=Index(fields=['kind', 'value']),
        ),
        ops.AddIndex(
            model_name='Notification',
            index=Index(fields=['person_id', 'read_at']),
        ),
    ]
