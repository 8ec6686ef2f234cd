"""Needs that another system holds, recognised by its own key; checked like a person's form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
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

Key = tuple[int, str]  # of a need: the id of its owner, and its key among those of that owner

TABLE = replace(NEEDS, key=("owner_kind", "owner_code", "external_id"))
CHECKED = ("title", "description", "functions", "themes", "axes", "funding", "deadline")
LINKS = ("functions", "themes")
UNCHECKED = ("deadline_note", "municipal_profile", "associable", "evidence", "source")


async def bring_in(arrival: Arrival) -> Outcome:
    """Publish the new ones and change those that differ; a column that the file lacks changes nothing."""
    picture = catalogue.current()
    examples = {row["external_id"] for row in await models.Need.filter(example=True).values("external_id")}
    ids = await body_ids()
    wanted: dict[Key, tuple[Row, CheckedNeed]] = {}
    for row in arrival.rows:
        owned = await _check_owner(arrival, row, picture)
        checked = _check_text(arrival, row, picture)
        if owned and checked:
            _check_no_example(arrival, row, examples)
            wanted[ids[row["owner_kind"], row["owner_code"]], row["external_id"]] = (row, checked)
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


def _check_no_example(arrival: Arrival, row: Row, examples: Collection[str]) -> None:
    if row["external_id"] in examples:
        sentence = Sentence(
            "'{key}' è la chiave di un esempio di Raccordo: usarne un'altra", {"key": row["external_id"]}
        )
        arrival.problem(row, "external_id", sentence)


async def _write(
    arrival: Arrival, wanted: Mapping[Key, tuple[Row, CheckedNeed]], ids: Mapping[tuple[BodyKind, str], int]
) -> Outcome:
    now = datetime.now(UTC)
    moved = {"changed_at": now, "changed_in": arrival.writing.version}
    needs = await bring(
        models.Need,
        ["owner_id", "example", "external_id"],
        [_columns(row, checked, ids) for row, checked in wanted.values()],
        defaults={"status": NeedStatus.PUBLISHED, "published_at": now},
        always=moved,
    )
    numbers = await _numbers(wanted)
    links = await _links(wanted, numbers)
    labels = _labels(wanted)
    outcome = arrival.outcome(
        Difference(
            added=[(labels[owner, key],) for owner, _, key in needs.added],
            changed={(labels[owner, key],): what for (owner, _, key), what in needs.changed.items()},
        ),
        {
            name: Difference(added=[(labels[numbers[number]],) for number in one.touched])
            for name, one in links.items()
        },
    )
    changed = [number for number, key in numbers.items() if labels[key] in outcome.changed]
    await models.Need.filter(number__in=changed).update(version=F("version") + 1, **moved)
    touched = {*outcome.added, *outcome.changed}
    await _announce(arrival, [number for number, key in numbers.items() if labels[key] in touched])
    return outcome


async def _announce(arrival: Arrival, touched: Iterable[int]) -> None:
    """Whoever follows what the file published or changed is told, once the file is in."""
    picture = catalogue.current()
    for number in touched:
        known = picture.needs.get(number)
        before = facets_of(picture, known) if known else None
        await follow_news.announce(arrival.writing, number, None, before=before)


async def _numbers(wanted: Mapping[Key, object]) -> dict[int, Key]:
    """The needs of the file by their number."""
    rows = await models.Need.filter(external_id__in=[key for _, key in wanted], example=False).values(
        "number", "owner_id", "external_id"
    )
    found = {row["number"]: (row["owner_id"], row["external_id"]) for row in rows}
    return {number: key for number, key in found.items() if key in wanted}


def _labels(wanted: Mapping[Key, tuple[Row, CheckedNeed]]) -> dict[Key, str]:
    """How a need is called: by its own key, with the owner's where several owners have the same one."""
    shared = Counter(key for _, key in wanted)
    return {
        (owner, key): key if shared[key] == 1 else f"{row['owner_code']} {key}"
        for (owner, key), (row, _) in wanted.items()
    }


def _columns(row: Row, checked: CheckedNeed, ids: Mapping[tuple[BodyKind, str], int]) -> Values:
    """The columns that the file has, as the check left them."""
    has = row.values.keys()
    return {
        "external_id": row["external_id"],
        "example": False,
        "owner_id": ids[row["owner_kind"], row["owner_code"]],
        **{name: getattr(checked, name) for name in CHECKED if name in has and name not in {*LINKS, "axes"}},
        **(chosen_axes(checked.axes) if "axes" in has else {}),
        **{name: row[name] for name in UNCHECKED if name in has},
    }


async def _links(
    wanted: Mapping[Key, tuple[Row, CheckedNeed]], numbers: Mapping[int, Key]
) -> dict[str, Difference]:
    done = {}
    for name, model, target in (
        ("functions", models.NeedFunction, "function_id"),
        ("themes", models.NeedTheme, "theme_id"),
    ):
        lists: dict[int, Any] = {
            number: getattr(wanted[key][1], name)
            for number, key in numbers.items()
            if name in wanted[key][0].values
        }
        done[name] = await bring_links(model, "need_id", target, lists)
    return done
