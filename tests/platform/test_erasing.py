"""The erasure of a person: nothing of it anywhere afterwards, and whatever belongs to the body still there."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cast import NEED, PASTURO
from dump import dump
from raccordo import accounts, audit, database, erasing, needs, outbox, personal_copy, sessions, threads
from raccordo.catalogue import Catalogue
from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.models import (
    AccessToken,
    BodyKind,
    ExternalIdentity,
    Follow,
    FollowKind,
    IdempotencyKey,
    MailFrequency,
    MailPreference,
    Membership,
    MembershipStatus,
    Message,
    Need,
    Notification,
    OutboxEvent,
    Person,
    PersonStatus,
    Role,
    Session,
    SingleUse,
    TerritorialBody,
)
from raccordo.notifications import notify
from raccordo.outbox import Event
from raccordo.passwords import hash_password
from raccordo.people import Actor, actor_of_membership
from raccordo.personal_data import OWNER
from raccordo.refusals import NotFound, Refused
from readers import ANNA, officer, person

PASSWORD = "quattro parole a caso"  # noqa: S105  # of a test
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
LETTERS = st.text(st.characters(categories=["Lu", "Ll"]), min_size=1, max_size=20)
NAMES = st.builds("Qz{} {}’“{}".format, LETTERS, LETTERS, LETTERS).filter(str.isprintable)
MARK = "segnodellapersona"  # in everything else that is only the person's


async def lived(actor: Actor, email: str) -> None:
    """Everything that an account gathers, through the verbs where there are some."""
    assert actor.person
    row = await Person.get(id=actor.person)
    need = await needs.publish(actor, NEED)
    await threads.post_on_need(actor, need.number, "Quando si comincia?")
    await ExternalIdentity.create(person=row, issuer="https://idp.example", subject=MARK)
    times: dict[str, Any] = {"created_at": NOW, "expires_at": NOW + timedelta(days=1)}
    held: dict[str, Any] = {"membership_id": actor.membership, "scopes": "read", "name": MARK, "digest": MARK}
    await AccessToken.create(person=row, **held, **times)
    await IdempotencyKey.create(person=row, key=MARK, fingerprint=MARK, answer=MARK, created_at=NOW)
    await Follow.create(person=row, kind=FollowKind.SEARCH, value=MARK, created_at=NOW)
    await MailPreference.create(person=row, frequency=MailFrequency.DAILY)
    other = await person("altra@comune.example", "Altra Persona")

    async def work(writing: Writing) -> None:
        await sessions.start(writing, row, second_factor=False)
        await accounts.send(writing, row, "reset_password", path=f"/nuova-password/{MARK}")
        await accounts.send(writing, row, "email_changed", to=f"vecchia-{email}")
        about = Sentence("{who} chiede di entrare.", {"who": row.name})
        await notify(writing, [row.id, other.id], "request", about, "/profilo")
        await outbox.put(
            writing, "mail", {"to": other.id, "template": "news", "values": {"s": f"Da {row.name}."}}
        )

    await database.write(work)
    session = await Session.get(person=row)
    await accounts.ask_new_email(actor, PASSWORD, f"nuova-{email}", "::1")
    await Person.filter(id=row.id).update(totp_secret=MARK, totp_step=1)
    await erasing.erase_oneself(actor, session, PASSWORD, email.upper(), "::1")


async def somebody(name: str, email: str) -> Actor:
    made = await officer(email)
    await Person.filter(id=made.person).update(
        name=name, password=await hash_password(PASSWORD), language="en"
    )
    return made


@given(name=NAMES)
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_nothing_of_an_erased_person_is_left_in_any_table(current: Catalogue, name: str) -> None:
    number = await Person.all().count()
    email = f"casella{number}@comune.example"
    actor = await somebody(name, email)
    await lived(actor, email)
    [goodbye] = [row for row in await OutboxEvent.all() if email in row.payload]
    assert json.loads(goodbye.payload) == {
        "to": email, "template": "account_erased", "language": "en", "values": {}
    }  # fmt: skip
    await outbox.done(Event(id=goodbye.id, kind="mail", payload={}, attempt=1))
    text = json.dumps(await dump(), default=str, ensure_ascii=False)
    assert [word for word in (email, MARK, "argon2") if word in text] == []
    for once in (name, json.dumps(name)[1:-1]):  # as JSON inside JSON holds it, too
        assert once not in text
        assert json.dumps(once)[1:-1] not in text
    await Person.filter(email="altra@comune.example").update(email=None)


async def test_what_it_wrote_stays_under_its_number_and_the_log_holds(current: Catalogue) -> None:
    actor = await somebody("Anna Verdi", ANNA)
    await lived(actor, ANNA)
    gone = await Person.get(id=actor.person)
    assert (gone.status, gone.name, gone.email, gone.password) == (PersonStatus.ERASED, "", None, "")
    assert await Need.filter(author_id=gone.id).count() == 1
    assert await Message.filter(author_id=gone.id).count() == 1
    assert (await Membership.get(person_id=gone.id)).status is MembershipStatus.ENDED
    assert (await audit.verify()).breaks == ()


async def test_others_are_told_the_same_without_the_name(current: Catalogue) -> None:
    await lived(await somebody("Anna Verdi", ANNA), ANNA)
    other = await Person.get(email="altra@comune.example")
    assert json.loads((await Notification.get(person=other)).values) == {"who": "—"}
    [kept] = [
        row.payload for row in await OutboxEvent.filter(done_at=None) if f'"to": {other.id}' in row.payload
    ]
    assert json.loads(kept)["values"] == {"s": "Da —."}


async def test_the_address_is_free_for_a_new_account(current: Catalogue) -> None:
    await lived(await somebody("Anna Verdi", ANNA), ANNA)
    await accounts.register("Un’altra Anna", ANNA, PASSWORD, "it", "::1")
    assert (await Person.get(email=ANNA)).status is PersonStatus.INVITED


async def test_an_erased_person_neither_logs_in_nor_is_found(current: Catalogue) -> None:
    await lived(await somebody("Anna Verdi", ANNA), ANNA)
    assert await Session.all().count() == await SingleUse.filter(person_id__not_isnull=True).count() == 0
    with pytest.raises(NotFound):
        await erasing.erase_by_letter(ANNA)


@pytest.mark.parametrize(
    ("password", "typed"), [("un’altra parola qui", ANNA), (PASSWORD, "anna"), (PASSWORD, "")]
)
async def test_without_password_or_confirmation_nothing_is_erased(
    current: Catalogue, password: str, typed: str
) -> None:
    actor = await somebody("Anna Verdi", ANNA)

    async def start(writing: Writing) -> None:
        await sessions.start(writing, await Person.get(email=ANNA), second_factor=False)

    await database.write(start)
    before = await dump()
    with pytest.raises(Refused):
        await erasing.erase_oneself(actor, await Session.all().get(), password, typed, "::1")
    assert await dump() == before


async def test_without_a_password_one_must_have_logged_in_just_now(current: Catalogue) -> None:
    actor = await officer(ANNA)

    async def start(writing: Writing) -> None:
        await sessions.start(writing, await Person.get(email=ANNA), second_factor=False)

    await database.write(start)
    await Session.all().update(created_at=datetime.now(UTC) - timedelta(minutes=11))
    with pytest.raises(Refused) as refused:
        await erasing.erase_oneself(actor, await Session.all().get(), "", ANNA, "::1")
    assert refused.value.fields[0].code == "enter_again"
    await Session.all().update(created_at=datetime.now(UTC))
    await erasing.erase_oneself(actor, await Session.all().get(), "", ANNA, "::1")


async def test_of_two_erasures_at_once_one_happens(current: Catalogue) -> None:
    await officer(ANNA)
    both = await asyncio.gather(*(erasing.erase_by_letter(ANNA) for _ in range(2)), return_exceptions=True)
    assert [type(one) for one in both if one] == [NotFound]
    assert await OutboxEvent.all().count() == 1


async def _holding(email: str, role: Role, body: TerritorialBody | None = None) -> Actor:
    made = await person(email)
    membership = await Membership.create(person=made, role=role, body=body)
    return actor_of_membership(made, membership, second_factor=False)


async def test_the_only_coordinator_must_have_a_successor(current: Catalogue) -> None:
    await _holding(ANNA, Role.COORDINATOR)
    with pytest.raises(Refused, match="last_coordinator"):
        await erasing.erase_by_letter(ANNA)
    await _holding("dopo@anci.example", Role.COORDINATOR)
    await erasing.erase_by_letter(ANNA)


async def test_the_only_administrator_of_a_body_must_have_a_successor(current: Catalogue) -> None:
    body = await TerritorialBody.get(kind=BodyKind.MUNICIPALITY, code=PASTURO)
    await _holding(ANNA, Role.ADMINISTRATOR, body)
    left = await _holding("gia-via@comune.example", Role.ADMINISTRATOR, body)
    await Membership.filter(id=left.membership).update(status=MembershipStatus.ENDED)
    with pytest.raises(Refused) as refused:
        await erasing.erase_by_letter(ANNA)
    assert "amministra Pasturo" in str(refused.value.sentence)
    await Membership.filter(id=left.membership).update(status=MembershipStatus.ACTIVE)
    await erasing.erase_by_letter(ANNA)


async def copied() -> dict[str, list[dict[str, object]]]:
    said = json.loads("".join([piece async for piece in await personal_copy.by_letter(ANNA)]))
    for table, rows in said["tables"].items():
        for row in rows:
            assert set(row) - {"body_kind", "body_code"} == set(said["explanations"][table])
    found: dict[str, list[dict[str, object]]] = said["tables"]
    return found


async def test_a_copy_has_every_table_of_the_person_and_no_secret(
    current: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(personal_copy, "PAGE", 2)
    actor = await somebody("Anna Verdi", ANNA)
    stored = (await Person.get(email=ANNA)).password
    for _ in range(5):
        await needs.publish(actor, NEED)

    async def start(writing: Writing) -> None:
        for _ in range(3):
            await sessions.start(writing, await Person.get(email=ANNA), second_factor=False)

    await database.write(start)
    tables = await copied()
    assert list(tables) == [model._meta.db_table for model in OWNER]
    assert tables["person"][0]["name"] == "Anna Verdi"
    assert tables["membership"][0]["body_code"] == PASTURO
    assert [len(tables[name]) for name in ("session", "need", "audit_entry")] == [3, 5, 5]
    text = json.dumps(tables)
    assert stored not in text
    assert (await Session.all().first()).digest not in text  # type: ignore[union-attr]  # there are three


async def test_a_copy_holds_nothing_of_anybody_else(current: Catalogue) -> None:
    await somebody("Anna Verdi", ANNA)
    await needs.publish(await officer("altra@comune.example"), NEED)
    tables = await copied()
    assert {name for name, rows in tables.items() if rows} == {"person", "membership"}


async def test_that_a_copy_was_asked_for_is_kept(current: Catalogue) -> None:
    actor = await somebody("Anna Verdi", ANNA)
    await copied()
    last = [line async for line in audit.lines()][-1]
    assert json.loads(last)["subject"] == f"person:{actor.person}"
