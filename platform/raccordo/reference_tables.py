"""The declared shape of every table that ships in `reference/`, in the order in which they are loaded."""

from __future__ import annotations

from enum import StrEnum

from raccordo.cells import (
    SLUG,
    choice,
    code,
    day,
    decimal,
    listed,
    municipality_code,
    text,
    whole,
    words,
    yes_no,
)
from raccordo.models import BodyKind, ProvinceKind
from raccordo.published import Axis
from raccordo.tables import Column, Table


class Tongue(StrEnum):
    """The language of a term of the lexicon."""

    IT = "IT"
    EN = "EN"


class TermKind(StrEnum):
    """How a term of the lexicon is used: said in the street, written in acts and papers, local, or an acronym."""

    EVERYDAY = "EVERYDAY"
    OFFICIAL = "OFFICIAL"
    LOMBARD = "LOMBARD"
    ABBREVIATION = "ABBREVIATION"


slug = code(SLUG, "rischio-sismico")
letter = code(r"[a-z](-[a-z]+)?", "l-bis", 8)
acronym = code(r"[A-Za-z0-9]{2,16}", "DICA", 16)
campus_code = code(r"[A-Z]{2}(-[A-Z]+)*", "MI-LEO", 16)
province_code = code(r"[0-9]{3}", "097")
cadastral_code = code(r"[A-Z][0-9]{3}", "F205")
treated_evidence = code(r"source|inferred", "inferred", 16)
nuts3 = code(r"ITC4[1-9A-D]", "ITC4C")

SOURCE = Column("source", text(), empty="")
EVIDENCE = Column("evidence", text(64), empty="")
LATITUDE = Column("latitude", decimal(-90.0, 90.0))
LONGITUDE = Column("longitude", decimal(-180.0, 180.0))

