"""Everything that is computed in the background, by name."""

from __future__ import annotations

from collections.abc import Mapping

from raccordo.computations import Kind

ALL: tuple[Kind, ...] = ()
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in ALL}
