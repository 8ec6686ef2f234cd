"""A notice is said in its reader's language: a day as a day, and a text as the text that somebody wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cast import NEED, PASTURO, PASTURO_OFFICER
from people_of_tests import member
from raccordo import database, needs, notifications
from raccordo.database import Writing
from raccordo.holders import Held
from raccordo.language import Sentence
from raccordo.models import BodyKind, Notification, Role
from raccordo.spoken import Day, Named
from raccordo.voices import voice

pytestmark = pytest.mark.usefixtures("opened_database")


async def _noticed(sentence: Sentence) -> Sentence:
    officer = await member("Ada", (Role.OFFICER, Held(body=(BodyKind.MUNICIPALITY, PASTURO))))

    async def work(writing: Writing) -> None:
        await notifications.notify(writing, [officer.person], "test", sentence, "/")

    await database.write(work)
    return notifications.sentence_of(await Notification.get(kind="test"))


async def test_a_day_is_said_in_the_language_of_the_reader() -> None:
    said = await _noticed(Sentence("È avviata: in vigore dal {day}.", {"day": Day(date(2027, 1, 1))}))
    assert said.say("it").endswith("1º gennaio 2027.")
    day = said.values["day"]
    assert isinstance(day, Day)
    assert day.say("en") == "1 January 2027"


@pytest.mark.parametrize("title", ["2026-01-01", "2026-99-99", '{"day": "2026-01-01"}'])
async def test_a_title_that_looks_like_a_day_stays_a_title(title: str) -> None:
    need = await needs.publish(PASTURO_OFFICER, replace(NEED, title=title))
    said = await _noticed(Sentence("C’è «{need}».", {"need": need.title}))
    assert said.say("it") == f"C’è «{title}»."


async def test_a_function_and_who_acted_are_named_in_the_language_of_the_reader() -> None:
    values = {"who": voice("COORDINATOR"), "function": Named("polizia locale", "local police")}
    said = await _noticed(Sentence("{who} ha proposto {function}.", values))
    assert said.say("it") == "Il coordinamento ha proposto polizia locale."
    assert [one.say("en") for one in said.values.values() if isinstance(one, Sentence)] == [
        "The coordinators",
        "local police",
    ]
