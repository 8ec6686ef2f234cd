"""The life of a need, on both databases: who may do what, and what is said otherwise."""

from __future__ import annotations

import asyncio

import pytest

from cast import BALLABIO_OFFICER, COORDINATOR, LABORATORY, NEED, PASTURO_OFFICER
from raccordo import audit, catalogue, database, matches, need_rows, need_search, needs
from raccordo.catalogue import Catalogue
from raccordo.models import AuditEntry, NeedStatus
from raccordo.need_input import NeedInput
from raccordo.people import VISITOR
from raccordo.refusals import NotAllowed, NotFound, Refused, Stale
from raccordo.settings import Settings


async def test_a_published_need_is_on_the_board_at_once(current: Catalogue) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    assert catalogue.current().needs[need.number].title == NEED.title
    assert catalogue.current().version == current.version + 1


async def test_a_published_need_belongs_to_the_body_of_its_officer(current: Catalogue) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    assert catalogue.current().owner(need).name == "Pasturo"


async def test_what_nobody_chose_is_inferred_and_says_so(current: Catalogue) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    assert need.inferred == {"functions", "themes", "axes"}
    assert need.themes


async def test_what_a_person_chose_stands(current: Catalogue) -> None:
    chosen = NeedInput(
        title=NEED.title,
        description=NEED.description,
        functions=("e",),
        themes=("bonifiche",),
        axes=("SOCIAL",),
    )
    need = await needs.publish(PASTURO_OFFICER, chosen)
    assert (need.functions, need.themes, need.axes) == (("e",), ("bonifiche",), ("SOCIAL",))
    assert not need.inferred


@pytest.mark.parametrize("actor", [VISITOR, LABORATORY, COORDINATOR], ids=lambda actor: actor.label)
async def test_only_an_officer_publishes(current: Catalogue, actor: object) -> None:
    with pytest.raises(NotAllowed):
        await needs.publish(actor, NEED)  # type: ignore[arg-type]  # parametrised
    assert catalogue.current().version == current.version


async def test_every_wrong_field_is_named_at_once(current: Catalogue) -> None:
    wrong = NeedInput(
        title=" ", description="a\x00b", functions=("z",), themes=("x",), axes=("HOLY",), deadline="ieri"
    )
    with pytest.raises(Refused) as refusal:
        await needs.publish(PASTURO_OFFICER, wrong)
    assert {field.field for field in refusal.value.fields} == {
        "title",
        "description",
        "functions",
        "themes",
        "axes",
        "deadline",
    }


async def test_a_text_too_long_is_refused_with_both_numbers(current: Catalogue) -> None:
    with pytest.raises(Refused) as refusal:
        await needs.publish(PASTURO_OFFICER, NeedInput(title="x", description="parola " * 7_000))
    assert "40000" in refusal.value.fields[0].sentence.say("it")


async def test_the_owner_revises_its_need(current: Catalogue) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    revised = await needs.revise(
        PASTURO_OFFICER, need.number, 1, NeedInput(title="Nuovo", description="Altro")
    )
    assert (revised.title, revised.version) == ("Nuovo", 2)


async def test_a_neighbour_cannot_revise_it(current: Catalogue) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    with pytest.raises(NotAllowed):
        await needs.revise(BALLABIO_OFFICER, need.number, 1, NEED)


async def test_an_example_belongs_to_nobody(current: Catalogue) -> None:
    example = next(need for need in current.needs.values() if need.example)
    with pytest.raises(NotAllowed):
        await needs.revise(PASTURO_OFFICER, example.number, 1, NEED)


async def test_a_stale_version_is_refused_with_the_current_state(current: Catalogue) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    await needs.revise(PASTURO_OFFICER, need.number, 1, NeedInput(title="Primo", description="Vince"))
    with pytest.raises(Stale) as refusal:
        await needs.revise(PASTURO_OFFICER, need.number, 1, NeedInput(title="Secondo", description="Perde"))
    assert isinstance(refusal.value.current, need_rows.NeedState)
    assert refusal.value.current.written.title == "Primo"


