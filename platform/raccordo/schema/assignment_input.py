"""A scenario of the coordination as an input of the schema: the fields of the form, with their defaults."""

from __future__ import annotations

import strawberry

from raccordo.assignment_scenario import ScenarioInput
from raccordo.schema.fields import described


@strawberry.input(description="What a plan is asked for; only the name is required.")
class AssignmentInput:
    name: str = described("A few words to find it again.")
    least_each: int = strawberry.field(default=1, description="Laboratories for each need, at least: 0 to 5.")
    most_each: int = strawberry.field(default=1, description="Laboratories for each need, at most: 1 to 5.")
    assumed_places: int = strawberry.field(
        default=2, description="Places of a laboratory that never said how many it has: 0 to 99."
    )
    least_band: str = strawberry.field(
        default="weak", description="The weakest match that counts: weak, plausible or strong."
    )
    examples: bool = strawberry.field(default=False, description="Whether example needs are planned too.")
    size_share: int = strawberry.field(
        default=0, description="The percentage of the needs of each size class that is to be served well."
    )
    mountain_share: int = strawberry.field(default=0, description="The same for the mountains.")
    province_share: int = strawberry.field(default=0, description="The same for each province.")
    floor_fit: int = strawberry.field(
        default=30, description="The score, in hundredths, from which a need is served well."
    )
    tolerance: float = strawberry.field(
        default=0.6, description="The percentage of the total given up for the worst-served need: 0 to 10."
    )
    seed: int = strawberry.field(default=0, description="Chooses between plans that are worth the same.")
    quotas: str = strawberry.field(
        default="", description='Laboratories with other places, a line each: "lia 1-4".'
    )
    demands: str = strawberry.field(
        default="", description='Needs with another demand, a line each: "28 0-2".'
    )
    floors: str = strawberry.field(
        default="", description='Groups with another number of needs, a line each: "province:097 3".'
    )
    let_go: str = strawberry.field(default="", description='Locks that are not kept, a line each: "28 lia".')


def written(asked: AssignmentInput) -> ScenarioInput:
    """The input as the form would have it."""
    values = {name: str(value) for name, value in vars(asked).items()}
    return ScenarioInput(**{**values, "examples": "si" if asked.examples else ""})
