"""What a laboratory says of itself counts in rankings, stays through every import, and is refused where it must be."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

import pytest

from cast import BALLABIO_OFFICER, COORDINATOR, LABORATORY, NEED, PASTURO_OFFICER
from desk import Desk
from partnering import SLUG, accepted
from raccordo import (
    catalogue,
    laboratory_profiles,
    loading,
    matches,
    needs,
    partnerships,
    profile_preview,
    profile_statements,
    reference_files,
)
from raccordo.catalogue import Catalogue
from raccordo.laboratory_profiles import Profile
from raccordo.models import AuditEntry, DeclineReason, Emphasis, Role
from raccordo.people import VISITOR, Actor
from raccordo.published import Need
from raccordo.refusals import NotAllowed, Refused, Stale
from raccordo.settings import Settings
from shipped import rewrite, silent


@pytest.fixture
def desk(opened_database: Settings, tmp_path: Path) -> Desk:
    return Desk(tmp_path)


LIA = Actor(role=Role.LABORATORY_MANAGER, laboratory="lia", demo=True)
PROFESSOR = Actor(role=Role.PROFESSOR, laboratory=SLUG, demo=True)
MEMBER = Actor(role=Role.LABORATORY_MEMBER, laboratory=SLUG, demo=True)


@pytest.fixture(autouse=True)
def _no_rankings_of_other_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """The databases of tests are copies with one name: a need of the same number is another need."""
    monkeypatch.setattr(matches, "_cache", OrderedDict())


async def profile() -> Profile:
    return await laboratory_profiles.read(LABORATORY, SLUG)


async def state(concept: str, emphasis: str, actor: Actor = LABORATORY) -> Profile:
    version = (await profile()).version
    return await profile_statements.state_concept(actor, SLUG, version, concept, emphasis)


def strongest(found: Profile) -> str:
    return next(one.key for one in found.concepts if one.inferred)


def spoken(current: Catalogue, concept: str) -> Need:
    """The need that speaks most of a concept."""
    shares = {
        need.number: next((one.weight for one in need.understanding.concepts if one.key == concept), 0.0)
        for need in current.needs.values()
    }
    return current.needs[max(shares, key=lambda number: shares[number])]


def score(current: Catalogue, need: int, slug: str = SLUG) -> float:
    ranking = matches.for_need(current, current.needs[need])
    return next(one.score for one in ranking.matches if one.laboratory == slug)


def position(current: Catalogue, need: int, slug: str = SLUG) -> int:
    ranking = matches.for_need(current, current.needs[need])
    return next(one.position for one in ranking.matches if one.laboratory == slug)


async def test_what_the_card_says_is_shown_with_its_word(current: Catalogue) -> None:
    found = await profile()
    assert found.version == 1
    assert any(one.written for one in found.concepts)
    assert all(one.inferred and one.stated is None for one in found.concepts)
    assert list(found.concepts) == sorted(
        found.concepts, key=lambda one: (-one.weight, one.label_it, one.key)
    )


async def test_a_removed_concept_lowers_the_laboratory_and_an_added_one_lifts_it(current: Catalogue) -> None:
    gone = strongest(await profile())
    need = spoken(current, gone)
    before = score(current, need.number)
    await state(gone, "NOT_OURS")
    assert score(catalogue.current(), need.number) < before
    await state(gone, "")
    assert score(catalogue.current(), need.number) == before
    mine = {one.key for one in (await profile()).concepts}
    added = next(
        topic.key
        for other in current.needs.values()
        for topic in other.understanding.concepts[:1]
        if topic.key not in mine and not current.index.graph.nodes["concept", topic.key]["service"]
    )
    need = spoken(current, added)
    before = score(current, need.number)
    await state(added, "TRADE")
    assert score(catalogue.current(), need.number) > before


async def test_a_removed_concept_never_returns(current: Catalogue, desk: Desk, folder: Path) -> None:
    gone = strongest(await profile())
    await state(gone, "NOT_OURS")
    card = next(one for one in current.laboratories.values() if one.slug == SLUG)
    louder = f"{card.card_it} {' '.join(one.written for one in (await profile()).concepts)}" * 3
    rewrite(
        folder,
        "laboratories",
        lambda rows: [row | ({"card_it": louder} if row["slug"] == SLUG else {}) for row in rows],
    )
    await loading.load(silent, folder)
    await desk.bring("laboratories", (folder / "laboratories.csv").read_bytes())
    await desk.bring("profiles", f"laboratory,concept,emphasis\n{SLUG},{gone},TRADE\n")
    await loading.load(silent, reference_files.shipped())
    after = await catalogue.catch_up()
    assert not after.index.graph.has_edge(("concept", gone), ("laboratory", SLUG))
    [line] = [one for one in (await profile()).concepts if one.key == gone]
    assert (line.stated, line.emphasis) == (Emphasis.NOT_OURS, Emphasis.NOT_OURS)


async def test_the_preview_names_the_needs_that_move_and_is_true(current: Catalogue) -> None:
    gone = strongest(await profile())
    moves, _ = await profile_preview.preview(LABORATORY, SLUG, gone, "NOT_OURS")
    assert moves
    await state(gone, "NOT_OURS")
    after = {one.need: one for one in matches.for_laboratory(catalogue.current(), current.laboratories[SLUG])}
    assert all(after[move.need] == move.after for move in moves)
    assert (await profile()).version == 2


async def test_it_is_logged_without_names_and_an_old_page_is_refused(current: Catalogue) -> None:
    gone = strongest(await profile())
    await state(gone, "EDGE")
    entry = await AuditEntry.all().order_by("-number").first()
    assert entry
    assert (entry.verb, entry.subject) == ("revise_profile", f"laboratory:{SLUG}")
    with pytest.raises(Stale) as stale:
        await profile_statements.state_concept(LABORATORY, SLUG, 1, gone, "TRADE")
    assert isinstance(stale.value.current, Profile)


@pytest.mark.parametrize("actor", [VISITOR, PASTURO_OFFICER, LIA, MEMBER], ids=lambda actor: actor.label)
async def test_strangers_and_plain_members_change_nothing(current: Catalogue, actor: Actor) -> None:
    gone = strongest(await profile())
    with pytest.raises(NotAllowed):
        await state(gone, "NOT_OURS", actor)
    if actor is not MEMBER:
        with pytest.raises(NotAllowed):
            await laboratory_profiles.read(actor, SLUG)


@pytest.mark.parametrize("actor", [PROFESSOR, COORDINATOR], ids=lambda actor: actor.label)
async def test_a_professor_and_a_coordinator_may(current: Catalogue, actor: Actor) -> None:
    assert (await state(strongest(await profile()), "DONE", actor)).version == 2


@pytest.mark.parametrize(
    ("concept", "emphasis", "field"), [("nessuno", "TRADE", "concept"), ("", "TRADE", "concept"), (None, "9", "emphasis")]
)  # fmt: skip
async def test_what_the_lexicon_does_not_have_is_refused(
    current: Catalogue, concept: str | None, emphasis: str, field: str
) -> None:
    known = strongest(await profile())
    with pytest.raises(Refused) as refusal:
        await state(known if concept is None else concept, emphasis)
    assert [one.field for one in refusal.value.fields] == [field]


async def test_languages_and_radius_are_kept_and_the_radius_is_told(current: Catalogue) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    before = score(catalogue.current(), need.number)
    found = await profile_statements.declare_terms(LABORATORY, SLUG, 1, ("en", "it"), "1")
    assert (found.languages, found.radius_km) == (("it", "en"), 1)
    now = catalogue.current()
    [match] = [one for one in matches.for_need(now, now.needs[need.number]).matches if one.laboratory == SLUG]
    assert match.reasons.beyond_km == 1
    assert match.score < before


@pytest.mark.parametrize(("languages", "radius", "field"), [(("xx",), "", "languages"), ((), "0", "radius_km"), ((), "-3", "radius_km"), ((), "9" * 40, "radius_km")])  # fmt: skip
async def test_unknown_languages_and_radii_are_refused(
    current: Catalogue, languages: tuple[str, ...], radius: str, field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        await profile_statements.declare_terms(LABORATORY, SLUG, 1, languages, radius)
    assert [one.field for one in refusal.value.fields] == [field]


async def answered(actor: Actor, reason: DeclineReason) -> None:
    need = await needs.publish(actor, NEED)
    one = await partnerships.shortlist(actor, need.number, SLUG)
    one = await partnerships.ask(actor, one.id, one.version)
    await partnerships.decline(LABORATORY, one.id, one.version, reason)


async def test_a_decline_lowers_the_next_need_like_it_and_says_so(current: Catalogue) -> None:
    later = await needs.publish(BALLABIO_OFFICER, NEED)
    before = score(catalogue.current(), later.number)
    await answered(PASTURO_OFFICER, DeclineReason.NOT_OUR_FIELD)
    now = catalogue.current()
    [match] = [
        one for one in matches.for_need(now, now.needs[later.number]).matches if one.laboratory == SLUG
    ]
    assert before - 0.05 <= match.score < before
    assert "ha rifiutato un bisogno simile: non è il suo campo" in match.reasons.sentence_it


async def test_answers_that_stay_what_they_were_leave_the_index_as_it_is(current: Catalogue) -> None:
    await answered(PASTURO_OFFICER, DeclineReason.NOT_OUR_FIELD)
    index = catalogue.current().index
    assert len(index.answers) == 1
    await needs.publish(BALLABIO_OFFICER, NEED)
    assert catalogue.current().index is index


async def test_a_decline_for_want_of_places_says_nothing_of_the_field(current: Catalogue) -> None:
    later = await needs.publish(BALLABIO_OFFICER, NEED)
    before = score(catalogue.current(), later.number)
    await answered(PASTURO_OFFICER, DeclineReason.NO_CAPACITY)
    assert score(catalogue.current(), later.number) == before


async def test_a_partnership_lifts_the_next_need_like_it(current: Catalogue) -> None:
    later = await needs.publish(BALLABIO_OFFICER, NEED)
    before = score(catalogue.current(), later.number)
    await accepted(PASTURO_OFFICER, "", "")
    assert before < score(catalogue.current(), later.number) <= before + 0.05
