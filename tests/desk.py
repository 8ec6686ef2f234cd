"""An operator's desk: files are written there and brought in, and what is said is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from dump import dump
from raccordo import importing
from raccordo.importing.arrival import Outcome
from raccordo.problems import BrokenTable


class Desk:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: list[str] = []

    async def bring(self, kind: str, content: str | bytes, *, dry_run: bool = False) -> Outcome:
        path = self.folder / f"{kind}.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        self.said.clear()
        return await importing.run(kind, path, lambda one: self.said.append(str(one)), dry_run=dry_run)

    async def refused(self, kind: str, content: str | bytes) -> list[str]:
        """The problems of a file, after checking that it changed nothing."""
        before = await dump()
        with pytest.raises(BrokenTable) as broken:
            await self.bring(kind, content)
        assert await dump() == before
        return [str(problem.sentence) for problem in broken.value.problems]
