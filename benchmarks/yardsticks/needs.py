"""The sets about needs: which laboratories, which function and theme, whether any, whether the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from raccordo.catalogue import Catalogue
from raccordo.matches import Preview
from raccordo.published import Laboratory, Theme
from raccordo_graph import Match
from yardsticks import product
from yardsticks.characters import Characters, hindsight
from yardsticks.figures import (
    balanced_accuracy,
    counted,
    f1,
    mean,
    named,
    pair,
    share,
    verdict,
)
from yardsticks.folder import Evaluation, Grades, NotMeasured, accepted, all_known, yes
from yardsticks.report import Measured, Table, measured

RELEVANCE = "needs/relevance.csv"
LAY = "needs/lay.csv"
LAY_RELEVANCE = "needs/lay_relevance.csv"
ABSTENTION = "needs/abstention.csv"
DUPLICATES = "needs/duplicates.csv"


@dataclass(frozen=True, slots=True)
class Asked:
    """A text that somebody might type, with what the product answers and the grades of the laboratories."""

    text: str
    matches: tuple[Match, ...]
    grades: Mapping[str, float]


Score = Callable[[Sequence[str], Mapping[str, float]], float | None]
Judged = dict[str, tuple[Sequence[Asked], Score]]
"""By key, the texts that a figure is made of, and how each one's order is scored."""


def of_needs(
    evaluation: Evaluation, published: Catalogue, needs: Mapping[str, product.Written]
) -> list[Asked]:
    """The graded needs, which the product has under the same keys, by title and description alone."""
    grades = _grades(evaluation, published, RELEVANCE, "need")
    all_known(RELEVANCE, "need", grades, needs)
    return [_asked(published, written, grades[key]) for key, written in needs.items() if key in grades]


def of_lay_texts(evaluation: Evaluation, published: Catalogue) -> list[Asked]:
    """The graded lay texts."""
    grades = _grades(evaluation, published, LAY_RELEVANCE, "id")
    rows = evaluation.rows(LAY, ("id", "text_it"))
    texts = {row["id"]: product.Written(description=row["text_it"]) for row in rows}
    unknown = sorted(set(grades).difference(texts))
    if unknown:
        raise NotMeasured(f"{LAY_RELEVANCE}: no text {', '.join(unknown)} in {LAY}")
    return [_asked(published, written, grades[key]) for key, written in texts.items() if key in grades]


def _asked(published: Catalogue, written: product.Written, grades: Mapping[str, float]) -> Asked:
    return Asked(written.text, product.preview(published, written).ranking.matches, grades)


def _grades(evaluation: Evaluation, published: Catalogue, name: str, case: str) -> Grades:
    grades = evaluation.grades(name, case, "laboratory", "grade")
    all_known(
        name, "laboratory", {slug for known in grades.values() for slug in known}, published.laboratories
    )
    return grades


def ranked(key: str, asked: Sequence[Asked], score: Score, baseline: Characters) -> list[Measured]:
    """How well the laboratories are ordered, by the product and by the baseline."""
    ours = counted(score(order(one.matches), one.grades) for one in asked)
    theirs = counted(score(baseline.order(one.text), one.grades) for one in asked)
    return [measured(key, ours, theirs, share)]


def topics_of(evaluation: Evaluation, published: Catalogue) -> list[Measured]:
    """Functions and themes of the lay texts: is one that an expert accepts among the first three?"""
    rows = evaluation.rows(LAY, ("id", "text_it", "functions_ok", "themes_ok"))
    seen = [_seen(published, row).understanding for row in rows]
    functions = Characters(
        {
            letter: " ".join((function.text_it, function.short_it, *function.services_it))
            for letter, function in published.functions.items()
        }
    )
    themes = Characters({slug: _theme_text(theme) for slug, theme in published.themes.items()})

    def figure(key: str, column: str, ours: Sequence[Sequence[str]], baseline: Characters) -> Measured:
        right = [accepted(row[column]) for row in rows]
        theirs = [baseline.order(row["text_it"]) for row in rows]
        return measured(key, counted(map(named, ours, right)), counted(map(named, theirs, right)), share)

    return [
        figure(
            "lay_function_top3",
            "functions_ok",
            [[topic.key for topic in one.functions] for one in seen],
            functions,
        ),
        figure("lay_theme_top3", "themes_ok", [[topic.key for topic in one.themes] for one in seen], themes),
    ]