FUNCTIONS = Table(
    columns=(
        Column("letter", letter),
        Column("text_it", text()),
        Column("text_en", text()),
        Column("short_it", text(120)),
        Column("short_en", text(120)),
        Column("services_it", words(), empty=""),
        Column("services_en", words(), empty=""),
        SOURCE,
    ),
    key=("letter",),
)
SECTORS = Table(
    columns=(Column("slug", slug), Column("label_it", text(80)), Column("label_en", text(80)), SOURCE),
    key=("slug",),
)
DEPARTMENTS = Table(
    columns=(
        Column("acronym", acronym),
        Column("name_it", text(160)),
        Column("name_en", text(160)),
        Column("seat", text(160), empty=""),
        Column("website", text(160), empty=""),
        SOURCE,
    ),
    key=("acronym",),
)
SCHOOLS = Table(
    columns=(
        Column("acronym", acronym),
        Column("name_it", text(160)),
        Column("name_en", text(160)),
        Column("note_it", text(), empty=""),
        Column("note_en", text(), empty=""),
        EVIDENCE,
        SOURCE,
    ),
    key=("acronym",),
)
CAMPUSES = Table(
    columns=(
        Column("code", campus_code),
        Column("name", text(120)),
        Column("city", text(80)),
        Column("city_istat", municipality_code, empty=""),  # Piacenza is not in Lombardy: no check
        Column("address", text(200), empty=""),
        LATITUDE,
        LONGITUDE,
        Column("reachable", yes_no),
        Column("note", text(), empty=""),
        EVIDENCE,
        SOURCE,
    ),
    key=("code",),
)
THEMES = Table(
    columns=(
        Column("slug", slug),
        Column("label_it", text(120)),
        Column("label_en", text(120)),
        Column("description_it", text(), empty=""),
        Column("description_en", text(), empty=""),
        Column("functions", listed(letter), empty=(), points_to="functions"),
        Column("sdgs", words(200), empty=""),
        Column("erc_panels", words(200), empty=""),
        Column("pnrr_components", words(200), empty=""),
        Column("departments", listed(acronym), empty=(), points_to="departments"),
        Column("dcat_ap_it_theme", text(8), empty=""),
        Column("sectors", listed(slug), empty=(), points_to="sectors"),
        Column("axes", listed(choice(Axis)), empty=()),
        Column("keywords_it", words(), empty=""),
        Column("keywords_en", words(), empty=""),
        EVIDENCE,
        SOURCE,
    ),
    key=("slug",),
)
CONCEPTS = Table(
    columns=(
        Column("slug", slug),
        Column("label_it", text(120)),
        Column("label_en", text(120)),
        Column("themes", listed(slug), empty=(), points_to="themes"),
        Column("functions", listed(letter), points_to="functions"),
        Column("service", yes_no),
        EVIDENCE,
        SOURCE,
    ),
    key=("slug",),
)
LEXICON = Table(
    columns=(
        Column("term", text(80)),
        Column("variants", words(), empty=""),
        Column("language", choice(Tongue)),
        Column("concepts", listed(slug), points_to="concepts"),
        Column("kind", choice(TermKind)),
        EVIDENCE,
        SOURCE,
    ),
    key=("term", "language"),
)
PROVINCES = Table(
    columns=(
        Column("istat_code", province_code),
        Column("uts_code", province_code),
        Column("name", text(80)),
        Column("plate", code(r"[A-Z]{2}", "LC", 2)),
        Column("kind", choice(ProvinceKind)),
        Column("nuts3", nuts3),
        Column("capital_istat", municipality_code, points_to="municipalities"),
        SOURCE,
    ),
    key=("istat_code",),
)
MOUNTAIN_COMMUNITIES = Table(
    columns=(
        Column("slug", slug),
        Column("name", text(160)),
        Column("province", province_code, points_to="provinces"),
        Column("seat_istat", municipality_code, points_to="municipalities"),
        Column("evidence", text(32)),
        SOURCE,
    ),
    key=("slug",),
)
MUNICIPALITIES = Table(
    columns=(
        Column("istat_code", municipality_code),
        Column("cadastral_code", cadastral_code),
        Column("name", text(80)),
        Column("province", province_code, points_to="provinces"),
        Column("mountain_community", slug, empty=None, points_to="mountain_communities"),
        Column("population", whole(0, 10_000_000)),
        Column("population_over_65", whole(0, 10_000_000)),
        Column("area_km2", decimal(0.01, 10_000.0)),
        LATITUDE,
        LONGITUDE,
        SOURCE,
    ),
    key=("istat_code",),
)
BORDERS = Table(
    columns=(
        Column("first", municipality_code, points_to="municipalities"),
        Column("second", municipality_code, points_to="municipalities"),
        Column("metres", whole(1, 1_000_000)),
    ),
    key=("first", "second"),
)
SUCCESSIONS = Table(
    columns=(
        Column("predecessor_istat", municipality_code),
        Column("predecessor", text(80)),
        Column("predecessor_cadastral_code", cadastral_code),
        Column("successor_istat", municipality_code, points_to="municipalities"),
        Column("successor", text(80)),
        Column("successor_cadastral_code", cadastral_code),
        Column("on", day),
        SOURCE,
    ),
    key=("predecessor_istat",),
)
LABORATORIES = Table(
    columns=(
        Column("slug", slug),
        Column("name", text(160)),
        Column("department", acronym, points_to="departments"),
        Column("campus", campus_code, empty=None, optional=True, points_to="campuses"),
        Column("topic_en", text(), empty="", optional=True),
        Column("themes", listed(slug), empty=(), optional=True, points_to="themes"),
        Column("sectors", listed(slug), empty=(), optional=True, points_to="sectors"),
        Column("keywords_it", words(), empty="", optional=True),
        Column("keywords_en", words(), empty="", optional=True),
        Column("card_it", text()),
        Column("card_en", text()),
        Column("equipment_it", text(), empty="", optional=True),
        Column("equipment_en", text(), empty="", optional=True),
        Column("infrastructure_it", text(), empty="", optional=True),
        Column("infrastructure_en", text(), empty="", optional=True),
        Column("availability", whole(0, 10_000), empty=None, optional=True),
        Column("evidence", text(64), empty="", optional=True),
        Column("source", text(), empty="", optional=True),
    ),
    key=("slug",),
)
LABORATORY_CONCEPTS = Table(
    columns=(
        Column("laboratory", slug, points_to="laboratories"),
        Column("concept", slug, points_to="concepts"),
        Column("weight", decimal(0.1, 1.0)),
        Column("evidence", treated_evidence),
        SOURCE,
    ),
    key=("laboratory", "concept"),
)
NEEDS = Table(
    columns=(
        Column("external_id", code(r"[A-Za-z0-9][A-Za-z0-9._:/-]*", "N01")),
        Column("title", text(200)),
        Column("description", text(40_000)),
        Column("owner_kind", choice(BodyKind)),
        Column("owner_code", text(64)),
        Column("functions", listed(letter), empty=(), optional=True, points_to="functions"),
        Column("themes", listed(slug), empty=(), optional=True, points_to="themes"),
        Column("axes", listed(choice(Axis)), empty=(), optional=True),
        Column("funding", text(300), empty="", optional=True),
        Column("deadline", day, empty=None, optional=True),
        Column("deadline_note", text(200), empty="", optional=True),
        Column("municipal_profile", text(120), empty="", optional=True),
        Column("associable", yes_no, empty=None, optional=True),
        Column("evidence", text(64), empty="", optional=True),
        Column("source", text(), empty="", optional=True),
    ),
    key=("external_id",),
)

TABLES = {
    "functions": FUNCTIONS,
    "sectors": SECTORS,
    "departments": DEPARTMENTS,
    "schools": SCHOOLS,
    "campuses": CAMPUSES,
    "themes": THEMES,
    "concepts": CONCEPTS,
    "lexicon": LEXICON,
    "provinces": PROVINCES,
    "mountain_communities": MOUNTAIN_COMMUNITIES,
    "municipalities": MUNICIPALITIES,
    "successions": SUCCESSIONS,
    "borders": BORDERS,
    "laboratories": LABORATORIES,
    "laboratory_concepts": LABORATORY_CONCEPTS,
    "needs": NEEDS,
}
