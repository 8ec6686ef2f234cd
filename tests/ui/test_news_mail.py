"""News of what is followed on its way to people: told without a mail server too, and readable in a mail."""

from __future__ import annotations

from cast import LABORATORY, NEED, PASTURO, PASTURO_OFFICER
from raccordo import follows, inbox, needs
from raccordo.settings import Settings
from raccordo_ui import mail
from raccordo_ui.delivery import Postman


async def test_news_are_told_also_without_a_mail_server(opened_database: Settings) -> None:
    await follows.follow(LABORATORY, "MUNICIPALITY", PASTURO)
    await needs.publish(PASTURO_OFFICER, NEED)
    await Postman(opened_database).drain()
    assert await inbox.unread(LABORATORY) == 1


def test_a_mail_of_two_kinds_has_their_headings_and_says_how_to_stop_following(
    opened_database: Settings,
) -> None:
    items = [
        {"sentence": "Tocca a Pasturo.", "path": "/", "answer": "", "heading": "Aspetta una risposta"},
        {"sentence": "Bisogno di Lecco.", "path": "/", "answer": "", "heading": "Altre novità"},
    ]
    values = {"items": items, "more": 0, "last_today": 0, "preferences": "segreto", "follows": True}
    lines = mail.write(opened_database, "news", "it", values).text.splitlines()
    assert [line for line in lines if line.isupper()] == ["ASPETTA UNA RISPOSTA", "ALTRE NOVITÀ"]
    assert f"{opened_database.address}/profilo/segui" in lines
