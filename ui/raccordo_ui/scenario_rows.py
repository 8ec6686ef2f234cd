"""The rows of a scenario: every group, and everybody without one, with a reason in words and where to go on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from raccordo import associated_managements, scenario_words
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence, translate_plural
from raccordo.published import Municipality
from raccordo.scenarios import Scenario
from raccordo.spoken import Listed
from raccordo_graph.partition import Figures, ScenarioGroup
from raccordo_ui.formats import number
from raccordo_ui.partner_cards import group_address, proposal_address


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """A group: its number in the scenario, its members with the lead first, and the links to go on with it."""

    number: int
    group: ScenarioGroup
    members: tuple[Municipality, ...]
    why: str
    already: tuple[str, ...]
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
    already: tuple[str, ...]
    anchors: tuple[AnchorRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure before (everybody alone) and after (in groups), ready to be read."""

    name: str
    before: str
    after: str


def group_rows(
    picture: Catalogue, found: Scenario, numbered: Iterable[tuple[int, ScenarioGroup]], language: str
) -> tuple[GroupRow, ...]:
    """Groups of the scenario with their numbers in it, each with its reason."""
    return tuple(_group_row(picture, found, place, group, language) for place, group in numbered)


def _group_row(
    picture: Catalogue, found: Scenario, place: int, group: ScenarioGroup, language: str
) -> GroupRow:
    letter = found.asked.function
    return GroupRow(
        number=place,
        group=group,
        members=lead_first(picture, group),
        why=scenario_words.explanation(picture, group).say(language),
        already=_already(picture, found, group.members, language),
        look=look(found, group.members, group.lead, language),
        propose=proposal_address(language, letter, group.members, group.lead, calcolo=found.snapshot_id),
    )


def _already(picture: Catalogue, found: Scenario, members: Sequence[str], language: str) -> tuple[str, ...]:
    """Who of these manages the function already, and with whom."""
    said = associated_managements.already(picture, members, found.managed)
    return tuple(one.say(language) for one in said)


def lead_first(picture: Catalogue, group: ScenarioGroup) -> tuple[Municipality, ...]:
    """The members by name, after the one that could lead."""
    towns = [picture.municipalities[code] for code in group.members]
    return tuple(sorted(towns, key=lambda town: (town.istat_code != group.lead, town.name)))


def look(found: Scenario, members: Sequence[str], lead: str, language: str) -> str:
    """The page that judges a group, for the function and on the day of the scenario."""
    day = found.asked.on.isoformat()
    return group_address(language, found.asked.function, members, capofila=lead, data=day)


def stranded_rows(picture: Catalogue, found: Scenario, language: str) -> tuple[StrandedRow, ...]:
    """Everybody without a group."""
    return tuple(
        StrandedRow(
            members=tuple(picture.municipalities[code] for code in one.members),
            why=scenario_words.why_stranded(picture, one).say(language),
            already=_already(picture, found, one.members, language),
            anchors=tuple(
                AnchorRow(
                    municipality=picture.municipalities[anchor.code],
                    kilometres=anchor.kilometres,
                    look=look(found, sorted((*one.members, anchor.code)), anchor.code, language),
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
    threshold = found.asked.threshold
    below = sum(
        town.population < threshold.needed([town.population], mountain=town.mountain_community is not None)
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
