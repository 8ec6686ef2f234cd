"""Mail against a real server: once when all is well, at least once when it is not, and never in pieces."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from raccordo import outbox
from raccordo.database import Writing, write
from raccordo.models import OutboxEvent, Person, PersonStatus
from raccordo.outbox import Event
from raccordo.settings import Settings
from raccordo_ui import delivery
from raccordo_ui.delivery import Postman, delivering
from readers import ANNA, person, tell
from services.smtp import MailServer

VALUES = {
    "items": [{"sentence": "Pasturo chiede: «perché no?»", "path": "/bisogni/1", "answer": ""}],
    "more": 0,
    "last_today": 0,
    "preferences": "segreto",
}


@pytest.fixture
def settings(opened_database: Settings, smtp: MailServer) -> Settings:
    return replace(
        opened_database,
        smtp_url=smtp.url,
        mail_from="Raccordo <raccordo@example.it>",
        address="https://raccordo.example.it",
    )


@pytest.fixture
def postman(settings: Settings) -> Postman:
    return Postman(settings)


async def put(to: object = ANNA, **changed: object) -> None:
    payload = {"to": to, "template": "news", "language": "it", "values": VALUES} | changed

    async def work(writing: Writing) -> None:
        await outbox.put(writing, "mail", payload)

    await write(work)


async def all_due() -> None:
    """What waits for its next try, or for a dead worker's lease, is due now."""
    await OutboxEvent.filter(done_at=None).update(due_at=datetime.now(UTC) - timedelta(seconds=1))


async def test_a_mail_is_delivered_once(postman: Postman, smtp: MailServer) -> None:
    await put()
    assert await postman.drain() == 1
    assert await postman.drain() == 0
    assert [mail["To"] for mail in smtp.mailbox.arrived] == [ANNA]


async def test_what_it_said_is_forgotten_once_delivered(postman: Postman) -> None:
    await put()
    await postman.drain()
    assert (await OutboxEvent.get()).payload == "{}"


async def test_it_has_text_and_html_and_says_that_nobody_reads_replies(
    postman: Postman, smtp: MailServer
) -> None:
    await put()
    await postman.drain()
    [mail] = smtp.mailbox.arrived
    assert mail["From"] == "Raccordo <raccordo@example.it>"
    assert mail["Subject"] == "Pasturo chiede: «perché no?»"
    assert (mail["Reply-To"], mail["Auto-Submitted"]) == (None, "auto-generated")
    text, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert "https://raccordo.example.it/bisogni/1" in text.get_content()
    assert '<a href="https://raccordo.example.it/bisogni/1"' in html.get_content()
    assert "per ora non le legge nessuno" in text.get_content()
    assert "per ora non le legge nessuno" in html.get_content()


async def test_it_is_in_the_reader_s_language(postman: Postman, smtp: MailServer) -> None:
    await put(language="en")
    await postman.drain()
    body = smtp.mailbox.arrived[0].get_body(("plain",))
    assert body is not None
    assert "for now nobody reads" in body.get_content()
    assert "https://raccordo.example.it/en/bisogni/1" in body.get_content()


async def test_markup_in_a_name_stays_text(postman: Postman, smtp: MailServer) -> None:
    await put(values=VALUES | {"items": [{"sentence": "<b>Ciao</b> & c.", "path": "/", "answer": ""}]})
    await postman.drain()
    html = smtp.mailbox.arrived[0].get_body(("html",))
    assert html is not None
    assert "&lt;b&gt;Ciao&lt;/b&gt; &amp; c." in html.get_content()


