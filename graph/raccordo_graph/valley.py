"""A small invented valley to try things on: four themes, five laboratories, two villages.

One laboratory holds two themes and one none, one has no known campus, one stands where distance means nothing, and
only one has said how many places are free.
"""

from dataclasses import replace

from raccordo_graph.facts import (
    Campus,
    Concept,
    Department,
    Facts,
    Function,
    Laboratory,
    Municipality,
    Sector,
    Term,
    Theme,
)


def _function(letter: str, short_it: str, short_en: str, *services: str) -> Function:
    return Function(
        letter=letter,
        text_it=short_it,
        text_en=short_en,
        short_it=short_it,
        short_en=short_en,
        services_it=services,
    )


CAMPUSES = (
    Campus(code="LC", name="Polo territoriale di Lecco", latitude=45.8505, longitude=9.3985),
    Campus(code="MI", name="Milano Leonardo (Città Studi)", latitude=45.4781, longitude=9.2270),
    Campus(code="SH", name="Shanghai", latitude=31.283, longitude=121.501, reachable=False),
)

FUNCTIONS = (
    _function("a", "Amministrazione", "Administration", "ragioneria"),
    _function("b", "Servizi pubblici", "Public services", "strade"),
    _function("e", "Protezione civile", "Civil protection", "allertamento"),
    _function("f", "Rifiuti", "Waste", "raccolta"),
)

THEMES = (
    Theme(
        slug="strade-ponti",
        label_it="Strade e ponti",
        label_en="Roads and bridges",
        keywords_it=("viadotti", "asfalto", "buche"),
        functions=("b",),
        departments=("DICA",),
    ),
    Theme(
        slug="frane",
        label_it="Frane e alluvioni",
        label_en="Landslides and floods",
        keywords_it=("torrenti", "smottamento"),
        functions=("b", "e"),
        departments=("DICA",),
    ),
    Theme(
        slug="rifiuti",
        label_it="Rifiuti",
        label_en="Waste",
        keywords_it=("spazzatura", "cassonetti"),
        functions=("f",),
        sectors=("green-deal",),
    ),
    Theme(slug="cloud", label_it="PA digitale", label_en="Digital PA", functions=("a",)),
)

LABORATORIES = (
    Laboratory(
        slug="bridges",
        name="Prove sui ponti",
        department="DICA",
        campus="LC",
        card_it="Misura le vibrazioni dei ponti.",
        card_en="Measures how bridges vibrate.",
        themes=("strade-ponti",),
    ),
    Laboratory(
        slug="both",
        name="Geotecnica",
        department="DICA",
        campus="MI",
        card_it="Studia i versanti sopra le strade.",
        themes=("strade-ponti", "frane"),
        free_places=2,
    ),
    Laboratory(
        slug="slopes",
        name="Versanti",
        department="DICA",
        campus="MI",
        card_it="Prevede le frane dopo la pioggia.",
        themes=("frane",),
    ),
    Laboratory(
        slug="waste",
        name="Materiali",
        department="DICA",
        keywords_it=("rifiuti", "riciclo"),
        themes=("rifiuti",),
        sectors=("green-deal",),
    ),
    Laboratory(slug="space", name="Satelliti", department="DAER", campus="SH", card_it="Guarda le stelle."),
)

VALLEY = Facts(
    campuses=CAMPUSES,
    departments=(
        Department(acronym="DICA", name_it="Ingegneria", name_en="Engineering"),
        Department(acronym="DAER", name_it="Scienze aerospaziali", name_en="Aerospace"),
    ),
    functions=FUNCTIONS,
    sectors=(Sector(slug="green-deal", label_it="Green deal", label_en="Green deal"),),
    themes=THEMES,
    laboratories=LABORATORIES,
    municipalities=(
        Municipality(istat_code="097042", latitude=45.8566, longitude=9.3977),
        Municipality(istat_code="097065", latitude=45.9522, longitude=9.4427),
    ),
)

CONCEPTS = (
    Concept(slug="bridges", label_it="Ponti", label_en="Bridges", themes=("strade-ponti",), functions=("b",)),
    Concept(slug="streams", label_it="Torrenti", label_en="Streams", themes=("frane",), functions=("e", "b")),
    Concept(slug="repair", label_it="Guasto", label_en="Failure", functions=("b",), service=True),
)

TERMS = (
    Term(term="passerella", variants=("il camion balla",), concepts=("bridges",)),
    Term(term="vibrazioni", concepts=("bridges",)),
    Term(term="vibrate", language="en", concepts=("bridges",)),
    Term(term="torrente", variants=("esce dall'argine",), concepts=("streams",)),
    Term(term="pioggia", concepts=("streams",)),
    Term(term="guasto", variants=("lampadina bruciata",), concepts=("repair",)),
)

SPEAKING_VALLEY = replace(VALLEY, concepts=CONCEPTS, terms=TERMS)
"""The same valley with a lexicon of three concepts, one of which is a service."""
