"""The inventory of personal data names every column of every table, or says that it holds none."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from tortoise.models import Model

from raccordo import impersonal, models, personal_data_table, purging, retention
from raccordo.personal_data import INVENTORY, OWNER, Export, entries_of

MODELS = [
    model
    for name in models.__all__
    if isinstance(model := getattr(models, name), type) and issubclass(model, Model)
]
DOCUMENT = Path(__file__).parents[2] / "docs/personal-data.md"
REMEDY = (
    "may hold personal data or not: give it an entry in INVENTORY of platform/raccordo/personal_data.py, or name it "
    "in platform/raccordo/impersonal.py; then write docs/personal-data.md anew: python tools/documents.py"
)


def columns_of(model: type[Model]) -> set[str]:
    pointing = {f"{name}_id" for name in model._meta.fk_fields | model._meta.o2o_fields}
    return set(model._meta.fields_db_projection) | pointing


def inventoried(model: type[Model]) -> list[str]:
    return [column for entry in entries_of(model) for column in entry.columns]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_column_is_in_the_inventory_or_holds_nothing_personal(model: type[Model]) -> None:
    if model in impersonal.TABLES:
        assert not inventoried(model)
        return
    known = Counter([*inventoried(model), *impersonal.COLUMNS.get(model, ())])
    assert not columns_of(model) - set(known), f"{model.__name__}: {columns_of(model) - set(known)} {REMEDY}"
    assert not set(known) - columns_of(model)
    assert [column for column, times in known.items() if times > 1] == []


def test_whatever_points_to_a_person_is_a_persons_own() -> None:
    pointing = {
        model
        for model in MODELS
        for field in model._meta.fk_fields | model._meta.o2o_fields
        if getattr(model._meta.fields_map[field], "model_name", "") == "raccordo.Person"
    }
    assert pointing == set(OWNER) - {models.Person}


def test_no_secret_is_exported() -> None:
    secret = {"digest", "password", "totp_secret", "totp_step"}
    exported = {c for entry in INVENTORY if entry.export is Export.YES for c in entry.columns}
    assert exported & secret == set()


def test_the_purge_keeps_to_the_periods_of_the_inventory() -> None:
    promised = {(entry.model, entry.retention.periods) for entry in INVENTORY if entry.retention.periods}
    kept = {(rule.model, rule.retention.periods) for rule in purging.RULES}
    assert promised == kept | {(models.Person, retention.UNCONFIRMED.periods)}


def test_the_document_shows_the_inventory() -> None:
    assert personal_data_table.markdown("en") in DOCUMENT.read_text("utf-8"), "python tools/documents.py"
