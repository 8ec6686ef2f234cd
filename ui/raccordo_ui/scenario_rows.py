"""The rows of a scenario: every group, and everybody without one, with a reason in words and where to go on."""

from __future__ import annotations

from dataclasses import dataclass

from raccordo import scenario_words
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence, translate_plural
from raccordo.published import Municipality
from raccordo.scenarios import Scenario
from raccordo.spoken import Listed
from raccordo_graph.partition import Figures, Proposal
from raccordo_ui.formats import number
from raccordo_ui.language import address


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """A group: its number in the scenario, its members with the lead first, and the links to go on with it."""

    number: int
    proposal: Proposal
    members: tuple[Municipality, ...]
    why: str
    look: str
    propose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorRow:
    """A larger neighbour, and the link to look at the group with it as lead."""

    municipality: Municipality
    kilometres: float
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StrandedRow:
    """Municipalities without a group, why, and their possible anchors."""

    members: tuple[Municipality, ...]
    why: str
    anchors: tuple[AnchorRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure before (everybody alone) and after (in groups), ready to be read."""

    name: str
    before: str
    after: str


def group_rows(picture: Catalogue, found: Scenario, language: str) -> tuple[GroupRow, ...]:
    """Every group of the scenario, in its order."""
    return tuple(
        group_row(picture, found, proposal, place, language)
        for place, proposal in enumerate(found.partition.proposals, 1)
    )


def group_row(picture: Catalogue, found: Scenario, proposal: Proposal, place: int, language: str) -> GroupRow:
    """One group as a row."""
    towns = [picture.municipalities[code] for code in proposal.members]
    return GroupRow(
        number=place,
        proposal=proposal,
        members=tuple(sorted(towns, key=lambda town: (town.istat_code != proposal.lead, town.name))),
        why=scenario_words.explanation(picture, found.asked.function, proposal, language),
        look=_look(found, proposal.members, proposal.lead, language),
        propose=address(
            language,
            "/gestioni-associate/proposte/nuova",
            funzione=found.asked.function,
            comuni=",".join(proposal.members),
            capofila=proposal.lead,
            calcolo=found.snapshot_id,
        ),
    )


def _look(found: Scenario, members: tuple[str, ...], lead: str, language: str) -> str:
    return address(
        language,
        "/gestioni-associate/gruppo",
        funzione=found.asked.function,
        comuni=",".join(members),
        capofila=lead,
        data=found.asked.on.isoformat(),
    )


def stranded_rows(picture: Catalogue, found: Scenario, language: str) -> tuple[StrandedRow, ...]:
    """Everybody without a group."""
    return tuple(
        StrandedRow(
            members=tuple(picture.municipalities[code] for code in one.members),
            why=scenario_words.why_stranded(picture, one, language),
            anchors=tuple(
                AnchorRow(
                    municipality=picture.municipalities[anchor.code],
                    kilometres=anchor.kilometres,
                    look=_look(found, tuple(sorted((*one.members, anchor.code))), anchor.code, language),
                )
                for anchor in one.anchors
            ),
        )
        for one in found.partition.stranded
    )


def before_and_after(picture: Catalogue, found: Scenario, language: str) -> tuple[Line, ...]:
    """The same municipalities alone and in groups."""
    towns = [picture.municipalities[code] for code in found.asked_for]
    sizes, figures = sorted(town.population for town in towns), found.partition.figures
    below = sum(
        town.population
        < found.asked.floor.needed([town.population], mountain=town.mountain_community is not None)
        for town in towns
    )

    def said(value: float, digits: int = 0) -> str:
        return number(value, language, digits)

    return (
        Line(
            name=Sentence("Chi gestisce la funzione").say(language),
            before=translate_plural(
                "{count} comune da solo", "{count} comuni da soli", len(towns), language
            ).format(count=said(len(towns))),
            after=_groups_and_alone(figures, language),
        ),
        Line(
            name=Sentence("Abitanti, dal più piccolo al più grande").say(language),
            before=f"{said(sizes[0])} – {said(sizes[-1])}",
            after=f"{said(figures.smallest)} – {said(figures.largest)}",
        ),
        Line(
            name=Sentence("Sotto la soglia di riferimento").say(language),
            before=Sentence("{count} comuni", {"count": said(below)}).say(language),
            after=Sentence("nessun gruppo").say(language),
        ),
        Line(
            name=Sentence("Distanza media dal centro del gruppo").say(language),
            before="–",
            after=f"{said(figures.kilometres, 1)} km",
        ),
    )


def _groups_and_alone(figures: Figures, language: str) -> str:
    groups = translate_plural("{count} gruppo", "{count} gruppi", figures.groups, language)
    alone = translate_plural(
        "{count} comune senza gruppo", "{count} comuni senza gruppo", figures.stranded, language
    )
    said = [
        text.format(count=number(count, language, 0))
        for text, count in ((groups, figures.groups), (alone, figures.stranded))
        if count
    ]
    return Listed(said).say(language)
