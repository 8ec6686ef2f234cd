"""The method page: what it prints is what the code computes with."""

from __future__ import annotations

import re
from math import exp

import pytest
from httpx2 import AsyncClient

import raccordo_graph
from page import Page
from raccordo import lexicon, matches, quality
from raccordo.catalogue import Catalogue
from raccordo.chips import ChipKind
from raccordo.need_input import NeedInput
from raccordo.people import VISITOR
from raccordo_graph import abstention, factors, geography
from raccordo_graph.offers import OFFER_WEIGHTS
from raccordo_ui import method


async def test_every_factor_stands_with_its_weight(client: AsyncClient) -> None:
    text = (await client.get("/metodo")).text
    shown = [
        float(weight.replace(",", ".")) for weight in re.findall(r"<strong>(0,\d\d)</strong></p></li>", text)
    ]
    assert shown == list(raccordo_graph.WEIGHTS.values())


async def test_the_weights_are_read_and_not_copied(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raccordo_graph, "WEIGHTS", {"words": 0.17, "themes": 0.83})
    assert {"0,17", "0,83"} <= set(Page((await client.get("/metodo")).text).words.split())


async def test_the_weights_of_offers_stand_there_too(client: AsyncClient) -> None:
    text = (await client.get("/metodo")).text
    table = text[text.index('id="offerte"') : text.index('id="lessico"')]
    shown = [float(weight.replace(",", ".")) for weight in re.findall(r">(0,\d\d)<", table)]
    assert shown == list(OFFER_WEIGHTS.values())


def computed(name: str, **values: float) -> float:
    """The printed formula, worked out as a reader would."""
    rule = method.factor_rules("en")[list(raccordo_graph.WEIGHTS).index(name)]
    text = rule.formula.replace("−", "-").replace("·", "*").replace("e^", "e**")
    return float(eval(text, {"__builtins__": {}, "e": exp(1)}, values))  # noqa: S307  # our own formula


@pytest.mark.parametrize("km", [0.0, 14.0, 50.0, 200.0])
def test_the_printed_distance_is_the_one_computed(km: float) -> None:
    assert computed("distance", km=km) == pytest.approx(geography.closeness(km))


def test_the_printed_halves_are_halves() -> None:
    assert computed("words", c=factors.HALF_COSINE) == 0.5
    assert computed("capacity", n=factors.HALF_PLACES) == 0.5
    assert computed("themes", x=1.0) == pytest.approx(1 - exp(-factors.STEEPNESS))


async def test_the_bands_begin_where_the_code_says(client: AsyncClient) -> None:
    words = Page((await client.get("/metodo")).text).words
    for begins in raccordo_graph.BANDS.values():
        assert f" {begins:.0%}" in words


async def test_the_worked_example_adds_up(client: AsyncClient) -> None:
    text = (await client.get("/metodo")).text
    table = text[text.index('class="sum"') :].partition("</table>")[0]
    rows = re.findall(r"<tr>.*?</tr>", table, re.DOTALL)[1:]  # without the headings
    last = [float(re.findall(r"\d,\d\d", row)[-1].replace(",", ".")) for row in rows]
    *contributions, total = last
    assert len(contributions) == len(raccordo_graph.WEIGHTS)
    assert sum(contributions) == pytest.approx(total, abs=0.026)  # five numbers rounded to a hundredth
    assert total > 0


async def test_it_names_the_snapshot_and_the_code(client: AsyncClient, current: Catalogue) -> None:
    words = Page((await client.get("/metodo")).text).words
    assert matches.snapshot_id(current) in words
    assert raccordo_graph.CODE_VERSION in words


@pytest.mark.parametrize(
    "said",
    [
        "linea d’aria",
        "due volte su tre",
        "quattro volte su cinque",
        "Rifiuti, importi, date, luoghi e tipi di iniziativa si riconoscono",
        "le frazioni non si conoscono",
        "Ciò che il testo rifiuta",
        "quelli di quel semestre per il tipo di iniziativa",
        "Sei fattori",
        "chi sceglie un tema ha risposto da sé",
        "scelto e non misurato",
        "da confermare",
        "sono esempi",
        "CC BY 4.0",
        "EUPL 1.2",
        "zeri iniziali",
    ],
)
async def test_it_tells_the_known_limits_and_the_licences(client: AsyncClient, said: str) -> None:
    assert said in Page((await client.get("/metodo")).text).words


def test_the_printed_concepts_are_the_ones_computed() -> None:
    assert computed("concepts", y=1.0) == pytest.approx(1 - exp(-factors.STEEPNESS))


async def test_it_says_how_large_the_lexicon_is_and_when_the_answer_is_no(client: AsyncClient) -> None:
    words = Page((await client.get("/en/metodo")).text).words
    assert f"{len(lexicon.shipped().terms):,} entries" in words
    assert f"{abstention.SERVED_BY_OTHERS:.0%} of a text asks for a service" in words


async def test_every_theme_and_function_stands_with_its_ways_of_saying(
    client: AsyncClient, current: Catalogue
) -> None:
    text = (await client.get("/metodo")).text
    table = text[text.index('id="lessico"') :].partition("</table>")[0]
    assert table.count("<tr>") == 1 + len(current.functions) + len(current.themes)


async def test_the_measured_figures_are_those_that_were_written_down(client: AsyncClient) -> None:
    text = (await client.get("/en/metodo")).text
    table = text[text.index('id="misure"') :].partition("</section>")[0]
    kept = quality.measured()
    assert table.count("<tr>") == 2 + len(kept.figures) + len(kept.bands)
    for one in kept.figures:
        assert one.low <= one.value <= one.high
        assert f"<strong>{one.value:.3f}</strong>" in table
        assert f"{one.low:.3f}–{one.high:.3f}" in table
    changed = kept.code_version != raccordo_graph.CODE_VERSION
    assert ("has changed since" in table) == changed
    strong, plausible, weak = (one.good for one in kept.bands)
    assert strong > plausible > weak


async def test_nothing_that_is_understood_is_called_a_limit(client: AsyncClient, current: Catalogue) -> None:
    text = "Non ci serve uno studio. Vorremmo un corso a Pasturo entro giugno 2027, abbiamo 15.000 euro."
    found = matches.preview(current, VISITOR, NeedInput(title="Corso", description=text)).chips
    kinds = {chip.kind for chip in found}
    assert {ChipKind.REFUSED, ChipKind.AMOUNT, ChipKind.PERIOD, ChipKind.PLACE, ChipKind.INTENT} <= kinds
    for page, denied in (("/metodo", "non si capiscono"), ("/en/metodo", "not understood")):
        assert denied not in Page((await client.get(page)).text).words
