from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields


class Migration(migrations.Migration):
    dependencies = [("raccordo", "0004_external_keys_and_tokens")]

    operations = [
        ops.AddField(
            model_name="Membership",
            name="because",
            field=fields.CharField(db_default="", max_length=500),
        ),
    ]
