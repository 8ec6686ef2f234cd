"""Roles in words, for headers, lists and forms."""

from __future__ import annotations

from collections.abc import Iterable

from raccordo.language import Sentence
from raccordo.memberships import MembershipRecord
from raccordo.models import MembershipStatus, Role, Verification

ROLES = {
    Role.OFFICER: Sentence("Chi lavora per un ente territoriale"),
    Role.ADMINISTRATOR: Sentence("Chi amministra un ente territoriale"),
    Role.PROFESSOR: Sentence("Docente di un laboratorio"),
    Role.LABORATORY_MEMBER: Sentence("Chi lavora in un laboratorio"),
    Role.LABORATORY_MANAGER: Sentence("Chi dirige un laboratorio"),
    Role.DEPARTMENT_APPROVER: Sentence("Chi approva la ricerca di un dipartimento"),
    Role.SCHOOL_APPROVER: Sentence("Chi approva la didattica di una scuola"),
    Role.INSTITUTION_OFFICER: Sentence("Chi lavora per un altro ente"),
    Role.INTEGRATOR: Sentence("Chi collega programmi"),
    Role.COORDINATOR: Sentence("Coordinamento"),
}
STATUSES = {
    MembershipStatus.REQUESTED: Sentence("aspetta una risposta"),
    MembershipStatus.ACTIVE: Sentence("attivo"),
    MembershipStatus.REFUSED: Sentence("non accolto"),
    MembershipStatus.ENDED: Sentence("finito"),
}
VERIFIED = {
    Verification.DEMO: Sentence("scelto nella dimostrazione"),
    Verification.INVITATION: Sentence("per invito"),
    Verification.MAILBOX: Sentence("con il codice dalla casella dell’ente"),
    Verification.COORDINATOR: Sentence("accolto da chi decide"),
    Verification.IDENTITY_PROVIDER: Sentence("da un gestore d’identità"),
}


def role_choices(roles: Iterable[Role], language: str) -> list[tuple[str, str]]:
    """Pairs for a field to choose from."""
    return [(role.value, ROLES[role].say(language)) for role in roles]


def _name(record: MembershipRecord) -> Sentence:
    """Who it is; the demonstration's people and those who have not answered yet have no name of their own."""
    if record.verified_by is Verification.DEMO:
        return Sentence("chi prova la dimostrazione")
    if not record.arrived:
        return Sentence("invito non ancora accettato")
    return Sentence("{name}", {"name": record.person_name})


def words(record: MembershipRecord, language: str) -> dict[str, str]:
    """What a list says of a membership beside the names."""
    verified = VERIFIED[record.verified_by].say(language) if record.verified_by else ""
    return {
        "name": _name(record).say(language),
        "role": ROLES[record.role].say(language),
        "status": STATUSES[record.status].say(language),
        "verified": verified,
    }
