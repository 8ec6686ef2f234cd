"""Every right is a row of one table, which pages, resolvers, documents and tests read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from raccordo.language import Sentence
from raccordo.models import BodyKind, Role
from raccordo.people import Actor
from raccordo.refusals import NotAllowed

Body = tuple[BodyKind, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What somebody wants to do something with, as far as rights are concerned.

    `bodies` and `laboratory` are its sides; `person` is whom it belongs to or tells about; `open` says that
    it is in a state in which everybody may see it (a published need, a public message).
    """

    bodies: frozenset[Body] = frozenset()
    laboratory: str | None = None
    department: str | None = None
    person: int | None = None
    open: bool = False
    example: bool = False


NOTHING = Subject()


@dataclass(frozen=True, slots=True)
class Condition:
    """When a right holds, and the sentence for whoever it does not hold for."""

    name: str
    sentence: Sentence
    holds: Callable[[Actor, Subject], bool] = field(compare=False)


ALWAYS = Condition("always", Sentence("sempre"), lambda _actor, _subject: True)
OPEN = Condition("open", Sentence("se è pubblico"), lambda _actor, subject: subject.open)
OWN_BODY = Condition(
    "own body",
    Sentence("se riguarda il proprio ente"),
    lambda actor, subject: (
        not subject.example and any(actor.acts_for(kind, code) for kind, code in subject.bodies)
    ),
)
MEMBER = Condition(
    "member",
    Sentence("se il comune fa parte del proprio ente"),
    OWN_BODY.holds,  # the bodies of the subject are then those that the municipality belongs to
)
OWN_LABORATORY = Condition(
    "own laboratory",
    Sentence("se riguarda il proprio laboratorio"),
    lambda actor, subject: subject.laboratory is not None and actor.works_in(subject.laboratory),
)
OWN_DEPARTMENT = Condition(
    "own department",
    Sentence("se riguarda il proprio dipartimento"),
    lambda actor, subject: subject.department is not None and actor.department == subject.department,
)
ONESELF = Condition(
    "oneself",
    Sentence("se riguarda sé stessi"),
    lambda actor, subject: actor.person is not None and actor.person == subject.person,
)
SECOND_FACTOR = Condition(
    "second factor",
    Sentence("dopo il secondo fattore"),
    lambda actor, _subject: actor.second_factor or actor.system,
)
ONESELF_WITH_SECOND_FACTOR = Condition(
    "oneself, second factor",
    Sentence("se riguarda sé stessi, dopo il secondo fattore"),
    lambda actor, subject: ONESELF.holds(actor, subject) and SECOND_FACTOR.holds(actor, subject),
)
SOMEBODY = Condition(
    "somebody",
    Sentence("dopo l’accesso"),
    lambda actor, _subject: actor.known,
)


@dataclass(frozen=True, slots=True)
class Right:
    """`who` may do `verb` to `what` when `condition` holds.

    `scope` is what a token needs to do it; without one no token can, whatever it carries.
    """

    who: Role
    verb: str
    what: str
    condition: Condition
    scope: str


EVERYBODY = tuple(Role)
KNOWN = tuple(role for role in Role if role is not Role.VISITOR)
OFFICERS = (Role.OFFICER, Role.ADMINISTRATOR)
LABORATORY = (Role.LABORATORY_MANAGER, Role.PROFESSOR, Role.LABORATORY_MEMBER)
ANSWERING = (Role.LABORATORY_MANAGER, Role.PROFESSOR)
COORDINATORS = (Role.COORDINATOR,)
OTHERS = tuple(role for role in Role if role is not Role.COORDINATOR)


def _rows(
    who: tuple[Role, ...], verbs: str, what: str, condition: Condition, scope: str = ""
) -> tuple[Right, ...]:
    return tuple(Right(role, verb, what, condition, scope) for role in who for verb in verbs.split())


