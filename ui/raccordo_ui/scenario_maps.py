"""The map of a scenario: groups in a few colours that differ where they touch, and who is without one."""

from __future__ import annotations

from dataclasses import dataclass

from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.scenarios import Scenario
from raccordo_graph.colouring import shades
from raccordo_ui.drawings import Label, Shape
from raccordo_ui.outlines import Box, box_of, coarse_outlines, outlines, rings

COLOURS = 4
OUTSIDE, ALONE = "c0", "without"
LETTER = 0.021  # height of a number on the map, as a share of the map's longer side


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """Municipalities drawn alike: `kind` is their class in the stylesheet, `number` that of the group or 0."""

    kind: str
    number: int
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioMap:
    """The area with its patches, the numbers of the groups where they fit, and how large these are."""

    box: Box
    patches: tuple[Patch, ...]
    labels: tuple[Label, ...]
    letter: float


def scenario_map(picture: Catalogue, found: Scenario, language: str) -> ScenarioMap:
    """Draw a scenario; the region on the coarse grid and without numbers."""
    drawn = coarse_outlines() if found.asked.is_region else outlines()
    box = box_of([drawn.municipalities[code] for code in found.area]).wider(0.02)

    def patch(kind: str, number: int, codes: tuple[str, ...], name: str) -> Patch:
        shapes = tuple(
            Shape(
                code=code,
                title=f"{picture.municipalities[code].name}: {name}",
                path=drawn.municipalities[code],
            )
            for code in codes
        )
        return Patch(kind=kind, number=number, shapes=shapes)

    groups = [one.members for one in found.partition.groups]
    alone = tuple(code for one in found.partition.stranded for code in one.members)
    outside = tuple(sorted(set(found.area) - set(found.asked_for)))
    patches = [
        patch(f"c{shade + 1}", number, members, Sentence("gruppo {number}", {"number": number}).say(language))
        for number, (members, shade) in enumerate(
            zip(groups, shades(picture.territory, groups, COLOURS), strict=True), 1
        )
    ]
    patches.append(patch(ALONE, 0, alone, Sentence("senza gruppo").say(language)))
    patches.append(patch(OUTSIDE, 0, outside, Sentence("più abitanti del limite").say(language)))
    letter = box.span * LETTER
    return ScenarioMap(
        box=box,
        patches=tuple(one for one in patches if one.shapes),
        labels=() if found.asked.is_region else _labels(patches, letter),
        letter=round(letter, 1),
    )


def _labels(patches: list[Patch], letter: float) -> tuple[Label, ...]:
    """Numbers in the middle of the largest member; one that would cover another is left out."""
    placed: list[Label] = []
    for one in patches:
        if not one.number:
            continue
        largest = max(one.shapes, key=lambda shape: box_of([shape.path]).span)
        points = [point for ring in rings(largest.path) for point in ring]
        x, y = (sum(point[axis] for point in points) / len(points) for axis in (0, 1))
        far = (abs(x - other.x) > 1.3 * letter or abs(y - other.y) > letter for other in placed)
        if all(far):
            placed.append(Label(x=round(x), y=round(y), text=str(one.number)))
    return tuple(placed)
