"""An offer of a laboratory finds the bodies whose published needs it fits, and a body the offers: one score, two sides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp

from raccordo_graph.bands import BANDS, Band
from raccordo_graph.factors import HALF_COSINE, SCORE_DECIMALS, STEEPNESS, Factor
from raccordo_graph.geography import Place, closeness, kilometres
from raccordo_graph.index import Index
from raccordo_graph.offer_sentences import ENGLISH, ITALIAN, Said, sentence
from raccordo_graph.understanding import Topic, Understanding

OFFER_WEIGHTS: Mapping[str, float] = {
    "words": 0.20,
    "concepts": 0.35,
    "themes": 0.25,
    "more_needs": 0.05,
    "distance": 0.15,
}
"""What counts between an offer and a body; they sum to 1. Size, wealth and politics are not in it."""

TEXT = ("words", "concepts", "themes")
"""The factors that make a band: what both texts say. Distance and the number of needs never do."""

LEAST_TOLD = 0.1
"""A theme that weighs less than this on either side counts, but is no reason to be told."""

MOST_WORDS = 5
"""Shared words that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferText:
    """An offer: what it is about, where its laboratory is, how many kilometres away it can go (``None``: anywhere)."""

    understanding: Understanding
    place: Place | None = None
    radius_km: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """A body: where it is, and its published needs by number, each with what it is about."""

    place: Place | None = None
    needs: Mapping[int, Understanding]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferReasons:
    """Why an offer fits: the need that fits best (``None``: none does) and the others that fit, best first.

    `shared_words` are pairs, as the need and as the offer writes them; `shared_concepts` and `shared_themes` slugs;
    `distance_km` is as the crow flies, ``None`` where either place is unknown.
    """

    need: int | None
    more_needs: tuple[int, ...]
    shared_words: tuple[tuple[str, str], ...]
    shared_concepts: tuple[str, ...]
    shared_themes: tuple[str, ...]
    distance_km: float | None
    sentence_it: str
    sentence_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferMatch:
    """How well an offer (by number) and a body (by key) fit; `factors` sum to `score` within 1e-9.

    The `band` is ``NONE`` where no need shares a word, a concept or a theme with the offer.
    """

    offer: int
    body: str
    score: float
    factors: tuple[Factor, ...]
    reasons: OfferReasons
    band: Band
    position: int


@dataclass(frozen=True, slots=True)
class _Shared:
    """What one need shares with the offer: a value for each factor of TEXT, and what to tell."""

    need: int
    values: tuple[float, float, float]
    words: tuple[tuple[str, str], ...]
    concepts: tuple[str, ...]
    themes: tuple[str, ...]

    @property
    def told(self) -> bool:
        return bool(self.words or self.concepts or self.themes)

    @property
    def fit(self) -> float:
        """Between 0 and the sum of the weights of TEXT."""
        return sum(OFFER_WEIGHTS[name] * value for name, value in zip(TEXT, self.values, strict=True))


def rank_bodies(
    index: Index, number: int, offer: OfferText, bodies: Mapping[str, Asker]
) -> tuple[OfferMatch, ...]:
    """Return the bodies for an offer, best score first, equal scores by key.

    A body farther away than the offer's radius is left out, and so is one whose place is not known when there is a
    radius. A body without a need that fits has its distance alone, and the band ``NONE``.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.understanding import understand
    >>> from raccordo_graph.valley import VALLEY
    >>> index = Index.from_graph(build(VALLEY))
    >>> offer = OfferText(understanding=understand(index, "Sensori per i ponti"))
    >>> bridges = Asker(needs={7: understand(index, "Il ponte trema")})
    >>> [(one.body, one.reasons.need) for one in rank_bodies(index, 1, offer, {"b": Asker(needs={}), "a": bridges})]
    [('a', 7), ('b', None)]
    """
    near = {key: body for key, body in bodies.items() if _within(offer, body.place)}
    return _ranked([_fit(index, number, offer, key, body) for key, body in near.items()])


def rank_offers(
    index: Index, key: str, body: Asker, offers: Mapping[int, OfferText]
) -> tuple[OfferMatch, ...]:
    """Return the offers for a body, best score first, equal scores by number: the same scores from the other side.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.understanding import understand
    >>> from raccordo_graph.valley import VALLEY
    >>> index = Index.from_graph(build(VALLEY))
    >>> town = Asker(needs={7: understand(index, "Il ponte trema")})
    >>> offers = {1: OfferText(understanding=understand(index, "Stelle")),
    ...           2: OfferText(understanding=understand(index, "Sensori per i ponti"))}
    >>> [(one.offer, one.reasons.sentence_en) for one in rank_offers(index, "a", town, offers)][0]
    (2, 'Speaks of roads and bridges, as the need does; word in common: “ponte”.')
    """
    near = {number: offer for number, offer in offers.items() if _within(offer, body.place)}
    return _ranked([_fit(index, number, offer, key, body) for number, offer in near.items()])


