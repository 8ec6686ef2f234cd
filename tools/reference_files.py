"""Tables of the reference folder as text: read them, write them, say where two of them differ."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "platform" / "raccordo" / "reference"
MEMBERS = ROOT / "tools" / "reference_mountain_members.csv"


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file, each as column -> text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table_text(columns: str, rows: Iterable[Iterable[object]]) -> str:
    """Return a CSV table as text: a header, comma separated, lines ending in LF."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns.split(","))
    writer.writerows(rows)
    return text.getvalue()


def first_difference(committed: str, rebuilt: str) -> int | None:
    """Return the number of the first line in which two texts differ, None when they are the same."""
    if committed == rebuilt:
        return None
    # Split at "\n" alone: splitlines() would hide a CR, and the comparison is byte for byte.
    ours, theirs = committed.split("\n"), rebuilt.split("\n")
    for number, (our, their) in enumerate(zip(ours, theirs, strict=False), start=1):
        if our != their:
            return number
    return min(len(ours), len(theirs)) + 1


def write_files(files: Mapping[str, str], folder: Path) -> None:
    """Write each text under its name in the folder, with LF line ends on every system."""
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())


def differences(committed: Path, rebuilt: Path, names: Iterable[str]) -> list[str]:
    """Return one sentence for each file that is not the same in both folders, naming file and line."""
    found = []
    for name in names:
        if not (committed / name).exists():
            found.append(f"{name} is missing: run `python tools/build_reference.py` and commit it")
            continue
        ours, theirs = (committed / name).read_bytes().decode(), (rebuilt / name).read_bytes().decode()
        line = first_difference(ours, theirs)
        if line is not None:
            found.append(f"{name} differs from its sources at line {line}")
    return found
