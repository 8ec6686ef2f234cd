"""Migrations down to the first and up again, with rows in every table there was: none is lost, none is changed."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from dump import dump
from raccordo import migrating
from raccordo.models import (
    AccessToken,
    AssignmentPlan,
    BodyKind,
    CitedRanking,
    Computation,
    ComputationState,
    EvidenceEdit,
    ExternalIdentity,
    Follow,
    IdempotencyKey,
    IgnoredWord,
    Institution,
    MailPreference,
    Membership,
    NoSuggestion,
    ProposedNeed,
    Purpose,
    SingleUse,
    TerritorialBody,
    UnionMember,
    UnionOfMunicipalities,
)
from raccordo.settings import Settings
from rights.players import players
from rights.stage import things

initial = import_module("raccordo_migrations.0001_initial")
FIRST = frozenset(re.findall(r"CreateModel\(\s*name='(\w+)'", Path(str(initial.__file__)).read_text("utf-8")))
NEW = {
    "ProposedNeed",
    "NoDelegation",
    "WaitingIdentity",
    "LaboratoryCapacity",
    "LaboratoryConcept",
    "LaboratoryHint",
    "LaboratoryProfile",
    "LaboratoryPublication",
    "LaboratoryStatedTheme",
    "CitedRanking",
    "Computation",
    "AssignmentLock",
    "AssignmentPlan",
    "AssignmentSuggestion",
    "NoSuggestion",
    "AssociatedManagement",
    "ManagementFunction",
    "ManagementMember",
    "AssociationProposal",
    "AssociationMember",
    "AssociationStep",
    "EvidenceEdit",
}  # tables that the first migration did not know
NOW = datetime.now(UTC)


async def rows_in_every_table() -> None:
    """Everybody and everything of the stage, and one row of what the stage has none of."""
    person = (await players())[1].actor.person
    await things()
    await ProposedNeed.all().delete()
    membership = await Membership.filter(person_id=person).first()
    await AccessToken.create(
        person_id=person,
        membership=membership,
        digest="a",
        name="a",
        scopes="read",
        created_at=NOW,
        expires_at=NOW,
    )
    await IdempotencyKey.create(person_id=person, key="a", fingerprint="a", answer="{}", created_at=NOW)
    await ExternalIdentity.create(person_id=person, issuer="https://idp.invalid", subject="a")
    await MailPreference.create(person_id=person, frequency="NEVER")
    await Follow.create(person_id=person, kind="THEME", value="strade-ponti", created_at=NOW)
    await SingleUse.create(
        digest="a", purpose=Purpose.ANSWER, person_id=person, created_at=NOW, expires_at=NOW
    )
    await Institution.get_or_create(code="ersaf", defaults={"name": "ERSAF"})
    await EvidenceEdit.create(function="a", prior=0.5, source="a", changed_at=NOW)
    await CitedRanking.create(name="a", need_number=1, snapshot_id="a", content="{}", cited_at=NOW)
    await Computation.create(
        token="a",  # noqa: S106  # an address, of a test
        kind="a",
        digest="a",
        inputs="{}",
        state=ComputationState.QUEUED,
        created_at=NOW,
    )
    await AssignmentPlan.create(name="a", scenario="{}", token="", snapshot_id="a", created_at=NOW)
    body = await TerritorialBody.create(kind=BodyKind.UNION_OF_MUNICIPALITIES, code="u", name="Unione")
    union = await UnionOfMunicipalities.create(code="u", body=body, name="Unione")
    await UnionMember.create(union=union, municipality_id="097065")


async def test_every_row_survives_the_way_back_and_forth(opened_database: Settings) -> None:
    await rows_in_every_table()
    before = {name: rows for name, rows in (await dump()).items() if name in FIRST}
    assert [name for name, rows in before.items() if not rows] == []
    await migrating.migrate(opened_database, lambda _: None, target="0001_initial")
    await migrating.migrate(opened_database, lambda _: None)
    after: dict[str, Any] = await dump()
    assert {name for name, rows in before.items() if rows != after[name]} == set()


async def test_words_set_aside_and_towns_left_out_stay_so_on_the_way_back(opened_database: Settings) -> None:
    town = await TerritorialBody.create(kind=BodyKind.MUNICIPALITY, code="999001", name="Prova")
    await NoSuggestion.create(body=town)
    await IgnoredWord.create(word="mah")
    await migrating.migrate(opened_database, lambda _: None, target="0013_laboratory_profiles")
    await migrating.migrate(opened_database, lambda _: None)
    assert await NoSuggestion.filter(body=town).count() == 1
    assert await IgnoredWord.filter(word="mah").count() == 1
