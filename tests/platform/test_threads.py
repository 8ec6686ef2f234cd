"""Who reads and who writes about a need and about a match."""

from __future__ import annotations

import pytest

from cast import BALLABIO_OFFICER, COORDINATOR, LABORATORY, LECCO_OFFICER, NEED, PASTURO_OFFICER
from raccordo import needs, partnerships, threads
from raccordo.catalogue import Catalogue
from raccordo.match_records import MatchRecord
from raccordo.models import AuditEntry, Message, Notification, Role
from raccordo.people import VISITOR, Actor
from raccordo.refusals import NotAllowed, NotFound, Refused
from readers import officer, professor

OTHER = Actor(role=Role.LABORATORY_MANAGER, laboratory="lia", demo=True)
MEMBER = Actor(role=Role.LABORATORY_MEMBER, laboratory="infralab", demo=True)


@pytest.fixture
async def number(current: Catalogue) -> int:
    return (await needs.publish(PASTURO_OFFICER, NEED)).number


@pytest.fixture
async def match(number: int) -> MatchRecord:
    shortlisted = await partnerships.shortlist(PASTURO_OFFICER, number, "infralab")
    return await partnerships.ask(PASTURO_OFFICER, shortlisted.id, shortlisted.version, "")


async def test_a_public_question_is_read_by_all(number: int) -> None:
    await threads.post_on_need(LABORATORY, number, "Quanto è lungo il ponte?")
    [message] = await threads.of_need(VISITOR, number)
    assert (message.text, message.public, message.mine) == ("Quanto è lungo il ponte?", True, False)


@pytest.mark.parametrize("actor", [VISITOR, BALLABIO_OFFICER, OTHER])
async def test_a_private_question_is_hidden_from_strangers(number: int, actor: Actor) -> None:
    await threads.post_on_need(LABORATORY, number, "C’è un budget?", public=False)
    assert await threads.of_need(actor, number) == ()


@pytest.mark.parametrize("actor", [PASTURO_OFFICER, LABORATORY, MEMBER, COORDINATOR])
async def test_a_private_question_is_read_by_its_side_and_the_owner(number: int, actor: Actor) -> None:
    await threads.post_on_need(LABORATORY, number, "C’è un budget?", public=False)
    assert len(await threads.of_need(actor, number)) == 1


async def test_one_integrator_does_not_read_another_one_s_question(number: int) -> None:
    one, other = (Actor(role=Role.INTEGRATOR, demo=True, person=n) for n in (None, None))
    await threads.post_on_need(one, number, "Segreto?", public=False)
    assert await threads.of_need(other, number) == ()


async def test_the_owner_s_answer_is_public_whatever_was_ticked(number: int) -> None:
    message = await threads.post_on_need(PASTURO_OFFICER, number, "Venti metri.", public=False)
    assert message.public


async def test_visitors_do_not_write(number: int) -> None:
    with pytest.raises(NotAllowed):
        await threads.post_on_need(VISITOR, number, "Ciao")
    assert await Message.all().count() == 0


async def test_nobody_writes_about_an_example(current: Catalogue) -> None:
    example = next(need for need in current.needs.values() if need.example)
    with pytest.raises(Refused, match="example"):
        await threads.post_on_need(LABORATORY, example.number, "Ciao")


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "missing"), (" \n ", "missing"), ("a" * 5001, "too_long"), ("a\x00b", "control_characters")],
)
async def test_what_cannot_be_stored_is_refused(number: int, text: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        await threads.post_on_need(LABORATORY, number, text)
    assert [field.code for field in refusal.value.fields] == [code]


async def test_messages_of_a_withdrawn_need_are_gone(number: int) -> None:
    await threads.post_on_need(LABORATORY, number, "Quanto è lungo?")
    await needs.withdraw(PASTURO_OFFICER, number, 1)
    with pytest.raises(NotFound):
        await threads.of_need(VISITOR, number)


async def test_both_sides_of_a_match_read_the_same(match: MatchRecord) -> None:
    await threads.post_on_match(LABORATORY, match.id, "Quando possiamo venire?")
    await threads.post_on_match(PASTURO_OFFICER, match.id, "Martedì.")
    for actor in (LABORATORY, PASTURO_OFFICER, COORDINATOR):
        texts = [one.text for one in await threads.of_match(actor, match.id)]
        assert texts == ["Quando possiamo venire?", "Martedì."]


@pytest.mark.parametrize("actor", [VISITOR, BALLABIO_OFFICER, LECCO_OFFICER, OTHER])
async def test_for_strangers_a_match_has_no_thread(match: MatchRecord, actor: Actor) -> None:
    await threads.post_on_match(LABORATORY, match.id, "Tra noi.")
    with pytest.raises(NotFound):
        await threads.of_match(actor, match.id)
    with pytest.raises(NotFound):
        await threads.post_on_match(actor, match.id, "Ciao")
    assert await threads.of_need(actor, match.need_number) == ()


async def test_nothing_is_written_to_a_laboratory_that_does_not_know(number: int) -> None:
    match = await partnerships.shortlist(PASTURO_OFFICER, number, "infralab")
    with pytest.raises(Refused, match="not_asked"):
        await threads.post_on_match(PASTURO_OFFICER, match.id, "Ciao")


async def test_the_other_side_hears_of_it_but_not_what_it_says(match: MatchRecord) -> None:
    bruno, anna = await professor(), await officer()
    await Notification.all().delete()
    await threads.post_on_match(bruno, match.id, "Parole private.")
    told = await Notification.filter(person_id__in=[bruno.person, anna.person])
    assert [(row.person_id, row.urgent) for row in told] == [(anna.person, True)]  # type: ignore[attr-defined]  # Tortoise adds it
    assert "private" not in told[0].text + told[0].values


async def test_writing_is_in_the_log_without_the_text(number: int) -> None:
    await threads.post_on_need(LABORATORY, number, "Quanto è lungo?")
    entry = await AuditEntry.filter(verb="write_message").get()
    assert f"need:{number}" in entry.details
    assert "lungo" not in entry.details
