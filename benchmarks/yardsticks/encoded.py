"""The set about expertise again, with a sentence encoder beside words and graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from raccordo_graph.chance import Chance, combined
from raccordo_graph.expertise import BEST, Expertise
from raccordo_graph.publications import archive
from yardsticks import encoder
from yardsticks.figures import Counts, share
from yardsticks.folder import Evaluation, NotMeasured
from yardsticks.intervals import better, figure
from yardsticks.publications import Papers, by_person, judged, losses
from yardsticks.report import Measured, Table

BOTH = "the four and the encoder"
ALONE = f"{encoder.NAME} alone"
FOUR = "the four without it"

Vectors = Callable[[str], NDArray[np.float32]]


def of_encoder(evaluation: Evaluation) -> tuple[Measured, Table]:
    """The loss with the encoder as a fifth measure; only where its package is installed."""
    archives, truth = judged(evaluation)
    folder = encoder.installed()
    if folder is None:
        raise NotMeasured("no encoder is installed (benchmarks/yardsticks/encoder.py says which)")
    encode = _remembered(encoder.Encoder(folder).of)
    found = [scores(known, sorted(truth), encode) for known in archives]
    cases = {scorer: losses([one[scorer] for one in found], truth) for scorer in found[0]}
    measured = Measured(
        key="expertise_loss_encoder",
        cases=len(truth),
        ours=figure(cases[BOTH], share),
        baseline=figure(cases[ALONE], share),
        beside=ALONE,
    )
    return measured, _table(cases)


def scores(known: Papers, persons: Sequence[str], encode: Vectors) -> dict[str, dict[str, dict[str, float]]]:
    """By scorer, person and text. Only the judged persons' papers are encoded, and give chance."""
    expertise, keys = Expertise(archive(known.profiles)), sorted(known.texts)
    persons = [person for person in persons if person in expertise.shelf.profiles]
    places = [expertise.shelf.profiles.index(person) for person in persons]
    asked = expertise.shelf.read([known.texts[key] for key in keys])
    four = [shares[:, places] for shares in expertise.chances(asked).values()]
    side = _Encoded.of(known, persons, encode)
    near = side.near(np.stack([encode(known.said[key]) for key in keys]))
    fifth = side.chance().shares_at(near)
    matrices: dict[str, Any] = {BOTH: combined([*four, fifth]), ALONE: near, FOUR: combined(four)}
    return {name: by_person(matrix, persons, keys) for name, matrix in matrices.items()}


@dataclass(frozen=True, slots=True)
class _Encoded:
    """Every judged person's papers as vectors."""

    papers: Sequence[NDArray[np.float32]]

    @classmethod
    def of(cls, known: Papers, persons: Sequence[str], encode: Vectors) -> _Encoded:
        written = {profile.key: profile.publications for profile in known.profiles}
        return cls(
            [np.stack([encode(f"{one.title} {one.text}") for one in written[person]]) for person in persons]
        )

    def near(self, texts: NDArray[np.float32]) -> NDArray[np.float64]:
        """The mean cosine with the best three papers of everybody, 0 if below."""
        best = [np.sort(texts @ own.T, axis=1)[:, -BEST:].mean(axis=1) for own in self.papers]
        found: NDArray[np.float64] = np.maximum(np.stack(best, axis=1), 0).astype(float)
        return found

    def chance(self) -> Chance:
        foreign = [
            np.delete(self.near(own), person, axis=1).ravel() for person, own in enumerate(self.papers)
        ]
        return Chance.of(np.concatenate(foreign))


def _remembered(encode: Vectors) -> Vectors:
    """The archives are samples of the same papers: each is encoded once."""
    known: dict[str, NDArray[np.float32]] = {}

    def remembered(text: str) -> NDArray[np.float32]:
        if text not in known:
            known[text] = encode(text)
        return known[text]

    return remembered


def _table(cases: Mapping[str, Sequence[Counts]]) -> Table:
    rows = {}
    for scorer, theirs in cases.items():
        one = figure(theirs, share)
        rows[scorer] = [one.value, one.low, one.high, better(cases[BOTH], theirs, share)]
    return Table(title="with an encoder", columns=["loss", "low", "high", "with it is better"], rows=rows)
