"""Offers from a file, checked like a person's form; those that are there already belong to their laboratory's page."""

from __future__ import annotations

from raccordo import catalogue, models, offer_news, offer_rows
from raccordo.catalogue import Catalogue
from raccordo.cells import choice, day, listed, text, whole
from raccordo.days import today
from raccordo.importing.arrival import Arrival, Outcome
from raccordo.importing.profiles import NO_LABORATORY
from raccordo.models import OfferKind
from raccordo.offer_input import FARTHEST, CheckedOffer, OfferInput, check
from raccordo.offer_kinds import FIELDS
from raccordo.reference_tables import letter, slug
from raccordo.refusals import Refused
from raccordo.rows import Difference
from raccordo.tables import Column, Row, Table

TABLE = Table(
    columns=(
        Column("laboratory", slug),
        Column("title", text(200)),
        Column("kind", choice(OfferKind)),
        Column("text", text(40_000)),
        Column("title_en", text(200), empty="", optional=True),
        Column("text_en", text(40_000), empty="", optional=True),
        Column("functions", listed(letter), empty=(), optional=True, points_to="functions"),
        Column("themes", listed(slug), empty=(), optional=True, points_to="themes"),
        Column("radius_km", whole(1, FARTHEST), empty=None, optional=True),
        Column("opens_on", day, empty=None, optional=True),
        Column("closes_on", day, empty=None, optional=True),
        *(Column(name, text(), empty="", optional=True) for name in FIELDS),
    ),
    key=("laboratory", "title"),
)


async def bring_in(arrival: Arrival) -> Outcome:
    """Publish those whose laboratory has none with that title; the others stay as people made them."""
    picture = catalogue.current()
    known = set(await models.Offer.all().values_list("laboratory_id", "title"))
    wanted = [(row, checked) for row in arrival.rows if (checked := _checked(arrival, row, picture))]
    arrival.problems.refuse_any()
    added = []
    for row, checked in wanted:
        if (row["laboratory"], checked.title) not in known:
            number = await offer_rows.put(arrival.writing, row["laboratory"], checked)
            await offer_news.announce(arrival.writing, number, None)
            added.append((row["laboratory"], checked.title))
    return arrival.outcome(Difference(added=added))


def _checked(arrival: Arrival, row: Row, picture: Catalogue) -> CheckedOffer | None:
    """The offer of a line, or None and its problems; a day of closing that has passed is one of them."""
    if row["laboratory"] not in picture.laboratories:
        arrival.problem(row, "laboratory", NO_LABORATORY)
        return None
    said = {name: value for name, value in row.values.items() if value not in ("", None)}
    wanted = OfferInput(
        kind=row["kind"].value,
        title=row["title"],
        text=row["text"],
        title_en=said.get("title_en", ""),
        text_en=said.get("text_en", ""),
        themes=said.get("themes", ()),
        functions=said.get("functions", ()),
        radius_km=str(said.get("radius_km", "")),
        opens_on=str(said.get("opens_on", "")),
        closes_on=str(said.get("closes_on", "")),
        details={name: said[name] for name in FIELDS if name in said},
    )
    try:
        return check(picture, wanted, today())
    except Refused as refusal:
        for wrong in refusal.fields:
            arrival.problem(row, wrong.field, wrong.sentence)
        return None
