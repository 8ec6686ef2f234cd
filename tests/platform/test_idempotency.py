"""A key has one effect: replayed, at once, from another process, after a crash at either side of the effect."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import textwrap
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from cast import BALLABIO_OFFICER, NEED, PASTURO_OFFICER
from raccordo import database, idempotency, needs
from raccordo.models import AuditEntry, IdempotencyKey, Need
from raccordo.people import VISITOR, Actor
from raccordo.purging import purge
from raccordo.refusals import Refused
from raccordo.schema import Answer, Context, Question, ask
from raccordo.settings import Settings

pytestmark = pytest.mark.usefixtures("current")

ROOT = Path(__file__).parents[2]
PUBLISH = """mutation ($input: NeedInput!) { publishNeed(input: $input) {
  __typename ... on Need { number title publishedAt } ... on Refusal { code } } }"""
WRITTEN = {"title": NEED.title, "description": NEED.description}
KEY = "il-nostro-123"
LONG_AGO = datetime.now(UTC) - timedelta(minutes=5)
ANOTHER_PROCESS = """
    import asyncio, sys
    from pathlib import Path
    import orjson
    from platform_test_idempotency import ask_at_once
    from raccordo import catalogue, database, idempotency
    from raccordo.settings import Mode, Settings

    async def main():
        idempotency.PATIENCE = 60.0  # a machine that does other things too must not say "come again"
        settings = Settings(mode=Mode.DEMO, data=Path(sys.argv[1]), database_url=sys.argv[2])
        async with database.opened(settings):
            await catalogue.open_catalogue()
            print("ready", flush=True)
            sys.stdin.readline()
            answers = await ask_at_once(50)
            sys.stdout.write("\\n".join(sorted({orjson.dumps(one.body).decode() for one in answers})))

    asyncio.run(main())