async def test_of_ten_editors_at_once_exactly_one_wins(current: Catalogue) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    tries = [
        needs.revise(PASTURO_OFFICER, need.number, 1, NeedInput(title=f"Versione {n}", description="x"))
        for n in range(10)
    ]
    ended = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, Stale) for one in ended) == 9
    assert catalogue.current().needs[need.number].version == 2


async def test_ten_published_at_once_are_all_kept_and_audited(current: Catalogue) -> None:
    before = await AuditEntry.all().count()
    await asyncio.gather(*(needs.publish(PASTURO_OFFICER, NEED) for _ in range(10)))
    assert len(catalogue.current().needs) == len(current.needs) + 10
    assert await AuditEntry.all().count() == before + 10
    assert not (await audit.verify()).breaks


async def test_a_withdrawn_need_leaves_the_board_and_says_when(current: Catalogue) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    state = await needs.withdraw(PASTURO_OFFICER, need.number, 1, "risolto da soli")
    assert state.status == NeedStatus.WITHDRAWN
    assert need.number not in catalogue.current().needs
    assert (await needs.missing(need.number)).code == "withdrawn"


@pytest.mark.parametrize("letter", ["\x00", "\ud800", "\u202e"])
async def test_a_reason_with_an_invisible_character_withdraws_nothing(
    current: Catalogue, letter: str
) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    with pytest.raises(Refused) as refusal:
        await needs.withdraw(PASTURO_OFFICER, need.number, 1, f"risolto{letter}da soli")
    assert [field.code for field in refusal.value.fields] == ["control_characters"]
    assert need.number in catalogue.current().needs


async def test_a_withdrawn_need_can_be_published_again(current: Catalogue) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    await needs.withdraw(PASTURO_OFFICER, need.number, 1)
    again = await needs.publish_again(PASTURO_OFFICER, need.number, 2)
    assert again.version == 3
    assert again.number in catalogue.current().needs


async def test_a_stranger_cannot_publish_again_what_was_withdrawn(current: Catalogue) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    await needs.withdraw(PASTURO_OFFICER, need.number, 1)
    with pytest.raises(NotAllowed):
        await needs.publish_again(BALLABIO_OFFICER, need.number, 2)


@pytest.mark.parametrize("number", [0, -1, 999_999, 2**40])
async def test_a_need_that_never_was_is_not_found(current: Catalogue, number: int) -> None:
    with pytest.raises(NotFound):
        await needs.withdraw(COORDINATOR, number, 1)


async def test_a_refused_write_leaves_nothing_behind(current: Catalogue) -> None:
    entries = await AuditEntry.all().count()

    async def work(writing: database.Writing) -> None:
        await audit.record(writing, COORDINATOR, "try", "nothing", {})
        writing.publishes = True
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        await database.write(work)
    assert await AuditEntry.all().count() == entries
    assert (await database.state()).version == current.version


async def test_neighbours_with_the_same_need_are_found(current: Catalogue) -> None:
    first = await needs.publish(PASTURO_OFFICER, NEED)
    second = await needs.publish(BALLABIO_OFFICER, NEED)
    found = need_search.near(catalogue.current(), catalogue.current().needs[first.number])
    assert second.number in {one.need.number for one in found}
    assert all(one.border_metres for one in found)


async def test_needs_do_not_influence_each_others_matches(current: Catalogue) -> None:
    first = await needs.publish(PASTURO_OFFICER, NEED)
    before = matches.for_need(catalogue.current(), catalogue.current().needs[first.number])
    for _ in range(5):
        await needs.publish(BALLABIO_OFFICER, NEED)
    after = matches.for_need(catalogue.current(), catalogue.current().needs[first.number])
    assert before.matches == after.matches
    assert before.snapshot_id != after.snapshot_id


async def test_a_preview_writes_nothing(current: Catalogue, opened_database: Settings) -> None:
    found = matches.preview(current, PASTURO_OFFICER, NEED)
    assert found.ranking.matches[0].reasons.distance_km is not None
    assert (await database.state()).version == current.version
