"""Needs that resemble each other: the same words, the same themes."""

from collections.abc import Mapping
from dataclasses import dataclass

from raccordo_graph.index import Index
from raccordo_graph.understanding import Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """Another need, by number, with its similarity (0 to 1) and what both share, heaviest first."""

    need: int
    similarity: float
    shared_words: tuple[str, ...]
    shared_themes: tuple[str, ...]


WORDS, THEMES = 0.7, 0.3


def similar(
    index: Index, need: Understanding, others: Mapping[int, Understanding], limit: int | None = 5
) -> tuple[Similar, ...]:
    """Return the needs of `others` that share a word or theme with `need`, most similar first, then by number."""
    mine = {word.stem: word for word in need.words}
    topics = {topic.key: topic.weight for topic in need.themes}
    found = []
    for number, other in others.items():
        words = [
            (mine[word.stem].weight * word.weight, word.stem) for word in other.words if word.stem in mine
        ]
        both = [
            (min(topics[topic.key], topic.weight), topic.key) for topic in other.themes if topic.key in topics
        ]
        value = WORDS * sum(sorted(weight for weight, _ in words)) + THEMES * min(
            1.0, sum(sorted(weight for weight, _ in both))
        )
        if value > 0:
            words.sort(key=lambda pair: (-pair[0], pair[1]))
            both.sort(key=lambda pair: (-pair[0], pair[1]))
            found.append(
                Similar(
                    need=number,
                    similarity=min(1.0, value),
                    shared_words=tuple(mine[stem].written for _, stem in words),
                    shared_themes=tuple(key for _, key in both),
                )
            )
    return tuple(sorted(found, key=lambda other: (-other.similarity, other.need))[:limit])
