"""What every stateful test stands on: a loaded database of its own for each run, and a loop to ask it with."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, ClassVar

from hypothesis.stateful import RuleBasedStateMachine

from raccordo import catalogue, database
from raccordo.catalogue import Catalogue
from raccordo.settings import Mode, Settings


class OwnDatabase(RuleBasedStateMachine):
    """A machine over a copy of `template`, whose `picture` was read before."""

    template: ClassVar[Path]
    picture: ClassVar[Catalogue]

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.runner = asyncio.Runner()
        shutil.copy(self.template, Path(self.folder.name) / self.template.name)
        self.run(self._open())

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(work)

    async def _open(self) -> None:
        self.opened = database.opened(Settings(mode=Mode.DEMO, data=Path(self.folder.name)))
        await self.opened.__aenter__()
        catalogue._current = self.picture
        catalogue._turn = asyncio.Lock()

    def teardown(self) -> None:
        self.run(self.opened.__aexit__(None, None, None))
        catalogue._current = None
        self.runner.close()
        self.folder.cleanup()
