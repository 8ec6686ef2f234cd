"""The index of public administrations (IPA): a municipality's code and its certified mailbox. Only Lombardy is taken."""

from __future__ import annotations

import re
from collections.abc import Mapping

from raccordo import models
from raccordo.cells import code, municipality_code, text
from raccordo.emails import MOST, SHAPE, normal
from raccordo.importing.arrival import Arrival, Outcome, check_municipality
from raccordo.importing.municipalities import check_ipa_codes
from raccordo.language import Sentence
from raccordo.reference_files import repeated
from raccordo.rows import bring
from raccordo.tables import Column, Row, Table

PROVINCES = frozenset(["012", "013", "014", "015", "016", "017", "018", "019", "020", "097", "098", "108"])
MUNICIPALITIES = "l6"  # the category of municipalities, which their consortia share
USUAL_CODE = re.compile(r"c_[a-z][0-9]{3}")  # c_ and the cadastral code
MAILS = range(1, 6)
CERTIFIED = "pec"  # the other addresses of the index are often a person's


def _municipality_of_lombardy(raw: Mapping[str, str]) -> bool:
    usual = USUAL_CODE.fullmatch(raw["ipa_code"].casefold()) is not None
    named = raw["name"].casefold().startswith("comune")
    return (
        raw["istat_code"].zfill(6)[:3] in PROVINCES
        and (usual or (raw["category"].casefold() == MUNICIPALITIES and named))
        and raw.get("closing", "").casefold() not in ("s", "si")
    )


def _column(name: str, headers: str, longest: int, *, optional: bool = True) -> Column:
    return Column(name, text(longest), empty="", optional=optional, prefixes=tuple(headers.split("|")))


TABLE = Table(
    columns=(
        Column("ipa_code", code(r"[A-Za-z0-9_-]+", "c_f205", 16), prefixes=("codice_ipa", "codice ipa")),
        _column("name", "denominazione_ente|denominazione ente", 1000, optional=False),
        _column("category", "codice_categoria|codice categoria", 100, optional=False),
        Column("istat_code", municipality_code, prefixes=("codice_comune_istat", "codice comune istat")),
        _column("closing", "ente_in_liquidazione|ente in liquidazione", 100),
        *(_column(f"mail{place}", f"mail{place}", 1000, optional=place > 1) for place in MAILS),
        *(
            _column(f"kind{place}", f"tipo_mail{place}|tipo mail{place}", 100, optional=place > 1)
            for place in MAILS
        ),
    ),
    other_columns=True,
    only=_municipality_of_lombardy,
)


async def bring_in(arrival: Arrival) -> Outcome:
    """Give municipalities their code and their certified mailbox; one without such a mailbox has none."""
    known = {row["istat_code"]: row for row in await models.Municipality.all().values()}
    lines: dict[str, int] = {}
    wanted = []
    for row in arrival.rows:
        town = row["istat_code"]
        if not await check_municipality(arrival, row, "istat_code", town, known):
            continue
        if lines.setdefault(town, row.line) != row.line:
            arrival.problem(row, "istat_code", repeated(town, lines[town]))
        wanted.append({"istat_code": town, "ipa_code": row["ipa_code"], "mailbox": _mailbox(arrival, row)})
    check_ipa_codes(arrival, known)
    arrival.problems.refuse_any()
    return arrival.outcome(await bring(models.Municipality, ["istat_code"], wanted, unique="ipa_code"))


def _mailbox(arrival: Arrival, row: Row) -> str:
    """The first certified address of the row."""
    for place in MAILS:
        address = normal(row.values.get(f"mail{place}", ""))
        if row.values.get(f"kind{place}", "").casefold() != CERTIFIED or not address:
            continue
        if len(address) > MOST or not SHAPE.fullmatch(address):
            sentence = Sentence("questo non è un indirizzo di posta: correggerlo, o togliere la riga")
            arrival.problem(row, f"mail{place}", sentence)
        return address
    return ""
