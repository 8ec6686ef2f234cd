"""What tests of the platform share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from raccordo import reference_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped reference files, copied so that a test may break them."""
    return Path(shutil.copytree(reference_files.shipped(), tmp_path / "reference"))
