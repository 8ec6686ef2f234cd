"""Everything that is computed in the background, by name."""

from __future__ import annotations

from collections.abc import Mapping

from raccordo import assignment_computing, scenario_work
from raccordo.computations import Kind

ALL: tuple[Kind, ...] = (assignment_computing.KIND, scenario_work.KIND)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in ALL}
