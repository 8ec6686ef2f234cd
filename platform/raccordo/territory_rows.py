"""The rows of the territory: from the shipped tables to bodies, municipalities, borders and successions."""

from __future__ import annotations

from collections.abc import Mapping

from raccordo import models
from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.models import BodyKind, ProvinceKind
from raccordo.need_input import EXTERNAL_ID
from raccordo.problems import Problems
from raccordo.reference_files import Reference
from raccordo.rows import Difference, Values, bring
from raccordo.tables import Row

IMPORTED = "import: "  # how the source of a municipality starts once an operator's file changed it


async def bring_territory(reference: Reference, _writing: Writing) -> list[Difference]:
    """Provinces, mountain communities and municipalities, with the territorial body behind each."""
    imported = {
        str(code)
        for code in await models.Municipality.filter(source__startswith=IMPORTED).values_list(
            "istat_code", flat=True
        )
    }
    bodies = await bring(models.TerritorialBody, ["kind", "code"], _bodies(reference, imported))
    ids = await body_ids()
    await _free_cadastral_codes({row["istat_code"] for row in reference["municipalities"]})
    return [
        bodies,
        await bring(models.Province, ["istat_code"], [_province(row, ids) for row in reference["provinces"]]),
        await bring(
            models.MountainCommunity,
            ["slug"],
            [_mountain_community(row, ids) for row in reference["mountain_communities"]],
        ),
        await bring(
            models.Municipality,
            ["istat_code"],
            [_municipality(row, ids) for row in reference["municipalities"]],
            keeps=lambda row: row["istat_code"] in imported,
            unique="cadastral_code",
        ),
    ]


def _bodies(reference: Reference, imported: set[str]) -> list[Values]:
    return [
        *(
            {"kind": BodyKind.PROVINCE, "code": row["istat_code"], "name": _province_name(row)}
            for row in reference["provinces"]
        ),
        *(
            {"kind": BodyKind.MOUNTAIN_COMMUNITY, "code": row["slug"], "name": row["name"]}
            for row in reference["mountain_communities"]
        ),
        *(
            {"kind": BodyKind.MUNICIPALITY, "code": row["istat_code"], "name": row["name"]}
            for row in reference["municipalities"]
            if row["istat_code"] not in imported
        ),
    ]


def _province_name(row: Row) -> str:
    metropolitan = row["kind"] is ProvinceKind.METROPOLITAN_CITY
    return f"Città metropolitana di {row['name']}" if metropolitan else f"Provincia di {row['name']}"


async def body_ids() -> Mapping[tuple[BodyKind, str], int]:
    """The row of every territorial body, by kind and code."""
    rows = await models.TerritorialBody.all().values("id", "kind", "code")
    return {(BodyKind(row["kind"]), row["code"]): row["id"] for row in rows}


def _province(row: Row, ids: Mapping[tuple[BodyKind, str], int]) -> Values:
    kept = {name: value for name, value in row.values.items() if name != "uts_code"}
    return {**kept, "body_id": ids[BodyKind.PROVINCE, row["istat_code"]]}


def _mountain_community(row: Row, ids: Mapping[tuple[BodyKind, str], int]) -> Values:
    kept = {name: value for name, value in row.values.items() if name != "province"}
    return {**kept, "province_id": row["province"], "body_id": ids[BodyKind.MOUNTAIN_COMMUNITY, row["slug"]]}


def _municipality(row: Row, ids: Mapping[tuple[BodyKind, str], int]) -> Values:
    links = {"province", "mountain_community"}
    return {
        **{name: value for name, value in row.values.items() if name not in links},
        "province_id": row["province"],
        "mountain_community_id": row["mountain_community"],
        "body_id": ids[BodyKind.MUNICIPALITY, row["istat_code"]],
    }