"""


async def answered(
    key: str = KEY, actor: Actor = PASTURO_OFFICER, query: str = PUBLISH, **changed: str
) -> Answer:
    question = Question(query, {"input": {**WRITTEN, **changed}}, key=key)
    return await ask(question, Context(actor=actor))


async def ask_at_once(times: int) -> list[Answer]:
    return list(await asyncio.gather(*(answered() for _ in range(times))))


async def published() -> int:
    return await Need.filter(example=False).count()


def refused_with(answer: Answer) -> tuple[int, str]:
    [error] = answer.body["errors"]
    return answer.status, error["extensions"]["code"]


async def test_a_hundred_replays_one_after_the_other_have_one_effect_and_one_answer() -> None:
    answers = [orjson.dumps((await answered()).body) for _ in range(100)]
    assert (len(set(answers)), await published()) == (1, 1)


async def test_a_hundred_at_once_have_one_effect_and_one_answer() -> None:
    answers = {orjson.dumps(one.body) for one in await ask_at_once(100)}
    assert (len(answers), await published()) == (1, 1)


async def test_two_processes_at_once_have_one_effect_and_one_answer(
    opened_database: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idempotency, "PATIENCE", 60.0)
    roots = [str(ROOT / name) for name in ("platform", "graph", "ui", "migrations", "tests")]
    alias = f"import sys; sys.path[:0] = {roots}; import importlib.util as u; s = u.spec_from_file_location('platform_test_idempotency', {__file__!r}); m = u.module_from_spec(s); sys.modules[s.name] = m; s.loader.exec_module(m)\n"
    command = [sys.executable, "-c", alias + textwrap.dedent(ANOTHER_PROCESS)]
    process = await asyncio.create_subprocess_exec(
        *command,
        str(opened_database.data),
        opened_database.database_url,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    assert await process.stdout.readline() == b"ready\n"
    (theirs, _), ours = await asyncio.gather(process.communicate(b"go\n"), ask_at_once(50))
    answers = {*theirs.splitlines(), *(orjson.dumps(one.body) for one in ours)}
    assert (process.returncode, len(answers), await published()) == (0, 1, 1)


async def test_a_refusal_is_the_same_answer_too() -> None:
    first = await answered(title=" ")
    await Need.all().update(title="x")
    assert (await answered(title=" ")).body == first.body
    assert first.body["data"]["publishNeed"]["code"] == "invalid"


async def test_the_same_key_with_another_request_is_refused() -> None:
    await answered()
    assert refused_with(await answered(title="Un altro")) == (422, "key_reused")
    assert await published() == 1


async def test_each_role_has_its_own_keys() -> None:
    await answered()
    assert (await answered(actor=BALLABIO_OFFICER)).body["data"]["publishNeed"]["__typename"] == "Need"
    assert await published() == 2


async def test_a_key_means_nothing_to_a_question_or_to_nobody() -> None:
    await answered(query="{ me { role } }")
    answer = await answered(actor=VISITOR)
    assert answer.body["data"]["publishNeed"]["code"] == "officer_only"
    assert await IdempotencyKey.all().count() == 0


async def test_a_document_that_was_not_executed_uses_no_key_up() -> None:
    await ask(Question(PUBLISH, {"input": {"title": 1}}, key=KEY), Context(actor=PASTURO_OFFICER))
    assert "errors" not in (await answered()).body


async def test_a_second_request_waits_for_the_first_and_then_says_when_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(idempotency, "PATIENCE", 0.1)
    await reserved()
    answer = await answered()
    assert (refused_with(answer), answer.again_in) == ((409, "in_progress"), 2)


async def reserved() -> idempotency.Reservation:
    """What a request leaves that began and has not ended: of the same key and fingerprint as `answered`."""
    await answered()
    await Need.filter(example=False).delete()
    await IdempotencyKey.all().update(answer="", answered_at=None, effects=0)
    row = await IdempotencyKey.get()
    return idempotency.Reservation(row.id, row.attempt)


async def test_what_died_before_its_effect_is_done_by_the_next_request() -> None:
    await reserved()
    await IdempotencyKey.all().update(attempted_at=LONG_AGO)
    assert (await answered()).body["data"]["publishNeed"]["__typename"] == "Need"
    assert await published() == 1


async def test_what_died_after_its_effect_is_never_done_again() -> None:
    await answered()
    await IdempotencyKey.all().update(answer="", answered_at=None, attempted_at=LONG_AGO)
    assert refused_with(await answered()) == (409, "answer_lost")
    assert await published() == 1


async def test_whoever_was_taken_for_dead_and_is_not_has_no_effect() -> None:
    slow = await reserved()
    await IdempotencyKey.all().update(attempted_at=LONG_AGO)
    await answered()
    with slow.signing(), pytest.raises(Refused, match="in_progress"):
        await needs.publish(PASTURO_OFFICER, NEED)
    assert await published() == 1


async def test_the_mark_is_kept_only_together_with_the_effect() -> None:
    running = await reserved()

    async def breaks(_: database.Writing) -> None:
        raise ZeroDivisionError

    with running.signing(), pytest.raises(ZeroDivisionError):
        await database.write(breaks)
    assert (await IdempotencyKey.get()).effects == 0


async def test_a_fault_before_the_effect_frees_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(needs, "publish", broken)
        assert (await answered()).body["errors"][0]["extensions"]["code"] == "internal"
    assert (await answered()).body["data"]["publishNeed"]["__typename"] == "Need"


async def test_a_key_is_kept_for_a_day_and_then_means_nothing() -> None:
    await answered()
    await IdempotencyKey.all().update(created_at=datetime.now(UTC) - idempotency.LASTS)
    await answered()
    assert await published() == 2


async def test_the_purge_removes_what_is_over_and_nothing_else() -> None:
    await answered()
    now = datetime.now(UTC)
    assert (await purge(now + timedelta(hours=23)))["idempotency_key"] == 0
    assert (await purge(now + timedelta(hours=25)))["idempotency_key"] == 1


async def test_no_key_is_stored_in_words() -> None:
    await answered("mario.rossi@example.invalid")
    assert "rossi" not in (await IdempotencyKey.get()).key
    assert "rossi" not in str(await AuditEntry.all().values())
