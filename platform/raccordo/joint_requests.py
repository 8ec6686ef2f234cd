"""One request for the needs that a group has in a function: begun from their titles, each under whoever wrote it."""

from __future__ import annotations

from raccordo.catalogue import Catalogue
from raccordo.groups import Evaluation
from raccordo.need_input import CHOICES, TITLE, NeedInput
from raccordo.published import Municipality
from raccordo.spoken import Listed

FEWEST = 2  # needs: one need is asked for as it stands


def possible(group: Evaluation) -> bool:
    """Whether there is something to ask for together: two needs, whoever wrote them."""
    return len(group.pool.needs) >= FEWEST


def begun(catalogue: Catalogue, group: Evaluation) -> NeedInput:
    """A need of the lead's, in Italian as needs are, that names every need it begins from and its author."""
    names, function = Listed(town.name for town in group.members).say(), group.function
    needs = group.pool.needs
    themes = tuple(dict.fromkeys(slug for need in needs for slug in need.themes))
    opening = (
        f"Richiesta comune di {names}, con capofila {group.lead.name}, per la funzione «{function.short_it}». Parte da"
        " questi bisogni, che restano di chi li ha scritti:"
    )
    lines = (
        opening,
        *(f"- «{one.title}» ({catalogue.owner(one).name}, bisogno {one.number})" for one in needs),
        "",
        "Che cosa si chiede insieme: ",
    )
    return NeedInput(
        title=f"Richiesta comune: {function.short_it} ({names})"[:TITLE],
        description="\n".join(lines),
        functions=(function.letter,),
        themes=themes[:CHOICES],
    )


def to_invite(group: Evaluation) -> tuple[Municipality, ...]:
    """The members beside the lead: once it has published, it invites them to share the request."""
    return tuple(town for town in group.members if town != group.lead)
