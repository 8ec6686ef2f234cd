"""A match that people act on, made ready for a page: where it stands, who owes the next step, and the words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from raccordo import matches
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.match_records import MatchRecord, name_of, next_step, waits_for
from raccordo.match_steps import Side
from raccordo.match_timeline import TimelineEntry
from raccordo.models import DeclineReason, MatchState, Outcome
from raccordo_ui.language import address
from raccordo_ui.match_cards import Station, stations

STATES = {
    MatchState.SHORTLISTED: Sentence("nella rosa"),
    MatchState.ASKED: Sentence("in attesa di risposta"),
    MatchState.INTERESTED: Sentence("interessa"),
    MatchState.DECLINED: Sentence("declinata"),
    MatchState.PASSED_ON: Sentence("passata ad altri"),
    MatchState.SCOPE_AGREED: Sentence("da accettare"),
    MatchState.ACCEPTED: Sentence("collaborazione avviata"),
    MatchState.DROPPED: Sentence("lasciata"),
}
REASONS = {
    DeclineReason.NOT_OUR_FIELD: Sentence("non è il nostro campo"),
    DeclineReason.NO_CAPACITY: Sentence("non abbiamo posto"),
    DeclineReason.NOT_NOW: Sentence("non ora"),
    DeclineReason.TOO_FAR: Sentence("troppo lontano"),
    DeclineReason.CONFLICT_OF_INTEREST: Sentence("conflitto d’interessi"),
    DeclineReason.OTHER: Sentence("altro"),
}
OUTCOMES = {
    Outcome.DONE: Sentence("riuscita"),
    Outcome.PARTLY_DONE: Sentence("riuscita in parte"),
    Outcome.ABANDONED: Sentence("abbandonata"),
}
ENDED = Sentence("conclusa")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchLine:
    """A match in a list: `waits_for` is who owes the next step, empty when nobody does."""

    record: MatchRecord
    href: str
    state: str
    next: str
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A step of the timeline in the reader's words."""

    entry: TimelineEntry
    said: str


def line(record: MatchRecord, language: str) -> MatchLine:
    state = ENDED if record.partnership and record.ended else STATES[record.state]
    return MatchLine(
        record=record,
        href=address(language, f"/collaborazioni/{record.id}"),
        state=state.say(language),
        next=next_step(record)[0].say(language),
        parties=tuple(name_of(body) for body in record.parties),
    )


def stops(entries: Iterable[TimelineEntry], language: str) -> tuple[Stop, ...]:
    return tuple(Stop(entry, entry.sentence.say(language)) for entry in entries)


def shared(picture: Catalogue, record: MatchRecord, language: str) -> tuple[Station, ...]:
    """The joint's stations: what need and laboratory have in common today; none when the need is gone."""
    need = picture.needs.get(record.need_number)
    if need is None:
        return ()
    ranking = matches.for_need(picture, need)
    found = next((match for match in ranking.matches if match.laboratory == record.laboratory), None)
    return stations(picture, found.reasons, language) if found else ()


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the list of somebody's matches."""

    title: str
    lines: Sequence[MatchLine]


def groups(records: Sequence[MatchRecord], mine: Side | None, language: str) -> tuple[Group, ...]:
    """What waits for me, what I wait for, what is under way, what ended; `mine` None waits for nobody."""
    kinds: dict[Sentence | str, list[MatchLine]] = {}
    titles = (
        Sentence("Tocca a chi legge"),
        Sentence("In attesa di altri"),
        Sentence("In corso"),
        Sentence("Concluse"),
    )
    for record in records:
        owes = next_step(record)[1]
        which = 0 if waits_for(mine, record) else 1
        if record.under_way:
            which = 2
        elif record.ended or owes is None:
            which = 3
        kinds.setdefault(titles[which].text, []).append(line(record, language))
    return tuple(Group(title.say(language), kinds[title.text]) for title in titles if title.text in kinds)
