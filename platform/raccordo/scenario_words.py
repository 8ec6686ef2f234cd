"""Why a group was proposed, or nobody found one, in a sentence: the same for pages, programs and mail."""

from __future__ import annotations

from babel.numbers import format_decimal

from raccordo.catalogue import Catalogue
from raccordo.language import Sentence, translate
from raccordo.scenario_input import themes_of
from raccordo_graph.anchoring import Reason, Stranded
from raccordo_graph.partition import Proposal

REASONS = {
    Reason.ISLAND: Sentence(
        "Non confina con nessun comune che si possa suggerire: una convenzione è possibile anche senza confine comune."
    ),
    Reason.ALONE: Sentence(
        "Nessun vicino di questa zona cerca compagnia: da solo ha {population} abitanti, la soglia è {needed}."
    ),
    Reason.TOO_FEW: Sentence(
        "Tutti i piccoli comuni confinanti insieme hanno {population} abitanti, la soglia è {needed}."
    ),
}
LOCALES = {"it": "it_IT", "en": "en_GB"}


def explanation(catalogue: Catalogue, function: str, proposal: Proposal, language: str) -> str:
    """One sentence: who together, how large against the threshold, how near, what they share."""
    lead = catalogue.municipalities[proposal.lead]
    parts = [
        Sentence("{count} comuni confinanti", {"count": len(proposal.members)}).say(language),
        Sentence(
            "{population} abitanti insieme, per una soglia di {needed}",
            {
                "population": _number(proposal.population, language),
                "needed": _number(proposal.needed, language),
            },
        ).say(language),
        Sentence(
            "in media a {km} km dal centro del gruppo", {"km": _number(proposal.kilometres, language, 1)}
        ).say(language),
        *_shared(catalogue, function, proposal, language),
        Sentence("il più grande, possibile capofila, è {lead}", {"lead": lead.name}).say(language),
    ]
    return "; ".join(parts) + "."


def _shared(catalogue: Catalogue, function: str, proposal: Proposal, language: str) -> list[str]:
    """The same mountain community, the same needs about the function."""
    said = []
    communities = {catalogue.municipalities[code].mountain_community for code in proposal.members}
    only = next(iter(communities))
    if len(communities) == 1 and only is not None:
        name = catalogue.mountain_communities[only].name
        said.append(Sentence("tutti nella {name}", {"name": name}).say(language))
    themes = themes_of(catalogue, function)
    writers = [code for code in proposal.members if code in themes]
    if len(writers) > 1 and frozenset.intersection(*(themes[code] for code in writers)):
        shared = Sentence(
            "{count} hanno scritto bisogni sullo stesso tema per questa funzione", {"count": len(writers)}
        )
        said.append(shared.say(language))
    return said


def why_stranded(catalogue: Catalogue, found: Stranded, language: str) -> str:
    """Why these found no group, and what they can do."""
    values = {"population": _number(found.population, language), "needed": _number(found.needed, language)}
    said = [Sentence(REASONS[found.reason].text, values).say(language)]
    if found.anchors:
        said.append(translate("Può appoggiarsi a un vicino più grande.", language))
    elif found.beyond:
        names = ", ".join(catalogue.municipalities[code].name for code in found.beyond)
        said.append(Sentence("Confina, fuori da questa zona, con {names}.", {"names": names}).say(language))
    return " ".join(said)


def _number(value: float, language: str, digits: int = 0) -> str:
    return format_decimal(value, format="#,##0" + (".0" if digits else ""), locale=LOCALES[language])
