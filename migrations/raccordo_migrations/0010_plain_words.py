"""What a person confirms of a need's text; the lexicon's changes, corrections, lessons and unknown words."""

from __future__ import annotations

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops
from raccordo.models.lexicon import TopicKind
from tortoise.fields.base import OnDelete
from tortoise import fields


async def keep_the_indexes(_apps: Any, editor: Any) -> None:
    """On the way back SQLite rebuilds both tables of needs for every column, and Tortoise forgets their indexes."""
    if editor.DIALECT == "sqlite":
        for index in (
            'INDEX IF NOT EXISTS "idx_need_changed_ed9f5a" ON "need" ("changed_in")',
            'UNIQUE INDEX IF NOT EXISTS "uid_need_owner_i_f83c03" ON "need" ("owner_id", "example", "external_id")',
            'UNIQUE INDEX IF NOT EXISTS "uid_proposed_need_need" ON "proposed_need" ("need_id")',
        ):
            await editor.client.execute_query(f"CREATE {index}")


class Migration(migrations.Migration):
    dependencies = [('raccordo', '0009_offers')]

    initial = False

    operations = [
        ops.RunPython(ops.RunPython.noop, keep_the_indexes),
        ops.CreateModel(
            name='Correction',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('kind', fields.CharEnumField(description='THEME: THEME\nFUNCTION: FUNCTION\nINTENT: INTENT', enum_type=TopicKind, max_length=16)),
                ('stem', fields.CharField(default='', max_length=64)),
                ('word', fields.CharField(default='', max_length=120)),
                ('proposed', fields.CharField(default='', max_length=64)),
                ('chosen', fields.CharField(max_length=64)),
                ('body', fields.ForeignKeyField('raccordo.TerritorialBody', source_field='body_id', db_constraint=True, to_field='id', related_name='corrections', on_delete=OnDelete.CASCADE)),
                ('on', fields.DateField()),
            ],
            options={'table': 'correction', 'app': 'raccordo', 'unique_together': (('kind', 'stem', 'chosen', 'body'),), 'pk_attr': 'id', 'table_description': 'A body chose something else than what a word of the lexicon proposed.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='IgnoredWord',
            fields=[
                ('word', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=40)),
                ('on', fields.DateField()),
            ],
            options={'table': 'ignored_word', 'app': 'raccordo', 'pk_attr': 'word', 'table_description': 'An unknown word that a coordinator does not want to be asked about again.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Lesson',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('kind', fields.CharEnumField(description='THEME: THEME\nFUNCTION: FUNCTION\nINTENT: INTENT', enum_type=TopicKind, max_length=16)),
                ('stem', fields.CharField(max_length=64)),
                ('word', fields.CharField(max_length=120)),
                ('chosen', fields.CharField(max_length=64)),
                ('taught', fields.BooleanField()),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('version', fields.IntField(default=1)),
            ],
            options={'table': 'lesson', 'app': 'raccordo', 'unique_together': (('kind', 'stem', 'chosen'),), 'pk_attr': 'id', 'table_description': 'What a coordinator decided about a word and a topic: `taught` or undone. Without a row, corrections decide.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='LexiconTerm',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('term', fields.CharField(max_length=120)),
                ('language', fields.CharField(max_length=2)),
                ('variants', fields.TextField(default='', unique=False)),
                ('concepts', fields.TextField(default='', unique=False)),
                ('removed', fields.BooleanField(default=False)),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('version', fields.IntField(default=1)),
            ],
            options={'table': 'lexicon_term', 'app': 'raccordo', 'unique_together': (('term', 'language'),), 'pk_attr': 'id', 'table_description': 'A term as the coordinators want it, over the one that ships with the same words and language.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='UnknownWord',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('word', fields.CharField(db_index=True, max_length=40)),
                ('body', fields.ForeignKeyField('raccordo.TerritorialBody', source_field='body_id', db_constraint=True, to_field='id', related_name='unknown_words', on_delete=OnDelete.CASCADE)),
                ('on', fields.DateField()),
            ],
            options={'table': 'unknown_word', 'app': 'raccordo', 'unique_together': (('word', 'body'),), 'pk_attr': 'id', 'table_description': 'A word of a published need that the lexicon does not know: which body wrote it, and on which day.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Need',
            name='amount',
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name='Need',
            name='intent',
            field=fields.CharField(db_default='', max_length=32),
        ),
        ops.AddField(
            model_name='Need',
            name='sites',
            field=fields.CharField(db_default='', max_length=400),
        ),
        ops.AddField(
            model_name='Need',
            name='rejected',
            field=fields.CharField(db_default='', max_length=600),
        ),
        ops.AddField(
            model_name='Need',
            name='starts',
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name='Need',
            name='summary_en',
            field=fields.CharField(db_default='', max_length=600),
        ),
        ops.AddField(
            model_name='ProposedNeed',
            name='amount',
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name='ProposedNeed',
            name='intent',
            field=fields.CharField(db_default='', max_length=32),
        ),
        ops.AddField(
            model_name='ProposedNeed',
            name='sites',
            field=fields.CharField(db_default='', max_length=400),
        ),
        ops.AddField(
            model_name='ProposedNeed',
            name='rejected',
            field=fields.CharField(db_default='', max_length=600),
        ),
        ops.AddField(
            model_name='ProposedNeed',
            name='starts',
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name='ProposedNeed',
            name='summary_en',
            field=fields.CharField(db_default='', max_length=600),
        ),
    ]
