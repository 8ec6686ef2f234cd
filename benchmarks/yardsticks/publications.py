"""The set about expertise: how well a researcher's own papers tell which submissions the researcher can review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np

from raccordo_graph.chance import combined
from raccordo_graph.expertise import MEASURES, Expertise
from raccordo_graph.publication_walk import reach, walked
from raccordo_graph.publications import Profile, Publication, Terms, archive
from raccordo_graph.shelf import Asked, Shelf
from yardsticks import tpms
from yardsticks.figures import Counts, mistaken, share
from yardsticks.folder import Evaluation, Grades, NotMeasured
from yardsticks.intervals import better, figure
from yardsticks.report import Measured, Table

JUDGED = "expertise/expertise.csv"
ARCHIVES = "expertise/d*.json.gz"
OURS = "rank fusion of the four"
MIX = "words (TF-IDF mix)"
TPMS = "TPMS, as published"

EXPONENTS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25)
LEAST_LIST = 5  # papers that a person must have more than, to leave two out

Scores = dict[str, dict[str, dict[str, float]]]
"""By scorer, person and text."""


@dataclass(frozen=True, slots=True)
class Papers:
    """One archive: the judged texts, by their words and as `said`, and what each person has published."""

    texts: Mapping[str, Terms]
    said: Mapping[str, str]
    profiles: Sequence[Profile]


def of_publications(evaluation: Evaluation) -> tuple[Measured, list[Table]]:
    """The loss of the product's expertise, and that of its parts and peers with a paired bootstrap."""
    archives, truth = judged(evaluation)
    found = [_scores(known) for known in archives]
    cases = {scorer: losses([scores[scorer] for scores in found], truth) for scorer in found[0]}
    measured = Measured(
        key="expertise_loss",
        cases=len(truth),
        ours=figure(cases[OURS], share),
        baseline=figure(cases[MIX], share),
        beside="TF-IDF mix",
    )
    return measured, [_table(cases), exponents(archives, truth)]


def judged(evaluation: Evaluation) -> tuple[list[Papers], Grades]:
    """Every archive of the folder, and the judgements."""
    truth = evaluation.grades(JUDGED, "reviewer", "submission", "expertise")
    names = evaluation.names(ARCHIVES)
    if not names:
        raise NotMeasured(f"{ARCHIVES}: not in the folder")
    return [papers(evaluation, name, truth) for name in names], truth


