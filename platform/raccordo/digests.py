"""From notifications to mail: what waits for an answer at once, the rest as often as a person prefers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tortoise.expressions import Q

from raccordo import follow_news, notifications, offer_news, outbox, single_use
from raccordo.database import Writing, write
from raccordo.language import Sentence
from raccordo.models import MailFrequency, MailPreference, Notification, Person, PersonStatus, Purpose

MOST_A_DAY = 5  # mails to one person in 24 hours, whatever happens
MOST_ITEMS = 50  # in one mail; the inbox has them all
DAY = timedelta(days=1)
# How old the oldest piece of news grows before it leaves, together with all that came meanwhile.
PERIODS = {
    MailFrequency.AT_ONCE: timedelta(0),
    MailFrequency.DAILY: DAY,
    MailFrequency.WEEKLY: timedelta(days=7),
}
DEFAULT = MailFrequency.WEEKLY


@dataclass(frozen=True, slots=True)
class Answerable:
    """News that is answered from the mail itself: `door` is the page that its link opens."""

    kinds: frozenset[str]
    path: str
    subject: str
    door: str


ANSWERABLE = (
    Answerable(frozenset({"asked", "match_ask", "match_arrive"}), "/collaborazioni/", "match", "/risposta/"),
    Answerable(frozenset({"need_proposed"}), "/bisogni/proposti/", "proposed_need", "/proposta/"),
)
# In the order of a mail that tells of more than one kind.
FOLLOWED = (follow_news.KIND, offer_news.KIND)
HEADINGS = (
    Sentence("Aspetta una risposta"),
    Sentence("Altre novità"),
    Sentence("Bisogni e offerte fra ciò che si segue"),
)


async def gather(now: datetime) -> int:
    """Write down every mail that is due now: one for each person, however much happened. Returns how many."""
    persons = (
        await Notification.filter(
            _perhaps_due(now), mailed_at=None, read_at=None, person__status=PersonStatus.ACTIVE
        )
        .distinct()
        .order_by("person_id")
        .values_list("person_id", flat=True)
    )
    return sum([await _write_to(int(str(person)), now) for person in persons])


async def frequency_of(person: int) -> MailFrequency:
    """How often a person is written to; weekly until it says otherwise."""
    preference = await MailPreference.get_or_none(person_id=person)
    return preference.frequency if preference else DEFAULT


def _perhaps_due(now: datetime) -> Q:
    """News for which it is worth looking at its person; most people wait for most of the week."""
    chosen = "person__mail_preference__frequency"
    due = [Q(**{chosen: kind}, created_at__lte=now - period) for kind, period in PERIODS.items()]
    without = Q(person__mail_preference__id__isnull=True, created_at__lte=now - PERIODS[DEFAULT])
    return Q(Q(urgent=True), without, *due, join_type="OR")


async def _write_to(person: int, now: datetime) -> bool:
    rows = await _pending(person)
    if not await _due(person, rows, now) or await _mails_since(person, now - DAY) >= MOST_A_DAY:
        return False

    async def work(writing: Writing) -> bool:
        # Again, now that nobody else writes: two workers must not tell the same news.
        fresh = await _due(person, await _pending(person), now)
        sent = await _mails_since(person, now - DAY)
        if not fresh or sent >= MOST_A_DAY:
            return False
        await _put(writing, await Person.get(id=person), fresh, now, sent + 1)
        return True

    return await write(work)


async def _pending(person: int) -> list[Notification]:
    return await Notification.filter(person_id=person, mailed_at=None, read_at=None).order_by("id")


async def _due(person: int, rows: Sequence[Notification], now: datetime) -> list[Notification]:
    """What may leave now: everything once the period is over, else only what waits for an answer."""
    period = PERIODS.get(await frequency_of(person))
    if rows and period is not None and now - rows[0].created_at >= period:
        return list(rows)
    return [row for row in rows if row.urgent]


async def _mails_since(person: int, since: datetime) -> int:
    """How many mails a person was written: all that one mail told has the same instant."""
    rows = (
        await Notification.filter(person_id=person, mailed_at__gt=since)
        .distinct()
        .values_list("mailed_at", flat=True)
    )
    return len(set(rows))


async def _put(
    writing: Writing, person: Person, rows: Sequence[Notification], now: datetime, today: int
) -> None:
    """The mail itself, in the transaction that marks its news as told."""
    preferences = await single_use.issue(writing, Purpose.PREFERENCES, person, f"mail:{now.isoformat()}")
    told = sorted(rows, key=_place)[:MOST_ITEMS]
    items = [await _item(writing, person, row) for row in told]
    _head(items, [_place(row) for row in told], person.language)
    digest = not any(row.urgent for row in rows)
    await outbox.put(
        writing,
        "mail",
        {
            "to": person.id,
            "template": "news",
            "language": person.language,
            "values": {
                "items": items,
                "more": max(0, len(rows) - MOST_ITEMS),
                "last_today": MOST_A_DAY if today == MOST_A_DAY else 0,
                "preferences": preferences,
                "follows": any(row.kind in FOLLOWED for row in told),
            },
            "unsubscribe": f"/avvisi/{preferences}/mai" if digest else "",
        },
    )
    await Notification.filter(id__in=[row.id for row in rows]).update(mailed_at=now)


def _place(row: Notification) -> int:
    """The heading under which a mail tells this."""
    if row.urgent:
        return 0
    return 2 if row.kind in FOLLOWED else 1


def _head(items: Sequence[dict[str, str]], places: Sequence[int], language: str) -> None:
    """Give the first item of each kind its heading; one kind alone needs none."""
    for place in set(places) if len(set(places)) > 1 else ():
        items[places.index(place)]["heading"] = HEADINGS[place].say(language)


async def _item(writing: Writing, person: Person, row: Notification) -> dict[str, str]:
    answer = door = ""
    for one in ANSWERABLE:
        number = row.path.removeprefix(one.path)
        if row.urgent and row.kind in one.kinds and number.isdecimal():
            door = one.door
            answer = await single_use.issue(writing, Purpose.ANSWER, person, f"{one.subject}:{number}")
    return {
        "sentence": notifications.sentence_of(row).say(person.language),
        "path": row.path,
        "answer": answer,
        "door": door,
    }
