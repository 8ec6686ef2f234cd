"""Needs that another system holds, recognised by its own key; checked like a person's form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tortoise.expressions import F

from raccordo import catalogue, follow_news, models
from raccordo.catalogue import Catalogue
from raccordo.importing.arrival import Arrival, Outcome, check_municipality
from raccordo.language import Sentence
from raccordo.loading import chosen_axes
from raccordo.models import BodyKind, NeedStatus
from raccordo.need_input import CheckedNeed, NeedInput, check
from raccordo.need_search import facets_of
from raccordo.reference_tables import NEEDS
from raccordo.refusals import Refused
from raccordo.rows import Difference, Values, bring, bring_links
from raccordo.tables import Row
from raccordo.territory_rows import body_ids

TABLE = NEEDS
CHECKED = ("title", "description", "functions", "themes", "axes", "funding", "deadline")
LINKS = ("functions", "themes")
UNCHECKED = ("deadline_note", "municipal_profile", "associable", "evidence", "source")


async def bring_in(arrival: Arrival) -> Outcome:
    """Publish the new ones and change those that differ; a column that the file lacks changes nothing."""
    picture = catalogue.current()
    known = {row["external_id"]: row for row in await models.Need.exclude(external_id=None).values()}
    ids = await body_ids()
    wanted: dict[str, tuple[Row, CheckedNeed]] = {}
    for row in arrival.rows:
        owned = await _check_owner(arrival, row, picture)
        checked = _check_text(arrival, row, picture)
        if owned and checked:
            _check_known(arrival, row, known.get(row["external_id"]), ids)
            wanted[row["external_id"]] = (row, checked)
    arrival.problems.refuse_any()
    return await _write(arrival, wanted, ids)


async def _check_owner(arrival: Arrival, row: Row, picture: Catalogue) -> bool:
    kind, code = row["owner_kind"], row["owner_code"]
    if kind is BodyKind.MUNICIPALITY:
        return await check_municipality(arrival, row, "owner_code", code, picture.municipalities)
    if picture.body(kind, code):
        return True
    sentence = Sentence(
        "nessun ente di tipo {kind} ha il codice '{code}': correggerlo", {"kind": kind.value, "code": code}
    )
    arrival.problem(row, "owner_code", sentence)
    return False


def _check_text(arrival: Arrival, row: Row, picture: Catalogue) -> CheckedNeed | None:
    deadline = row.values.get("deadline")
    wanted = NeedInput(
        title=row["title"],
        description=row["description"],
        functions=row.values.get("functions", ()),
        themes=row.values.get("themes", ()),
        axes=row.values.get("axes", ()),
        funding=row.values.get("funding", ""),
        deadline=deadline.isoformat() if deadline else "",
    )
    try:
        return check(picture, wanted)
    except Refused as refusal:
        for wrong in refusal.fields:
            arrival.problem(row, wrong.field, wrong.sentence)
        return None


def _check_known(
    arrival: Arrival, row: Row, known: Values | None, ids: Mapping[tuple[BodyKind, str], int]
) -> None:
    if known is None:
        return
    if known["example"]:
        sentence = Sentence(
            "'{key}' è la chiave di un esempio di Raccordo: usarne un'altra", {"key": row["external_id"]}
        )
        arrival.problem(row, "external_id", sentence)
    elif known["owner_id"] != ids[row["owner_kind"], row["owner_code"]]:
        sentence = Sentence(
            "il bisogno '{key}' è già di un altro ente: un bisogno non cambia proprietario",
            {"key": row["external_id"]},
        )
        arrival.problem(row, "owner_code", sentence)


async def _write(
    arrival: Arrival, wanted: Mapping[str, tuple[Row, CheckedNeed]], ids: Mapping[tuple[BodyKind, str], int]
) -> Outcome:
    now = datetime.now(UTC)
    moved = {"changed_at": now, "changed_in": arrival.writing.version}
    needs = await bring(
        models.Need,
        ["external_id"],
        [_columns(row, checked, ids) for row, checked in wanted.values()],
        defaults={"status": NeedStatus.PUBLISHED, "published_at": now},
        always=moved,
    )
    links, keys = await _links(wanted)
    outcome = arrival.outcome(needs, {name: _renamed(one, keys) for name, one in links.items()})
    await models.Need.filter(external_id__in=list(outcome.changed)).update(version=F("version") + 1, **moved)
    await _announce(arrival, outcome, keys)
    return outcome


async def _announce(arrival: Arrival, outcome: Outcome, keys: Mapping[int, str]) -> None:
    """Whoever follows what the file published or changed is told, once the file is in."""
    picture, touched = catalogue.current(), {*outcome.added, *outcome.changed}
    for number, key in keys.items():
        if key in touched:
            known = picture.needs.get(number)
            before = facets_of(picture, known) if known else None
            await follow_news.announce(arrival.writing, number, None, before=before)


def _columns(row: Row, checked: CheckedNeed, ids: Mapping[tuple[BodyKind, str], int]) -> Values:
    """The columns that the file has, as the check left them."""
    has = row.values.keys()
    return {
        "external_id": row["external_id"],
        "owner_id": ids[row["owner_kind"], row["owner_code"]],
        **{name: getattr(checked, name) for name in CHECKED if name in has and name not in {*LINKS, "axes"}},
        **(chosen_axes(checked.axes) if "axes" in has else {}),
        **{name: row[name] for name in UNCHECKED if name in has},
    }


async def _links(
    wanted: Mapping[str, tuple[Row, CheckedNeed]],
) -> tuple[dict[str, Difference], dict[int, str]]:
    rows = await models.Need.filter(external_id__in=list(wanted)).values("number", "external_id")
    keys: dict[int, str] = {row["number"]: row["external_id"] for row in rows}
    done = {}
    for name, model, target in (
        ("functions", models.NeedFunction, "function_id"),
        ("themes", models.NeedTheme, "theme_id"),
    ):
        lists: dict[int, Any] = {
            number: getattr(wanted[key][1], name)
            for number, key in keys.items()
            if name in wanted[key][0].values
        }
        done[name] = await bring_links(model, "need_id", target, lists)
    return done, keys


def _renamed(difference: Difference, keys: Mapping[int, str]) -> Difference:
    """The same links, keyed by the need's own key instead of its number."""
    return Difference(added=[(keys[number],) for number in difference.touched])