def papers(evaluation: Evaluation, name: str, truth: Grades) -> Papers:
    """The archive `name`, with the judged texts alone."""
    content = evaluation.packed(name)
    try:
        keys = sorted({key for known in truth.values() for key in known})
        asked = {key: _words(content["submissions"][key]) for key in keys}
        profiles = [
            Profile(key=person, publications=tuple(_publication(paper) for paper in written))
            for person, written in content["archives"].items()
        ]
        missing = sorted(set(truth).difference(content["archives"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise NotMeasured(
            f"{name}: not submissions and archives with title and abstract ({error})"
        ) from error
    if missing:
        raise NotMeasured(f"{name}: no archive of {', '.join(missing)}")
    texts = {key: Terms.of(*words) for key, words in asked.items()}
    return Papers(texts, {key: " ".join(words) for key, words in asked.items()}, profiles)


def _words(paper: Mapping[str, str | None]) -> tuple[str, str]:
    return paper["title"] or "", paper["abstract"] or ""


def _publication(paper: Mapping[str, str | None]) -> Publication:
    """A paper, known by its words: co-authors share it."""
    title, abstract = _words(paper)
    return Publication(key=f"{title}\n{abstract}", title=title, text=abstract)


def _scores(known: Papers) -> Scores:
    expertise = Expertise(archive(known.profiles))
    keys = sorted(known.texts)
    asked = expertise.shelf.read([known.texts[key] for key in keys])
    values, chances = expertise.measures(asked), expertise.chances(asked)
    matrices = {OURS: expertise.fits(asked)}
    matrices |= {MIX if name == "words" else name: values[name] for name in MEASURES}
    for left in MEASURES:
        matrices[f"fusion without {left}"] = combined([chances[name] for name in MEASURES if name != left])
    found = {name: by_person(matrix, expertise.shelf.profiles, keys) for name, matrix in matrices.items()}
    words = {
        profile.key: [Terms.of(publication.title, publication.text) for publication in profile.publications]
        for profile in known.profiles
    }
    return found | {TPMS: tpms.similarities(words, known.texts)}


def by_person(matrix: Any, persons: Sequence[str], texts: Sequence[str]) -> dict[str, dict[str, float]]:
    return {
        person: dict(zip(texts, column, strict=True))
        for person, column in zip(persons, matrix.T.tolist(), strict=True)
    }


def losses(
    archives: Sequence[Mapping[str, Mapping[str, float]]], truth: Mapping[str, Mapping[str, float]]
) -> list[Counts]:
    """What each person's order loses, on average over the archives; a person without a word scores all texts 0."""

    def case(person: str) -> Counts:
        nothing = dict.fromkeys(truth[person], 0.0)
        found = [mistaken(scores.get(person, nothing), truth[person]) for scores in archives]
        return (sum(lost for lost, _ in found) / len(found), found[0][1])

    return [case(person) for person in sorted(truth)]


def _table(cases: Mapping[str, Sequence[Counts]]) -> Table:
    """Every scorer's loss, its interval, and how often the fusion is better when persons are drawn again."""
    rows = {}
    for scorer, theirs in cases.items():
        one = figure(theirs, share)
        beaten = nan if scorer == OURS else better(cases[OURS], theirs, share)
        rows[scorer] = [one.value, one.low, one.high, beaten]
    return Table(title="expertise", columns=["loss", "low", "high", "fusion is better"], rows=rows)


def exponents(archives: Sequence[Papers], truth: Grades) -> Table:
    """The walk by how much being well connected counts against a node, on two questions.

    The loss asks which text fits a person; *author* asks which person fits a text whose author is known because the
    text was taken out of the archive: the mean of 1 / place of the author. No judgement is needed for the latter.
    """
    walks = [_Walks.of(known) for known in archives]
    left_out = _LeftOut.of(archives[0].profiles)
    rows = {}
    for exponent in EXPONENTS:
        scores = [walk.scores(exponent) for walk in walks]
        rows[f"{exponent:g}"] = [share(np.sum(losses(scores, truth), axis=0)), left_out.author(exponent)]
    return Table(title="walk, by exponent", columns=["loss", "author"], rows=rows)


@dataclass(frozen=True, slots=True)
class _Walks:
    """An archive and the judged texts, for walks of any exponent."""

    shelf: Shelf
    asked: Asked
    keys: Sequence[str]

    @classmethod
    def of(cls, known: Papers) -> _Walks:
        shelf, keys = Shelf.of(archive(known.profiles)), sorted(known.texts)
        return cls(shelf, shelf.read([known.texts[key] for key in keys]), keys)

    def scores(self, exponent: float) -> dict[str, dict[str, float]]:
        return by_person(walked(self.asked, reach(self.shelf, exponent)), self.shelf.profiles, self.keys)


@dataclass(frozen=True, slots=True)
class _LeftOut:
    """An archive without the first and the last paper of everybody who has more than five, and those papers."""

    shelf: Shelf
    asked: Asked
    authors: Sequence[int]

    @classmethod
    def of(cls, profiles: Sequence[Profile]) -> _LeftOut:
        taken = [
            (profile.key, publication)
            for profile in profiles
            if len(profile.publications) > LEAST_LIST
            for publication in (profile.publications[0], profile.publications[-1])
        ]
        keys = {publication.key for _, publication in taken}
        rest = [
            Profile(
                key=one.key, publications=tuple(paper for paper in one.publications if paper.key not in keys)
            )
            for one in profiles
        ]
        shelf = Shelf.of(archive(rest))
        asked = shelf.read([Terms.of(publication.title, publication.text) for _, publication in taken])
        return cls(shelf, asked, [shelf.profiles.index(author) for author, _ in taken])

    def author(self, exponent: float) -> float:
        """The mean of 1 / place; nan where nobody has written enough."""
        if not self.authors:
            return nan
        found = walked(self.asked, reach(self.shelf, exponent))
        mine = found[np.arange(len(self.authors)), self.authors]
        return float(np.mean(1 / (1 + (found > mine[:, None]).sum(axis=1))))
