"""Municipalities under 5,000 residents divided into groups, beside MaxP of `spopt` in the same run.

    python benchmarks/associations.py

Both divide the same municipalities, province by province, on the same borders, with the same traits; the threshold is
5,000 residents together, or 3,000 where all members are in mountain communities; four times the smallest member, which
is enough in a scenario, is not asked here, because the peer knows no such rule. The peer is installed by pip into
build/spopt the first time. Times are those
of the processor; ratios travel between machines, single times do not.
"""

import csv
import json
import subprocess
import sys
import venv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

import networkx as nx

from raccordo_graph.ground import Ground
from raccordo_graph.objectives import WEIGHTS, Objective, deviation, distances
from raccordo_graph.partition import Way, partition
from raccordo_graph.territory import Border, Municipality, Territory, build
from raccordo_graph.thresholds import Threshold

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "platform/raccordo/reference"
PEER = ROOT / "build/spopt"
PEER_VERSION = "0.7.0"
PATIENCE = 20.0  # seconds of the peer for one connected piece of a province, for each of its seeds
LIMIT, THRESHOLD = 5000, Threshold(residents=5000, mountain_residents=3000)
ALIKE = {Objective.SIMILARITY: 10.0}
SCALE = 15_000  # the peer adds up shares of a threshold, told as whole numbers

Groups = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    name: str
    groups: Groups
    seconds: float
    note: str = ""


def territory() -> Territory:
    """Return the municipalities and borders that ship with the product."""

    def rows(name: str) -> Iterator[dict[str, str]]:
        with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)

    return build(
        (
            Municipality(
                istat_code=row["istat_code"],
                population=int(row["population"]),
                over_65=int(row["population_over_65"]),
                area_km2=float(row["area_km2"]),
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                province=row["province"],
                mountain_community=row["mountain_community"] or None,
            )
            for row in rows("municipalities")
        ),
        (
            Border(first=row["first"], second=row["second"], metres=int(row["metres"]))
            for row in rows("borders")
        ),
    )


def ours(
    land: Territory,
    provinces: dict[str, list[str]],
    way: Way,
    least: int,
    weights: Mapping[Objective, float] = WEIGHTS,
) -> Row:
    """Divide every province, with the product's own weights unless others are given."""
    start = process_time()
    found = [
        one.members
        for codes in provinces.values()
        for one in partition(
            land, codes, threshold=THRESHOLD, weights=weights, way=way, least_members=least
        ).groups
    ]
    note = f"at least {least} members" if least > 1 else "one is allowed"
    name = {Way.QUICK: "greedy and exchange", Way.BEST: "and set partitioning"}[way]
    said = note if weights is WEIGHTS else f"{note}, likeness alone counts"
    return Row(name, found, process_time() - start, said)


def whole_region(land: Territory, codes: Sequence[str]) -> Row:
    """Divide all at once, across the borders of provinces."""
    start = process_time()
    found = partition(land, codes, threshold=THRESHOLD, way=Way.QUICK).groups
    return Row(
        "greedy and exchange, region",
        [one.members for one in found],
        process_time() - start,
        "at least 2 members",
    )


def max_p(land: Territory, whole: Ground, provinces: dict[str, list[str]]) -> Row | str:
    """Divide every province with the peer, or say why not."""
    if problem := installed():
        return problem
    pieces = [piece for codes in provinces.values() for piece in coverable(land, codes)]
    asked = {"seconds": PATIENCE, "pieces": [described(land, whole, codes) for codes in pieces]}
    print(f"MaxP divides {len(pieces)} pieces of land", file=sys.stderr)
    script = ROOT / "benchmarks/yardsticks/max_p.py"
    ran = subprocess.run(
        [PEER / "bin/python", script], input=json.dumps(asked), capture_output=True, text=True, check=False
    )
    if ran.returncode:
        return f"MaxP failed: {ran.stderr.strip().splitlines()[-1:]}"
    answers = [json.loads(line) for line in ran.stdout.splitlines()]
    found = [
        group for codes, answer in zip(pieces, answers, strict=True) for group in labelled(codes, answer)
    ]
    lost = sum(answer["lost"] for answer in answers)
    never = sum(len(codes) for codes, answer in zip(pieces, answers, strict=True) if answer["labels"] is None)
    note = f"{lost} tries failed or were stopped after {PATIENCE:.0f} s and are not counted, {never} municipalities given up"
    spent = sum(answer["seconds"] for answer in answers if answer["labels"] is not None)
    return Row(f"MaxP (spopt {PEER_VERSION})", found, spent, note)


