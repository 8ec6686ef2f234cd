from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields


class Migration(migrations.Migration):
    dependencies = [("raccordo", "0001_initial")]

    operations = [
        ops.AddField(
            model_name="Membership",
            name="because",
            field=fields.CharField(db_default="", max_length=500),
        ),
    ]