def _seen(published: Catalogue, row: Mapping[str, str]) -> Preview:
    return product.preview(published, product.Written(description=row["text_it"]))


def abstention_of(evaluation: Evaluation, published: Catalogue, baseline: Characters) -> Measured:
    """Does the product answer with laboratories exactly where one should serve?"""
    rows = evaluation.rows(ABSTENTION, ("id", "text_it", "laboratory_fits"))
    abstains = product.abstains()
    if abstains is None:
        raise NotMeasured("the product never says that no laboratory fits")
    truths = [yes(ABSTENTION, row, "laboratory_fits") for row in rows]
    ours = [not abstains(published, _seen(published, row)) for row in rows]
    best = [max(baseline.likeness(row["text_it"]).values()) for row in rows]
    least = hindsight(zip(best, truths, strict=True))
    return measured(
        "abstention",
        list(map(verdict, ours, truths)),
        list(map(verdict, [value >= least for value in best], truths)),
        balanced_accuracy,
    )


def duplicates_of(evaluation: Evaluation, published: Catalogue, baseline: Characters) -> Measured:
    """Does the product take two texts for the same need exactly where they are?"""
    rows = evaluation.rows(DUPLICATES, ("text_a", "text_b", "duplicate"))
    truths = [yes(DUPLICATES, row, "duplicate") for row in rows]
    texts = [[product.Written(description=row[side]) for side in ("text_a", "text_b")] for row in rows]
    ours = [product.same(published, *both) for both in texts]
    alike = [baseline.alike(row["text_a"], row["text_b"]) for row in rows]
    least = hindsight(zip(alike, truths, strict=True))
    return measured(
        "duplicates_f1",
        list(map(pair, ours, truths)),
        list(map(pair, [value >= least for value in alike], truths)),
        f1,
    )


def order(matches: Sequence[Match], without: str = "") -> list[str]:
    """The laboratories as ranked; `without` a factor, as they would be if it counted nothing."""

    def place(match: Match) -> tuple[float, str]:
        removed = sum(factor.contribution for factor in match.factors if factor.name == without)
        return (round(removed - match.score, 9), match.laboratory)

    return [match.laboratory for match in sorted(matches, key=place)]


def ablation(judged: Judged) -> Table:
    """Each figure of the ranking with all factors, then without each one of them."""
    factors = dict.fromkeys(
        factor.name
        for asked, _ in judged.values()
        for one in asked[:1]
        for match in one.matches[:1]
        for factor in match.factors
    )

    def values(without: str) -> list[float]:
        return [
            mean(score(order(one.matches, without), one.grades) for one in asked)
            for asked, score in judged.values()
        ]

    rows = {"all factors": values("")} | {f"without {name}": values(name) for name in factors}
    return Table(title="ablation of the ranking", columns=list(judged), rows=rows)


def laboratory_texts(published: Catalogue) -> Characters:
    """The baseline's reading of every laboratory: its own texts and those of its themes."""
    return Characters(
        {slug: _laboratory_text(published, one) for slug, one in published.laboratories.items()}
    )


def _laboratory_text(published: Catalogue, one: Laboratory) -> str:
    themes = [_theme_text(published.themes[slug]) for slug in one.themes]
    keywords = (*one.keywords_it, *one.keywords_en)
    return " ".join((one.name, one.topic_en, *keywords, one.card_it, one.card_en, *themes))


def _theme_text(theme: Theme) -> str:
    keywords = (*theme.keywords_it, *theme.keywords_en)
    return " ".join((theme.label_it, theme.label_en, *keywords, theme.description_it, theme.description_en))