def installed() -> str:
    """Install the peer once; '' when it is there, else why it cannot be had."""
    if (PEER / ".installed").exists():
        return ""
    try:
        venv.create(PEER, with_pip=True)
        pip = [str(PEER / "bin/python"), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
        subprocess.run([*pip, f"spopt=={PEER_VERSION}"], check=True)
    except (OSError, subprocess.CalledProcessError) as problem:
        return f"MaxP is not here: spopt {PEER_VERSION} could not be installed into {PEER} ({problem}); it needs pip and a package index"
    (PEER / ".installed").touch()
    return ""


def coverable(land: Territory, codes: Sequence[str]) -> list[list[str]]:
    """Return the connected pieces that can reach the threshold; MaxP knows no municipality without a group."""
    pieces = map(sorted, nx.connected_components(land.subgraph(codes)))
    return [piece for piece in sorted(pieces) if reaches(land, piece)]


def described(land: Territory, whole: Ground, codes: list[str]) -> dict[str, Any]:
    """Return a piece as the peer takes it.

    MaxP knows one threshold of a sum: every municipality brings its residents as a share of its own threshold. Where
    mountain and plain mix that is milder than the rule, so the peer never has it harder.
    """
    place, traits = {code: at for at, code in enumerate(codes)}, traits_of(whole)
    return {
        "near": {
            at: sorted(place[other] for other in land.adj[code] if other in place)
            for code, at in place.items()
        },
        "traits": [traits[code] for code in codes],
        "residents": [
            round(
                SCALE
                * node["population"]
                / THRESHOLD.needed([node["population"]], mountain=node["mountain_community"] is not None)
            )
            for node in (land.nodes[code] for code in codes)
        ],
        "threshold": SCALE,
    }


def traits_of(whole: Ground) -> dict[str, tuple[float, ...]]:
    """Return the standardised traits of every municipality: residents, age and density over all that are asked."""
    return {code: whole.towns[at].traits for at, code in enumerate(whole.codes)}


def labelled(codes: list[str], answer: dict[str, Any]) -> Groups:
    """Return the groups of the peer's labels."""
    labels = answer["labels"] or []
    return [
        tuple(code for code, label in zip(codes, labels, strict=True) if label == one)
        for one in sorted(set(labels))
    ]


def reaches(land: Territory, codes: Sequence[str]) -> bool:
    """Return whether a group meets the threshold and hangs together."""
    nodes = [land.nodes[code] for code in codes]
    people = [node["population"] for node in nodes]
    needed = THRESHOLD.needed(people, mountain=all(node["mountain_community"] for node in nodes))
    return sum(people) >= needed and nx.is_connected(land.subgraph(codes))


def line(land: Territory, whole: Ground, row: Row) -> str:
    """Return the figures of one division.

    Heterogeneity is the mean, over municipalities and traits, of the absolute deviation of a standardised trait
    (residents, share over 65, density) from the mean of its group; 0 is a group of equals. Kilometres are the mean
    distance of the members from the middle of their group. Both are computed here, alike for all.
    """
    place = {code: at for at, code in enumerate(whole.codes)}
    groups = [[whole.towns[place[code]] for code in codes] for codes in row.groups]
    covered = sum(map(len, groups)) or 1
    meeting = sum(reaches(land, codes) for codes in row.groups) / max(1, len(groups))
    alone = sum(len(group) == 1 for group in groups)
    het = sum(map(deviation, groups)) / covered
    km = sum(sum(distances(group)) for group in groups) / covered
    return (
        f"{row.name:<28} {len(groups):6} {alone:6} {sum(map(len, groups)):8} {meeting:8.1%} {het:14.3f} {km:6.2f} "
        f"{row.seconds:8.1f}  {row.note}"
    )


def main() -> None:
    """Print the table."""
    land = territory()
    codes = [code for code in land if land.nodes[code]["population"] < LIMIT]
    provinces: dict[str, list[str]] = {}
    for code in codes:
        provinces.setdefault(land.nodes[code]["province"], []).append(code)
    whole = Ground(land, codes, threshold=THRESHOLD, weights=WEIGHTS, themes={}, least_members=1)
    print(f"{len(codes)} municipalities under {LIMIT:,} residents in {len(provinces)} provinces")
    print(f"{'':28} groups  alone  covered  meeting  heterogeneity     km  seconds")
    partition(land, provinces["014"], threshold=THRESHOLD)  # loads the solver, once a process
    for row in (
        ours(land, provinces, Way.QUICK, 1),
        ours(land, provinces, Way.BEST, 1),
        ours(land, provinces, Way.BEST, 1, ALIKE),
        ours(land, provinces, Way.QUICK, 2),
        best := ours(land, provinces, Way.BEST, 2),
        whole_region(land, codes),
    ):
        print(line(land, whole, row), flush=True)
    peer = max_p(land, whole, provinces)
    if isinstance(peer, str):
        print(peer)
        return
    print(line(land, whole, peer))
    print(f"MaxP / ours, in seconds: {peer.seconds / best.seconds:.1f}")


if __name__ == "__main__":
    main()
