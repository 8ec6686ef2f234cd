"""How a score comes about: every weight, formula and limit, read from the code that computes and not copied."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import raccordo_graph
from raccordo import catalogue, lexicon, lexicon_overlay, matches, need_search, quality
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.need_search import NeedFilter
from raccordo_graph import (
    Band,
    abstention,
    bands,
    factors,
    feedback,
    geography,
    similarity,
    understanding,
    walk,
)
from raccordo_graph.offers import OFFER_WEIGHTS
from raccordo_ui.formats import local, number
from raccordo_ui.language import language_of
from raccordo_ui.match_cards import BANDS, FACTORS, MatchCard, match_cards
from raccordo_ui.need_cards import NeedCard, need_card
from raccordo_ui.offer_cards import FACTORS as OFFER_FACTORS
from raccordo_ui.partner_cards import partner_rules
from raccordo_ui.render import render

LATEST = 12  # needs among which the worked example is chosen

QUERY = """{
  catalogue { version snapshotId counts { municipalities laboratories needs } }
  needs(first: 1) {
    edges { node { title matches(first: 1) {
      edges { node { score band laboratory { name } factors { name value weight contribution known } } }
    } } }
  }
}"""
LOOKS_AT = {
    "words": Sentence("Le parole del bisogno e quelle del laboratorio, in italiano e in inglese."),
    "concepts": Sentence(
        "Di che cosa parlano i due testi, anche con parole diverse: il lessico va dalle parole di tutti i giorni a"
        " quelle della ricerca."
    ),
    "themes": Sentence("I temi e le funzioni del bisogno, seguiti sulla rete fino a chi ci lavora."),
    "distance": Sentence(
        "I chilometri in linea d’aria alla sede, dai luoghi che chi scrive ha confermato, altrimenti dal suo ente."
    ),
    "capacity": Sentence(
        "Quante richieste il laboratorio dice di poter ancora prendere; se il bisogno dice da quando, nel semestre in cui "
        "comincia."
    ),
    "feedback": Sentence(
        "Che cosa il laboratorio ha risposto a bisogni simili: avviarli insieme lo alza, rifiutarli perché non è il suo "
        "campo lo abbassa, mai di più di questo peso."
    ),
}
FORMULAS = {
    "words": "c / (c + {half_cosine})",
    "concepts": "1 − e^(−{steepness} · y)",
    "themes": "1 − e^(−{steepness} · x)",
    "distance": "1 / (1 + km / {half_km})",
    "capacity": "n / (n + {half_places})",
    "feedback": "x / (1 + |x|)",
}
SYMBOLS = {
    "words": Sentence("c: coseno tra le parole dei due testi, pesate per rarità."),
    "concepts": Sentence(
        "y: somma, sui concetti, di quanto ne parla il bisogno per la vicinanza del laboratorio; se il lessico non"
        " riconosce nulla, il fattore vale zero."
    ),
    "themes": Sentence(
        "x: somma, su temi e funzioni, del peso nel bisogno per la vicinanza del laboratorio;"
        " una funzione vale {share} di un tema; a ogni passo sulla rete si prosegue con probabilità {alpha}."
    ),
    "distance": Sentence(
        "km: distanza; se il comune o la sede non si conoscono, o oltre il raggio che il laboratorio dice di percorrere, "
        "il fattore vale zero."
    ),
    "capacity": Sentence(
        "n: posti liberi; se il bisogno dice da quando, quelli di quel semestre per il tipo di iniziativa che cerca (senza un "
        "tipo, tutti), dove il laboratorio li ha detti, altrimenti quelli di sempre; se nessuno li ha detti, il fattore vale "
        "zero."
    ),
    "feedback": Sentence(
        "x: la somma delle somiglianze, da {alike} in su, con i bisogni accettati, meno quella con i rifiutati perché "
        "fuori campo; va da -1 a 1, e senza risposte simili vale zero."
    ),
}
FIGURES = {
    "needs_ndcg10": Sentence("Bisogni, ordine dei primi dieci laboratori (nDCG)"),
    "needs_recall5": Sentence("Bisogni, laboratori buoni trovati fra i primi cinque"),
    "lay_function_top3": Sentence("Testi di tutti i giorni, funzione giusta fra le prime tre"),
    "lay_theme_top3": Sentence("Testi di tutti i giorni, tema giusto fra i primi tre"),
    "lay_ndcg10": Sentence("Testi di tutti i giorni, ordine dei primi dieci laboratori (nDCG)"),
    "abstention": Sentence("Dice «nessun laboratorio» quando è giusto (accuratezza bilanciata)"),
    "duplicates_f1": Sentence("Riconosce lo stesso bisogno in due testi (F1)"),
    "expertise_loss": Sentence("Competenza dalle pubblicazioni, errore (meno è meglio)"),
    "expertise_loss_encoder": Sentence("Lo stesso con un codificatore di frasi (meno è meglio)"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRule:
    """One factor in words and in numbers, those of the code."""

    name: str
    looks_at: str
    formula: str
    symbols: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BandRule:
    """From which share of the most that words and themes can give a band begins."""

    name: str
    begins: float


async def show(request: Request) -> Response:
    picture, language = catalogue.current(), language_of(request)
    view = {
        "rules": factor_rules(language),
        "partner_rules": partner_rules(language),
        "bands": [
            BandRule(name=BANDS[band].say(language), begins=begins)
            for band, begins in raccordo_graph.BANDS.items()
        ],
        "no_band": BANDS[Band.NONE].say(language),
        "example": _example(picture, language),
        "offer_factors": [
            (OFFER_FACTORS[name].say(language), weight) for name, weight in OFFER_WEIGHTS.items()
        ],
        "title_weight": understanding.TITLE,
        "lesson_bodies": lexicon_overlay.ENOUGH,
        "words_share": similarity.WORDS_SHARE,
        "served_by_others": abstention.SERVED_BY_OTHERS,
        "lexicon_terms": len(picture.lexicon.terms),
        "lexicon_concepts": len(picture.lexicon.concepts),
        "coverage": _coverage(picture, language),
        **_measured(language),
        "snapshot_id": matches.snapshot_id(picture),
        "code_version": raccordo_graph.CODE_VERSION,
        "laboratories": len(picture.laboratories),
        "recalled": sum(one.recalled for one in picture.laboratories.values()),
        "needs": len(picture.needs),
        "examples": sum(need.example for need in picture.needs.values()),
        "municipalities": len(picture.municipalities),
        "query": QUERY,
    }
    return render(request, "method/show.html", view)


def _coverage(picture: Catalogue, language: str) -> list[tuple[str, lexicon.Coverage]]:
    """The functions, then the themes, by name and with what leads to them, the thinnest first."""
    words = picture.lexicon
    functions = lexicon.coverage(words, "functions", tuple(picture.functions))
    themes = lexicon.coverage(words, "themes", tuple(picture.themes))
    return [(local(picture.functions[row.key], "short", language), row) for row in functions] + [
        (local(picture.themes[row.key], "label", language), row) for row in themes
    ]


def _measured(language: str) -> dict[str, object]:
    """What was measured on judged examples, and whether by the formulas of now."""
    kept = quality.measured()
    return {
        "figures": [(FIGURES[one.key].say(language), one) for one in kept.figures],
        "band_worth": [(BANDS[one.band].say(language), one) for one in kept.bands],
        "measured_with": kept.code_version,
        "indistinct": number(bands.INDISTINCT, language, 2),
    }


def factor_rules(language: str) -> tuple[FactorRule, ...]:
    """The factors in the order of their weights' table."""
    numbers = {
        "half_cosine": number(factors.HALF_COSINE, language, 2),
        "steepness": number(factors.STEEPNESS, language, 1),
        "half_km": number(geography.HALF_CLOSENESS_KM, language),
        "half_places": number(factors.HALF_PLACES, language),
        "share": number(factors.FUNCTION_SHARE, language, 2),
        "alike": number(feedback.ALIKE_ENOUGH, language, 1),
        "alpha": number(walk.ALPHA, language, 2),
    }
    return tuple(
        FactorRule(
            name=FACTORS[name].say(language),
            looks_at=LOOKS_AT[name].say(language),
            formula=FORMULAS[name].format(**numbers),
            symbols=Sentence(SYMBOLS[name].text, numbers).say(language),
            weight=weight,
        )
        for name, weight in raccordo_graph.WEIGHTS.items()
    )


def _example(picture: Catalogue, language: str) -> tuple[NeedCard, MatchCard] | None:
    """Of the latest needs the one whose best match is clearest: a sum that anybody can check."""
    latest = need_search.select(picture, NeedFilter())[:LATEST]
    firsts = [(need, match) for need in latest for match in matches.for_need(picture, need).matches[:1]]
    if not firsts:
        return None
    need, match = max(firsts, key=lambda pair: pair[1].score)
    cards = match_cards(picture, [match], language)
    return (need_card(picture, need, language), cards[0]) if cards else None


routes = [Route("/metodo", show, name="method")]