def _within(offer: OfferText, place: Place | None) -> bool:
    if offer.radius_km is None:
        return True
    km = _far(offer.place, place)
    return km is not None and km <= offer.radius_km


def _far(one: Place | None, other: Place | None) -> float | None:
    return None if one is None or other is None else kilometres(one, other)


def _fit(index: Index, number: int, offer: OfferText, key: str, body: Asker) -> OfferMatch:
    """Score one body: its best need, what the others add, and how far it is.

    ``value of more_needs = s / (s + 1)``, where `s` sums the fits of the other needs: one more need never lowers the
    sum, because either it joins the others or the one that was best does.
    """
    shared = [_shared(index, offer.understanding, need, about) for need, about in sorted(body.needs.items())]
    told = sorted((one for one in shared if one.told), key=lambda one: (-one.fit, one.need))
    best, others = (told[0], told[1:]) if told else (None, [])
    rest = sum(one.fit for one in others)
    km = _far(offer.place, body.place)
    values = (
        *(best.values if best else (0.0, 0.0, 0.0)),
        rest / (rest + 1),
        None if km is None else closeness(km),
    )
    factors = tuple(
        _factor(name, weight, value)
        for (name, weight), value in zip(OFFER_WEIGHTS.items(), values, strict=True)
    )
    return OfferMatch(
        offer=number,
        body=key,
        score=round(sum(factor.contribution for factor in factors), SCORE_DECIMALS),
        factors=factors,
        reasons=_reasons(index, best, tuple(one.need for one in others), km),
        band=_band(best),
        position=0,
    )


def _factor(name: str, weight: float, value: float | None) -> Factor:
    worth = 0.0 if value is None else value
    return Factor(name=name, value=worth, weight=weight, contribution=worth * weight, known=value is not None)


def _band(best: _Shared | None) -> Band:
    if best is None:
        return Band.NONE
    share = best.fit / sum(OFFER_WEIGHTS[name] for name in TEXT)
    return next(band for band, begins in BANDS.items() if share >= begins)


def _shared(index: Index, offer: Understanding, number: int, need: Understanding) -> _Shared:
    """What both say. Words: ``c / (c + 0.25)`` of their cosine `c`. Concepts, themes: ``1 - exp(-2 x)``, where `x`
    sums, over those of both, the smaller of the two weights."""
    theirs = {word.stem: word for word in offer.words}
    common = sorted(
        ((word.weight * theirs[word.stem].weight, word) for word in need.words if word.stem in theirs),
        key=lambda pair: (-pair[0], pair[1].stem),
    )
    cosine = min(1.0, sum(weight for weight, _ in common))
    concepts = [pair for pair in _both(need.concepts, offer.concepts) if not _service(index, pair[0])]
    themes = _both(need.themes, offer.themes)
    return _Shared(
        need=number,
        values=(cosine / (cosine + HALF_COSINE), _filled(concepts), _filled(themes)),
        words=tuple(dict.fromkeys((word.written, theirs[word.stem].written) for _, word in common))[
            :MOST_WORDS
        ],
        concepts=tuple(key for key, _ in concepts),
        themes=tuple(key for key, weight in themes if weight >= LEAST_TOLD),
    )


def _both(mine: Sequence[Topic], theirs: Sequence[Topic]) -> list[tuple[str, float]]:
    weights = {topic.key: topic.weight for topic in theirs}
    found = [(topic.key, min(topic.weight, weights[topic.key])) for topic in mine if topic.key in weights]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _service(index: Index, concept: str) -> bool:
    """A service of an office says nothing of what is studied; a concept of another lexicon neither."""
    node = ("concept", concept)
    return node not in index.graph or bool(index.graph.nodes[node]["service"])


def _filled(pairs: Sequence[tuple[str, float]]) -> float:
    return 1 - exp(-STEEPNESS * sum(weight for _, weight in pairs))


def _reasons(index: Index, best: _Shared | None, others: tuple[int, ...], km: float | None) -> OfferReasons:
    said = Said(
        themes=best.themes if best else (),
        concepts=best.concepts if best else (),
        words=tuple(word for word, _ in best.words) if best else (),
        more=len(others),
        km=km,
    )
    return OfferReasons(
        need=best.need if best else None,
        more_needs=others,
        shared_words=best.words if best else (),
        shared_concepts=said.concepts,
        shared_themes=said.themes,
        distance_km=km,
        sentence_it=sentence(ITALIAN, index.graph, said),
        sentence_en=sentence(ENGLISH, index.graph, said),
    )


def _ranked(fits: list[OfferMatch]) -> tuple[OfferMatch, ...]:
    ordered = sorted(fits, key=lambda one: (-one.score, one.body, one.offer))
    found: list[OfferMatch] = []
    for one in ordered:
        tied = bool(found) and found[-1].score == one.score
        found.append(replace(one, position=found[-1].position if tied else len(found) + 1))
    return tuple(found)
