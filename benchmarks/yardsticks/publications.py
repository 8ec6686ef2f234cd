"""The set about expertise: how well a researcher's own papers tell which submissions the researcher can review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from raccordo_graph.chance import combined
from raccordo_graph.expertise import MEASURES, Expertise
from raccordo_graph.publications import Document, Profile, Terms, archive
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

Scores = dict[str, dict[str, dict[str, float]]]
"""By scorer, person and text."""


@dataclass(frozen=True, slots=True)
class Papers:
    """One archive: texts to be judged and what each person has published, with their words."""

    texts: Mapping[str, Terms]
    profiles: Sequence[Profile]


def of_publications(evaluation: Evaluation) -> tuple[Measured, Table]:
    """The loss of the product's expertise, and that of its parts and peers with a paired bootstrap."""
    truth = evaluation.grades(JUDGED, "reviewer", "submission", "expertise")
    names = evaluation.names(ARCHIVES)
    if not names:
        raise NotMeasured(f"{ARCHIVES}: not in the folder")
    found = [_scores(papers(evaluation, name, truth)) for name in names]
    cases = {scorer: losses([scores[scorer] for scores in found], truth) for scorer in found[0]}
    ours = figure(cases[OURS], share)
    return Measured(
        key="expertise_loss",
        cases=len(truth),
        ours=ours,
        baseline=figure(cases[MIX], share),
        beside="TF-IDF mix",
    ), _table(cases)


def papers(evaluation: Evaluation, name: str, truth: Grades) -> Papers:
    """The archive `name`, with the judged texts alone."""
    content = evaluation.packed(name)
    try:
        texts = {
            key: Terms.of(*_words(content["submissions"][key])) for known in truth.values() for key in known
        }
        profiles = [
            Profile(key=person, documents=tuple(_document(paper) for paper in written))
            for person, written in content["archives"].items()
        ]
        missing = sorted(set(truth).difference(content["archives"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise NotMeasured(
            f"{name}: not submissions and archives with title and abstract ({error})"
        ) from error
    if missing:
        raise NotMeasured(f"{name}: no archive of {', '.join(missing)}")
    return Papers(texts, profiles)


def _words(paper: Mapping[str, str | None]) -> tuple[str, str]:
    return paper["title"] or "", paper["abstract"] or ""


def _document(paper: Mapping[str, str | None]) -> Document:
    """A paper, known by its words: co-authors share it."""
    title, abstract = _words(paper)
    return Document(key=f"{title}\n{abstract}", title=title, text=abstract)


def _scores(known: Papers) -> Scores:
    expertise = Expertise.from_graph(archive(known.profiles))
    keys = sorted(known.texts)
    asked = expertise.shelf.read([known.texts[key] for key in keys])
    values, chances = expertise.measures(asked), expertise.chances(asked)
    matrices = {OURS: expertise.fits(asked)}
    matrices |= {MIX if name == "words" else name: values[name] for name in MEASURES}
    for left in MEASURES:
        matrices[f"fusion without {left}"] = combined([chances[name] for name in MEASURES if name != left])
    found = {name: _by_person(matrix, expertise.shelf.profiles, keys) for name, matrix in matrices.items()}
    words = {
        profile.key: [Terms.of(document.title, document.text) for document in profile.documents]
        for profile in known.profiles
    }
    return found | {TPMS: tpms.similarities(words, known.texts)}


def _by_person(matrix: Any, persons: Sequence[str], texts: Sequence[str]) -> dict[str, dict[str, float]]:
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
        beaten = 0.0 if scorer == OURS else better(cases[OURS], theirs, share)
        rows[scorer] = [one.value, one.low, one.high, beaten]
    return Table(title="expertise", columns=["loss", "low", "high", "fusion is better"], rows=rows)
