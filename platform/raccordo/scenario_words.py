"""Why a group was suggested, or nobody found one, in a sentence: the same for pages, programs and mail."""

from __future__ import annotations

from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.spoken import Amount, Clauses, Listed
from raccordo_graph.anchoring import Reason, Stranded
from raccordo_graph.partition import ScenarioGroup

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


def explanation(catalogue: Catalogue, group: ScenarioGroup) -> Sentence:
    """One sentence: who together, how large against the threshold, how near, what they share."""
    values = {"population": Amount(group.population), "needed": Amount(group.needed)}
    return Clauses(
        [
            Sentence("{count} comuni confinanti", {"count": len(group.members)}),
            Sentence("{population} abitanti insieme, per una soglia di {needed}", values),
            Sentence("in media a {km} km dal centro del gruppo", {"km": Amount(group.kilometres, 1)}),
            *_shared(catalogue, group),
            Sentence(
                "il più grande, possibile capofila, è {lead}",
                {"lead": catalogue.municipalities[group.lead].name},
            ),
        ]
    )


def _shared(catalogue: Catalogue, group: ScenarioGroup) -> list[Sentence]:
    """The same mountain community, the same needs about the function."""
    said = []
    communities = {catalogue.municipalities[code].mountain_community for code in group.members}
    only = next(iter(communities))
    if len(communities) == 1 and only is not None:
        said.append(Sentence("tutti nella {name}", {"name": catalogue.mountain_communities[only].name}))
    if group.alike:
        said.append(
            Sentence(
                "{count} hanno scritto bisogni sullo stesso tema per questa funzione",
                {"count": len(group.alike)},
            )
        )
    return said


def why_stranded(catalogue: Catalogue, found: Stranded) -> Sentence:
    """Why these found no group, and what they can do."""
    values = {"population": Amount(found.population), "needed": Amount(found.needed)}
    why = Sentence(REASONS[found.reason].text, values)
    if found.anchors:
        next_to = Sentence("Può appoggiarsi a un vicino più grande.")
    elif found.beyond:
        names = Listed(catalogue.municipalities[code].name for code in found.beyond)
        next_to = Sentence("Confina, fuori da questa zona, con {names}.", {"names": names})
    else:
        return why
    return Sentence("{why} {next}", {"why": why, "next": next_to})
