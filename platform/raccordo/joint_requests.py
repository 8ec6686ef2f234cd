"""One request for the needs that a group has in a function: begun from their titles, each under whoever wrote it."""

from __future__ import annotations

from raccordo.catalogue import Catalogue
from raccordo.groups import Evaluation
from raccordo.language import Sentence
from raccordo.need_input import CHOICES, TITLE, NeedInput
from raccordo.published import Municipality
from raccordo.spoken import Listed

FEWEST = 2  # needs: one need is asked for as it stands


def possible(group: Evaluation) -> bool:
    """Whether there is something to ask for together: two needs, whoever wrote them."""
    return len(group.pool.needs) >= FEWEST


def begun(catalogue: Catalogue, group: Evaluation) -> NeedInput:
    """A need of the lead's, in Italian as needs are, that names every need it begins from and its author."""
    names = Listed(town.name for town in group.members)
    values = {"names": names, "lead": group.lead.name, "function": group.function.short_it}
    title = Sentence("Richiesta comune: {function} ({names})", values).say()
    opening = Sentence(
        "Richiesta comune di {names}, con capofila {lead}, per la funzione «{function}». Parte da questi bisogni, che"
        " restano di chi li ha scritti:",
        values,
    ).say()
    lines = [
        Sentence(
            "- «{title}» ({owner}, bisogno {number})",
            {"title": need.title, "owner": catalogue.owner(need).name, "number": need.number},
        ).say()
        for need in group.pool.needs
    ]
    asked = Sentence("Che cosa si chiede insieme:").say()
    themes = tuple(dict.fromkeys(slug for need in group.pool.needs for slug in need.themes))
    return NeedInput(
        title=title[:TITLE],
        description="\n".join([opening, *lines, "", f"{asked} "]),
        functions=(group.function.letter,),
        themes=themes[:CHOICES],
    )


def to_invite(group: Evaluation) -> tuple[Municipality, ...]:
    """The members beside the lead: once it has published, it invites them to share the request."""
    return tuple(town for town in group.members if town != group.lead)