async def test_after_a_crash_between_sending_and_marking_it_is_sent_again(
    settings: Settings, smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put()

    async def crash(_: Event) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(outbox, "done", crash)
        with pytest.raises(KeyboardInterrupt):
            await Postman(settings).drain()
    assert await Postman(settings).drain() == 0  # the lease of whoever died still holds
    await all_due()
    assert await Postman(settings).drain() == 1
    first, second = smtp.mailbox.arrived
    assert first["Message-ID"] == second["Message-ID"]


async def test_a_server_that_was_down_loses_nothing(
    settings: Settings, postman: Postman, smtp: MailServer
) -> None:
    smtp.stop()
    for _ in range(7):
        await put()
    assert await postman.drain() == 0
    smtp.start()
    await all_due()
    assert await postman.drain() == 7
    assert len(smtp.mailbox.arrived) == 7


async def test_a_slow_server_is_not_waited_for_without_end(
    postman: Postman, smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "PATIENCE", 0.3)
    smtp.mailbox.pause = 1.5
    await put()
    assert await postman.drain() == 0
    smtp.mailbox.pause = 0
    await all_due()
    assert await postman.drain() == 1


async def test_nobody_waits_for_the_network_inside_a_transaction(postman: Postman, smtp: MailServer) -> None:
    smtp.mailbox.pause = 1
    await put()
    sending = asyncio.create_task(postman.drain())
    await asyncio.sleep(0.3)
    async with asyncio.timeout(0.5):
        await put("altra@example.it")
    await sending


async def test_a_refused_recipient_is_given_up_at_once(
    postman: Postman, smtp: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    smtp.mailbox.refused[ANNA] = "550 no such mailbox"
    await put()
    await put("altra@example.it")
    assert await postman.drain() == 1
    await all_due()
    assert await postman.drain() == 0
    assert [record.levelno for record in caplog.records if record.name == "raccordo.outbox"] == [
        logging.ERROR
    ]
    assert ANNA not in caplog.text
    assert "550" in caplog.text


async def test_a_full_mailbox_is_tried_again(postman: Postman, smtp: MailServer) -> None:
    smtp.mailbox.refused[ANNA] = "452 mailbox full"
    await put()
    assert await postman.drain() == 0
    smtp.mailbox.refused.clear()
    await all_due()
    assert await postman.drain() == 1


@pytest.mark.parametrize(
    "poison",
    [
        {"template": "no_such_template"},
        {"template": "../layout"},
        {"values": {}},
        {"values": []},
        {"to": None},
        {"to": "a@b\nBcc: everybody@example.it"},
    ],
)
async def test_a_mail_that_cannot_be_written_does_not_block_the_others(
    postman: Postman, smtp: MailServer, poison: dict[str, object]
) -> None:
    for _ in range(delivery.AT_ONCE):
        await put(**poison)
    await put("altra@example.it")
    assert await postman.drain() == 1
    assert [mail["To"] for mail in smtp.mailbox.arrived] == ["altra@example.it"]


@pytest.mark.parametrize("name", ["Anna\r\nBcc: x@y.it", "Anna\x07", "Anna\u202e"])
async def test_a_name_cannot_write_headers(postman: Postman, smtp: MailServer, name: str) -> None:
    await put((await person(ANNA, name)).id)
    assert await postman.drain() == 0
    assert smtp.mailbox.arrived == []


async def test_a_subject_cannot_write_headers(postman: Postman, smtp: MailServer) -> None:
    item = {"sentence": "Ciao\nBcc: x@y.it", "path": "/", "answer": ""}
    await put(values=VALUES | {"items": [item]})
    assert await postman.drain() == 0
    assert smtp.mailbox.arrived == []


async def test_an_erased_person_is_not_written_to(postman: Postman, smtp: MailServer) -> None:
    anna = await person(ANNA)
    await put(anna.id)
    await Person.filter(id=anna.id).update(status=PersonStatus.ERASED, email=None)
    await postman.drain()
    assert smtp.mailbox.arrived == []
    assert await OutboxEvent.filter(done_at=None).count() == 0


async def test_after_the_last_try_it_is_given_up_and_said_without_personal_data(
    postman: Postman, smtp: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    smtp.stop()
    await put()
    await OutboxEvent.all().update(attempts=outbox.TRIES - 1)
    await postman.drain()
    assert "given up" in caplog.text
    assert ANNA not in caplog.text
    event = await OutboxEvent.get()
    assert (event.payload, event.done_at) == ("{}", None)


async def test_without_a_mail_server_events_wait(opened_database: Settings) -> None:
    await put()
    assert await Postman(opened_database).drain() == 0
    event = await OutboxEvent.get()
    assert (event.attempts, event.done_at) == (0, None)


async def test_the_site_delivers_by_itself_and_stops_cleanly(settings: Settings, smtp: MailServer) -> None:
    await put()
    async with delivering(settings):
        await _until(lambda: bool(smtp.mailbox.arrived))
    assert len(asyncio.all_tasks()) == 1


async def test_fifty_events_make_one_mail_that_can_be_stopped_with_one_click(
    postman: Postman, smtp: MailServer
) -> None:
    anna = await person(ANNA)
    for number in range(50):
        await tell(anna.id, f"Notizia numero {number}.")
    from raccordo.models import Notification

    await Notification.all().update(created_at=datetime.now(UTC) - timedelta(days=8))
    assert await postman.drain() == 1
    [mail] = smtp.mailbox.arrived
    assert mail["Subject"] == "50 novità su Raccordo"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].startswith("<https://raccordo.example.it/avvisi/")
    body = mail.get_body(("plain",))
    assert body is not None
    assert all(f"Notizia numero {number}." in body.get_content() for number in range(50))


Condition = Callable[[], bool]


async def _until(condition: Condition) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110  # the mail server is in another thread
            await asyncio.sleep(0.02)
