"""The peer for expertise: TPMS as the published comparison computes it, one bag of words for each person.

L. Charlin, R. S. Zemel, *The Toronto paper matching system*, 2013; computed as in Y. Xu et al., *On strategyproof
conference review*, 2019, which I. Stelmakh et al., *A gold standard dataset for the reviewer assignment problem*, 2023,
compare with: augmented frequencies, rarity over persons and texts together, cosine. The words are cut as ours are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log, sqrt

from raccordo_graph.publications import Terms

Weights = dict[str, float]


def similarities(
    profiles: Mapping[str, Sequence[Terms]], texts: Mapping[str, Terms]
) -> dict[str, dict[str, float]]:
    """The likeness of every profile, all that a person has written read as one, with every text."""
    written = {key: _together(publications) for key, publications in profiles.items()}
    asked = {key: dict(terms.counts) for key, terms in texts.items()}
    bags = [*written.values(), *asked.values()]
    holders = Counter(term for bag in bags for term in bag)
    rarity = {term: log(len(bags) / count) for term, count in holders.items()}
    known = {key: _weighed(bag, rarity) for key, bag in asked.items()}
    return {
        person: {key: _product(mine, weights) for key, weights in known.items()}
        for person, mine in ((key, _weighed(bag, rarity)) for key, bag in written.items())
    }


def _together(publications: Sequence[Terms]) -> dict[str, int]:
    whole: Counter[str] = Counter()
    for publication in publications:
        whole.update(publication.counts)
    return dict(whole)


def _weighed(bag: Mapping[str, int], rarity: Mapping[str, float]) -> Weights:
    most = max(bag.values(), default=1)
    weights = {term: (0.5 + 0.5 * count / most) * rarity[term] for term, count in bag.items()}
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {term: weight / length for term, weight in weights.items()}


def _product(one: Weights, other: Weights) -> float:
    return sum(weight * one.get(term, 0.0) for term, weight in other.items())