RIGHTS: tuple[Right, ...] = (
    *_rows(EVERYBODY, "read", "published", ALWAYS, "read"),
    # Forms that are for everybody: what they do is decided by what one knows, or by the query's own rights.
    *_rows(EVERYBODY, "preview", "need", ALWAYS, "read"),
    *_rows(EVERYBODY, "ask", "explorer", ALWAYS, "read"),
    *_rows(KNOWN, "cite", "ranking", SOMEBODY, "rankings:write"),
    *_rows(EVERYBODY, "cancel", "computation", ALWAYS, "read"),
    *_rows(EVERYBODY, "compute", "scenario", ALWAYS, "read"),
    *_rows(EVERYBODY, "choose", "demonstration", ALWAYS),
    # Accounts.
    *_rows(EVERYBODY, "enter register", "account", ALWAYS),
    *_rows(EVERYBODY, "change export erase", "account", ONESELF),
    *_rows(EVERYBODY, "act_as ask_role enter_code", "account", ONESELF),
    *_rows(COORDINATORS, "reset_second_factor", "account", SECOND_FACTOR),
    *_rows(COORDINATORS, "invite", "account", SECOND_FACTOR, "people:write"),
    *_rows((Role.ADMINISTRATOR,), "invite", "account", OWN_BODY, "people:write"),
    *_rows((Role.LABORATORY_MANAGER,), "invite", "account", OWN_LABORATORY, "people:write"),
    # Programs' tokens: one's own, from a browser; a coordinator's carries the second factor it was made after.
    *_rows(OTHERS, "create", "token", ONESELF),
    *_rows(COORDINATORS, "create", "token", ONESELF_WITH_SECOND_FACTOR),
    *_rows(EVERYBODY, "revoke", "token", ONESELF),
    # Memberships: one's own, and those of the people about whom one decides.
    *_rows(EVERYBODY, "read", "membership", ONESELF, "people:read"),
    *_rows(EVERYBODY, "end", "membership", ONESELF, "people:write"),
    *_rows(COORDINATORS, "read", "membership", SECOND_FACTOR, "people:read"),
    *_rows(COORDINATORS, "accept refuse end", "membership", SECOND_FACTOR, "people:write"),
    *_rows((Role.ADMINISTRATOR,), "read", "membership", OWN_BODY, "people:read"),
    *_rows((Role.ADMINISTRATOR,), "accept refuse end", "membership", OWN_BODY, "people:write"),
    *_rows((Role.LABORATORY_MANAGER,), "read", "membership", OWN_LABORATORY, "people:read"),
    *_rows((Role.LABORATORY_MANAGER,), "accept refuse end", "membership", OWN_LABORATORY, "people:write"),
    *_rows(COORDINATORS, "add", "institution", SECOND_FACTOR, "people:write"),
    # Needs.
    *_rows(OFFICERS, "publish revise withdraw publish_again", "need", OWN_BODY, "needs:write"),
    *_rows(COORDINATORS, "withdraw publish_again", "need", SECOND_FACTOR, "needs:write"),
    # Offers of a laboratory.
    *_rows(ANSWERING, "publish revise close withdraw publish_again", "offer", OWN_LABORATORY, "offers:write"),
    *_rows(COORDINATORS, "close withdraw publish_again", "offer", SECOND_FACTOR, "offers:write"),
    # Needs that somebody writes for a municipality, which alone makes them its own.
    *_rows(OFFICERS, "propose", "proposed_need", MEMBER, "needs:write"),
    *_rows(OFFICERS, "read revise take_back confirm decline", "proposed_need", OWN_BODY, "needs:write"),
    *_rows(OFFICERS, "choose", "delegation", OWN_BODY, "needs:write"),
    # Matches that people act on, partnerships, the bodies that share a need, what a laboratory declares.
    *_rows(OFFICERS, "read", "match", OWN_BODY, "partnerships:read"),
    *_rows(LABORATORY, "read", "match", OWN_LABORATORY, "partnerships:read"),
    *_rows(COORDINATORS, "read", "match", SECOND_FACTOR, "partnerships:read"),
    *_rows(OFFICERS, "shortlist ask drop agree_scope accept finish", "match", OWN_BODY, "partnerships:write"),
    *_rows(
        ANSWERING,
        "show_interest decline pass_on agree_scope accept finish",
        "match",
        OWN_LABORATORY,
        "partnerships:write",
    ),
    *_rows(COORDINATORS, "drop finish", "match", SECOND_FACTOR, "partnerships:write"),
    *_rows(OFFICERS, "invite join decline", "party", OWN_BODY, "partnerships:write"),
    *_rows(OFFICERS, "read", "party", OWN_BODY, "partnerships:read"),
    *_rows(COORDINATORS, "read", "party", SECOND_FACTOR, "partnerships:read"),
    *_rows(LABORATORY, "read", "conflict", OWN_LABORATORY, "partnerships:read"),
    *_rows(COORDINATORS, "read", "conflict", SECOND_FACTOR, "partnerships:read"),
    *_rows((Role.LABORATORY_MANAGER,), "declare remove", "conflict", OWN_LABORATORY, "partnerships:write"),
    *_rows((Role.LABORATORY_MANAGER,), "declare_places", "laboratory", OWN_LABORATORY, "partnerships:write"),
    # Plans of the whole demand, and what is fixed by hand in them.
    *_rows(COORDINATORS, "read", "assignment", SECOND_FACTOR, "partnerships:read"),
    *_rows(COORDINATORS, "plan suggest fix release", "assignment", SECOND_FACTOR, "partnerships:write"),
    # What a laboratory says of itself; its managers and professors say it, coordinators may put it right.
    *_rows(LABORATORY, "read", "profile", OWN_LABORATORY, "partnerships:read"),
    *_rows(COORDINATORS, "read", "profile", SECOND_FACTOR, "partnerships:read"),
    *_rows(ANSWERING, "revise", "profile", OWN_LABORATORY, "partnerships:write"),
    *_rows(COORDINATORS, "revise", "profile", SECOND_FACTOR, "partnerships:write"),
    # "Not for us, but for": read by the need's owner.
    *_rows(ANSWERING, "give", "hint", OPEN, "partnerships:write"),
    *_rows(OFFICERS, "read", "hint", OWN_BODY, "partnerships:read"),
    *_rows(COORDINATORS, "read", "hint", SECOND_FACTOR, "partnerships:read"),
    # Conversations: questions on a published need, messages between those who share a match.
    *_rows(KNOWN, "write", "question", OPEN, "partnerships:write"),
    *_rows(EVERYBODY, "read", "message", OPEN, "read"),
    *_rows(OFFICERS, "read", "message", OWN_BODY, "partnerships:read"),
    *_rows(COORDINATORS, "read", "message", SECOND_FACTOR, "partnerships:read"),
    *_rows(OFFICERS, "write", "message", OWN_BODY, "partnerships:write"),
    *_rows(LABORATORY, "write", "message", OWN_LABORATORY, "partnerships:write"),
    *_rows(COORDINATORS, "write", "message", SECOND_FACTOR, "partnerships:write"),
    # Joint managements: a municipality answers for itself only, nobody answers for it.
    *_rows(EVERYBODY, "read", "association", OPEN, "read"),
    *_rows(OFFICERS, "read", "association", OWN_BODY, "associations:read"),
    *_rows(COORDINATORS, "read", "association", SECOND_FACTOR, "associations:read"),
    *_rows(OFFICERS, "propose take_back write", "association", OWN_BODY, "associations:write"),
    *_rows(COORDINATORS, "propose take_back write", "association", SECOND_FACTOR, "associations:write"),
    *_rows(OFFICERS, "adhere decline withdraw", "association", OWN_BODY, "associations:write"),
    *_rows(OFFICERS, "choose_form record_step skip_step", "association", OWN_BODY, "associations:write"),
    *_rows(OFFICERS, "choose", "suggestion", OWN_BODY, "associations:write"),
    # The evidence for managing a function together: everybody reads it.
    *_rows(COORDINATORS, "save restore", "function_evidence", SECOND_FACTOR, "associations:write"),
    # What one follows and what one was told: nobody's but one's own.
    *_rows(EVERYBODY, "read", "follow", SOMEBODY, "follows:read"),
    *_rows(EVERYBODY, "add remove", "follow", SOMEBODY, "follows:write"),
    *_rows(EVERYBODY, "read", "notification", SOMEBODY, "follows:read"),
    *_rows(EVERYBODY, "mark", "notification", SOMEBODY, "follows:write"),
    # The lexicon: everybody reads it, coordinators change it and read what it does not know.
    *_rows(COORDINATORS, "save remove import", "lexicon_term", SECOND_FACTOR, "lexicon:write"),
    *_rows(COORDINATORS, "decide", "lesson", SECOND_FACTOR, "lexicon:write"),
    *_rows(COORDINATORS, "read ignore", "unknown_word", SECOND_FACTOR, "lexicon:write"),
    # The log of who did what, without names.
    *_rows(COORDINATORS, "read", "audit_entry", SECOND_FACTOR, "audit:read"),
    # How often one is written to: everybody's own. A mailed link opens its one page for whoever holds it.
    *_rows(EVERYBODY, "read change", "mail_preference", SOMEBODY),
    *_rows(EVERYBODY, "open", "mailed_link", ALWAYS),
)


def _by_cell() -> Mapping[tuple[str, str], tuple[Right, ...]]:
    cells: dict[tuple[str, str], list[Right]] = {}
    for right in RIGHTS:
        cells.setdefault((right.verb, right.what), []).append(right)
    return {cell: tuple(rights) for cell, rights in cells.items()}


CELLS = _by_cell()


def allows(actor: Actor, verb: str, what: str, subject: Subject = NOTHING) -> bool:
    """Whether some row of the table lets the actor do this. An unknown cell is a mistake of ours: KeyError."""
    return any(
        right.who is actor.role
        and (actor.scopes is None or (right.scope != "" and right.scope in actor.scopes))
        and right.condition.holds(actor, subject)
        for right in CELLS[verb, what]
    )


def demand(actor: Actor, verb: str, what: str, subject: Subject, sentence: Sentence) -> None:
    """Raise NotAllowed with the sentence unless the table lets the actor do this."""
    if not allows(actor, verb, what, subject):
        raise NotAllowed(f"{verb}_{what}", sentence)
