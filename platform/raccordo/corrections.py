"""What officers correct is remembered without their text, and teaches the lexicon in bounds that a coordinator sees."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import raccordo_graph
from raccordo import audit, catalogue, database
from raccordo.catalogue import Catalogue
from raccordo.catalogue_needs import likely
from raccordo.database import Writing
from raccordo.days import today
from raccordo.language import Sentence
from raccordo.lexicon_edits import ONLY_COORDINATORS
from raccordo.lexicon_overlay import ENOUGH, Lessoned, lessons_of
from raccordo.models import Correction, Lesson, TerritorialBody, TopicKind
from raccordo.need_input import CheckedNeed
from raccordo.people import Actor
from raccordo.refusals import NotFound, Stale
from raccordo.rights import NOTHING, Body, demand
from raccordo_graph.intents import intents
from raccordo_graph.text import fold, stem, words
from raccordo_graph.understanding import Topic

MOST_WORDS = 6  # words of one text that a correction is about, the most telling first

Said = tuple[TopicKind, str, str, str, str]  # kind, stem, word, proposed, chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentCorrection:
    """How many bodies chose another kind of initiative than the one that their text seemed to ask for."""

    proposed: str
    chosen: str
    bodies: int


async def remember(writing: Writing, owner: Body, checked: CheckedNeed, said: Sequence[Said]) -> None:
    """Note what `checked` chooses against what its text proposes (see `corrected`); call it while writing.

    Kept are the lexicon's own words, never the text's: nothing personal can be in them. A body speaks with one voice,
    its last: what it chooses now takes back that it once chose something else instead.
    """
    body, on = await TerritorialBody.get(kind=owner[0], code=owner[1]), today()
    earlier = Correction.filter(body=body)
    stems = {key for _, key, *_ in said} | {str(key) for key in await earlier.values_list("stem", flat=True)}
    if not stems:
        return
    before = await _in_force(stems)
    chosen_now = {TopicKind.THEME: checked.themes, TopicKind.FUNCTION: checked.functions}
    chosen_now[TopicKind.INTENT] = (checked.intent,) if checked.intent else ()
    for kind, keys in chosen_now.items():
        if keys:
            await earlier.filter(kind=kind, proposed__in=keys).exclude(chosen__in=keys).delete()
    for kind, key, word, proposed, chosen in said:
        await Correction.get_or_create(
            kind=kind,
            stem=key,
            chosen=chosen,
            body=body,
            defaults={"word": word, "proposed": proposed, "on": on},
        )
    if await _in_force(stems) != before:
        writing.publishes = writing.reference = True


async def _in_force(stems: Collection[str]) -> frozenset[tuple[str, str, str]]:
    return frozenset((one.kind, one.stem, one.chosen) for one in await lessons_of(stems) if one.in_force)


def corrected(current: Catalogue, checked: CheckedNeed) -> Iterator[Said]:
    """Yield each word with the topic that it proposed and the one that was chosen instead; before writing, it reads long."""
    found = raccordo_graph.understand(current.index, checked.description, title=checked.title)
    for kind, topics, chosen in (
        (TopicKind.THEME, found.themes, checked.themes),
        (TopicKind.FUNCTION, found.functions, checked.functions),
    ):
        proposed = likely(topics)
        wrong = [topic for topic in topics if topic.key in proposed and topic.key not in chosen]
        for key in (one for one in chosen if one not in proposed):
            for topic in wrong:
                yield from _words(current, topic, kind, key)
    asked = [intent.kind for intent in intents(f"{checked.title}\n{checked.description}")]
    if checked.intent and asked and checked.intent != asked[0]:
        yield TopicKind.INTENT, "", "", asked[0], checked.intent


def _words(current: Catalogue, topic: Topic, kind: TopicKind, chosen: str) -> Iterator[Said]:
    """The stems of the lexicon behind a topic's telling words, each with the lexicon's own writing."""
    index = current.index
    for written in topic.words[:MOST_WORDS]:
        for word in words(written):
            key = next((one for one in (stem(word.folded, "it"),) if one in index.concepts.terms), None)
            own = _own_word(current, key) if key else ""
            if key and own:
                yield kind, key, own, topic.key, chosen


def _own_word(current: Catalogue, key: str) -> str:
    """The shortest single word by which the lexicon writes a stem; "" when it has it only inside phrases."""
    edges = current.index.graph.adj["term", key].values()
    single = {str(edge["written"]) for edge in edges if len(str(edge["written"]).split()) == 1}
    return min((fold(one) for one in single), key=lambda one: (len(one), one), default="")


async def of_intents() -> list[IntentCorrection]:
    """What was chosen instead of the kind of initiative that a text seemed to ask for; it teaches nothing by itself."""
    counts: dict[tuple[str, str], int] = {}
    rows = Correction.filter(kind=TopicKind.INTENT).values_list("proposed", "chosen")
    for proposed, chosen in await rows:
        counts[proposed, chosen] = counts.get((proposed, chosen), 0) + 1
    found = [IntentCorrection(proposed=key[0], chosen=key[1], bodies=count) for key, count in counts.items()]
    return sorted(found, key=lambda one: (-one.bodies, one.proposed, one.chosen))


async def decide(actor: Actor, kind: str, stem: str, chosen: str, version: int, *, taught: bool) -> Lessoned:
    """Confirm a lesson before `ENOUGH` bodies teach it, or undo it for good; raises NotFound, NotAllowed or Stale."""
    demand(actor, "decide", "lesson", NOTHING, ONLY_COORDINATORS)
    key = (kind, stem, chosen)

    async def work(writing: Writing) -> None:
        known = _find(await lessons_of(), key)
        if known.version != version:
            raise Stale(Sentence("Qualcuno ha deciso nel frattempo: ecco com’è adesso."), known)
        columns = {"taught": taught, "changed_at": datetime.now(UTC), "version": version + 1}
        await Lesson.update_or_create(
            kind=known.kind, stem=stem, chosen=chosen, defaults={**columns, "word": known.word}
        )
        details = {
            "kind": kind,
            "word": known.word,
            "chosen": chosen,
            "taught": taught,
            "bodies": known.bodies,
        }
        await audit.record(writing, actor, "decide_lesson", f"lesson:{kind}:{stem}:{chosen}", details)
        writing.publishes = writing.reference = True

    await database.write(work)
    await catalogue.catch_up()
    return _find(await lessons_of(), key)


def _find(lessons: Iterable[Lessoned], key: tuple[str, str, str]) -> Lessoned:
    for one in lessons:
        if (one.kind.value, one.stem, one.chosen) == key:
            return one
    raise NotFound("unknown_lesson", Sentence("Nessuno ha corretto questa parola così."))


__all__ = ["ENOUGH", "IntentCorrection", "corrected", "decide", "of_intents", "remember"]