async def bring_geography(reference: Reference, writing: Writing) -> list[Difference]:
    """Successions, borders, and the end of the municipalities that merged away."""
    successions = await bring(
        models.Succession,
        ["predecessor_istat"],
        [_succession(row) for row in reference["successions"]],
        removes=lambda _row: True,
    )
    borders = await bring(
        models.Border,
        ["first_municipality_id", "second_municipality_id"],
        [
            {
                "first_municipality_id": row["first"],
                "second_municipality_id": row["second"],
                "metres": row["metres"],
            }
            for row in reference["borders"]
        ],
        removes=lambda _row: True,
    )
    return [successions, borders, await _close_merged(reference, writing)]


def _succession(row: Row) -> Values:
    names = ("predecessor_istat", "predecessor", "predecessor_cadastral_code", "on", "source")
    return {**{name: row[name] for name in names}, "successor_id": row["successor_istat"]}


async def _close_merged(reference: Reference, writing: Writing) -> Difference:
    """Municipalities that are no longer: the successor takes over what was theirs, their body stays, closed."""
    today = {row["istat_code"] for row in reference["municipalities"]}
    ended = {row["predecessor_istat"]: row for row in reference["successions"]}
    done, problems = Difference(), Problems()
    for town in await models.Municipality.all().order_by("istat_code").values("istat_code", "name"):
        code = town["istat_code"]
        if code in ended and code not in today:
            await _merge(writing, code, ended[code])
            done.removed.append((code,))
        elif code not in today:
            problems.add("municipalities.csv", 0, "", _vanished(town))
    problems.refuse_any()
    return done


def _vanished(town: Values) -> Sentence:
    return Sentence(
        "manca {name} ({code}), che il registro ha: aggiungerlo, o scrivere in successions.csv chi lo continua",
        {"name": town["name"], "code": town["istat_code"]},
    )


async def _merge(writing: Writing, code: str, succession: Row) -> None:
    successor = succession["successor_istat"]
    for member in await models.UnionMember.filter(municipality_id=code).values("id", "union_id"):
        row = models.UnionMember.filter(id=member["id"])
        if await models.UnionMember.exists(union_id=member["union_id"], municipality_id=successor):
            await row.delete()
        else:
            await row.update(municipality_id=successor)
    ids = await body_ids()
    old, new = ids[BodyKind.MUNICIPALITY, code], ids[BodyKind.MUNICIPALITY, successor]
    await _tell_apart(old, new, code)
    await models.Need.filter(owner_id=old).update(owner_id=new, changed_in=writing.version)
    await models.ProposedNeed.filter(municipality_id=old).update(municipality_id=new)
    await _move_memberships(old, new)
    await models.TerritorialBody.filter(id=old).update(closed_on=succession["on"])
    await models.Municipality.filter(istat_code=code).delete()


async def _tell_apart(old: int, new: int, code: str) -> None:
    """Where both gave a need the same external key, the one that moves is called after its former municipality."""
    taken = await models.Need.filter(owner_id=new, example=False).values_list("external_id", flat=True)
    for need in await models.Need.filter(
        owner_id=old, example=False, external_id__in=[key for key in taken if key]
    ):
        await models.Need.filter(number=need.number).update(
            external_id=f"{code}:{need.external_id}"[:EXTERNAL_ID]
        )


async def _move_memberships(old: int, new: int) -> None:
    """Whoever worked for the one works for the other; a role that somebody has there already is not doubled."""
    for row in await models.Membership.filter(body_id=old).values("id", "person_id", "role"):
        there = models.Membership.filter(person_id=row["person_id"], role=row["role"], body_id=new)
        if not await there.exists():
            await models.Membership.filter(id=row["id"]).update(body_id=new)


async def _free_cadastral_codes(today: set[str]) -> None:
    """Take the cadastral code from municipalities about to end: one that changes province keeps its own."""
    for place, code in enumerate(await _ending(today)):
        await models.Municipality.filter(istat_code=code).update(cadastral_code=f"~{place:03x}")


async def _ending(today: set[str]) -> list[str]:
    rows = await models.Municipality.all().order_by("istat_code").values("istat_code")
    return [row["istat_code"] for row in rows if row["istat_code"] not in today]
