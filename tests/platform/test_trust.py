"""Figures of trust: computed from timelines, silent about few cases, blind to who the people were."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cast import LABORATORY, NEED, PASTURO, PASTURO_OFFICER
from raccordo import needs, partnerships, trust
from raccordo.catalogue import Catalogue
from raccordo.models import BodyKind, MatchStep
from raccordo.trust import Case, measured

DAY = timedelta(days=1)
START = datetime(2026, 3, 1, tzinfo=UTC)
LATER = START + 60 * DAY


async def questions(count: int, *, answered: bool = True) -> list[int]:
    """So many needs about which the laboratory was asked, and showed interest when it answered."""
    found = []
    for _ in range(count):
        need = await needs.publish(PASTURO_OFFICER, NEED)
        record = await partnerships.shortlist(PASTURO_OFFICER, need.number, "infralab")
        record = await partnerships.ask(PASTURO_OFFICER, record.id, record.version)
        if answered:
            record = await partnerships.show_interest(LABORATORY, record.id, record.version)
        found.append(record.id)
    return found


def test_the_median_is_of_the_answered_and_the_share_of_all() -> None:
    cases = [Case(START, START + days * DAY) for days in (1, 4, 9)] + [Case(START, None)]
    figures = measured(cases, LATER)
    assert (figures.median_days, figures.share, figures.cases, figures.answered) == (4.0, 0.75, 4, 3)


def test_a_question_of_yesterday_says_nothing_yet() -> None:
    cases = [Case(START, START + DAY)] * 3 + [Case(LATER - DAY, None)]
    assert measured(cases, LATER).share == 1


def test_few_cases_give_no_figure_and_no_count() -> None:
    figures = measured([Case(START, START + DAY)] * 2, LATER)
    assert (figures.enough, figures.cases, figures.median_days) == (False, None, None)


async def test_a_laboratory_with_three_answers_has_a_figure(current: Catalogue) -> None:
    await questions(3)
    for row in await MatchStep.filter(verb="show_interest"):
        await MatchStep.filter(id=row.id).update(at=row.at + 2 * DAY)
    found = (await trust.figures()).of_laboratory("infralab")
    assert (found.median_days, found.share) == (2.0, 1.0)


async def test_figures_that_were_read_before_continue_with_what_came_since(current: Catalogue) -> None:
    await questions(2)
    assert not (await trust.figures()).of_laboratory("infralab").enough
    await questions(1)
    assert (await trust.figures()).of_laboratory("infralab").cases == 3


async def test_a_body_is_measured_by_how_soon_it_answers_an_interest(current: Catalogue) -> None:
    body = (BodyKind.MUNICIPALITY, PASTURO)
    for number in await questions(3):
        steps = await MatchStep.filter(match_id=number).count()
        await partnerships.agree_scope(PASTURO_OFFICER, number, steps, "Un rilievo.")
    found = (await trust.figures()).of_body(body)
    assert (found.cases, found.answered) == (3, 3)


async def test_whoever_never_answers_has_a_share_of_nothing(current: Catalogue) -> None:
    await questions(3, answered=False)
    now = datetime.now(UTC)
    assert not (await trust.figures(now)).of_laboratory("infralab").enough
    found = (await trust.figures(now + 15 * DAY)).of_laboratory("infralab")
    assert (found.share, found.median_days) == (0, None)


async def test_a_question_taken_back_does_not_count(current: Catalogue) -> None:
    for number in await questions(3, answered=False):
        await partnerships.drop(PASTURO_OFFICER, number, 2)
    assert not (await trust.figures(datetime.now(UTC) + 90 * DAY)).of_laboratory("infralab").enough
