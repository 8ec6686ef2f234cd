"""How well suggested partners agree with groups of municipalities that really act together.

    make associations EVAL=FOLDER

Reads FOLDER/associations/joint_projects.csv, prints a table and writes build/associations.json. Nothing of the folder
is kept. docs/partners.md says what the figures mean.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from raccordo import municipalities, partners
from raccordo.catalogue import Catalogue
from raccordo.refusals import NotFound
from raccordo_graph import partners as graph_partners
from raccordo_graph import territory as land
from raccordo_graph.affinity import Circumstances
from yardsticks import product
from yardsticks.figures import Counts, share
from yardsticks.folder import Evaluation, NotMeasured, accepted, all_known
from yardsticks.intervals import Figure, figure

WRITTEN = Path(__file__).parents[1] / "build" / "associations.json"
FILE = "associations/joint_projects.csv"
COLUMNS = ("function", "members_istat")
DEPTHS = (5, 10)
USAGE = "Say where the real groups are: make associations EVAL=FOLDER (docs/partners.md says what is in it)."

Order = Callable[[str, str], Sequence[str]]
"""From a municipality and a function to the others, best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RealGroup:
    function: str
    members: tuple[str, ...]
    connected: bool


def real_groups(evaluation: Evaluation, published: Catalogue) -> list[RealGroup]:
    """The groups of the folder, by today's codes; one that is a single municipality today is left out."""
    rows = evaluation.rows(FILE, COLUMNS)
    all_known(FILE, "function", {row["function"] for row in rows}, published.functions)
    found = []
    for line, row in enumerate(rows, start=2):
        members = {_today(published, code, line) for code in accepted(row["members_istat"])}
        if len(members) > 1:
            connected = len(land.pieces(published.territory, members)) == 1
            found.append(
                RealGroup(function=row["function"], members=tuple(sorted(members)), connected=connected)
            )
    if not found:
        raise NotMeasured(f"{FILE}: no group of two municipalities or more")
    return found


def _today(published: Catalogue, code: str, line: int) -> str:
    try:
        return municipalities.find(published, code).istat_code
    except NotFound:
        raise NotMeasured(f"{FILE}, row {line}: no municipality of Lombardy has the code {code!r}") from None


def orders(published: Catalogue) -> dict[str, Order]:
    """Ours first, then three plain ones."""
    known: dict[str, Circumstances] = {}
    ways = published.territory

    def ours(code: str, function: str) -> Sequence[str]:
        if function not in known:
            known[function] = partners.circumstances(published, function, managed={})
        found = graph_partners.partners(ways, code, known[function], first=max(DEPTHS))
        return [one.istat_code for one in found]

    def nearest(code: str, _: str) -> Sequence[str]:
        return sorted(ways, key=lambda other: (land.apart(ways, code, other), other))

    def longest_border(code: str, _: str) -> Sequence[str]:
        return sorted(
            ways,
            key=lambda other: (-land.border(ways, code, other), land.apart(ways, code, other), other),
        )

    def same_community(code: str, _: str) -> Sequence[str]:
        mine = ways.nodes[code]["mountain_community"]
        return sorted(
            ways,
            key=lambda other: (
                mine is None or ways.nodes[other]["mountain_community"] != mine,
                land.apart(ways, code, other),
                other,
            ),
        )

    return {
        "ours": ours,
        "nearest": nearest,
        "longest border": longest_border,
        "same mountain community, then nearest": same_community,
    }


def recalled(groups: Sequence[RealGroup], order: Order) -> dict[int, list[Counts]]:
    """For each depth and group, the sum over its members of hits / min(depth, the others), and the members."""
    seen: dict[tuple[str, str], list[str]] = {}
    found: dict[int, list[Counts]] = {depth: [] for depth in DEPTHS}
    for group in groups:
        others = set(group.members)
        sums = dict.fromkeys(DEPTHS, 0.0)
        for member in group.members:
            key = member, group.function
            if key not in seen:
                seen[key] = [code for code in order(*key) if code != member][: max(DEPTHS)]
            for depth in DEPTHS:
                hits = len(others.intersection(seen[key][:depth]))
                sums[depth] += hits / min(depth, len(others) - 1)
        for depth in DEPTHS:
            found[depth].append((sums[depth], float(len(others))))
    return found


def measure(groups: Sequence[RealGroup], published: Catalogue) -> dict[str, dict[int, list[Counts]]]:
    return {name: recalled(groups, order) for name, order in orders(published).items()}


def parts(groups: Sequence[RealGroup]) -> dict[str, list[int]]:
    """The places of the groups of every function, and of what limits the recall."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        found[f"function {group.function}"].append(place)
        found["contiguous" if group.connected else "not contiguous"].append(place)
        size = len(group.members)
        found["2-5 members" if size <= 5 else "6-20 members" if size <= 20 else "more than 20"].append(place)
    return dict(sorted(found.items()))


def _figures(cases: Mapping[int, Sequence[Counts]], places: Sequence[int] | None = None) -> list[Figure]:
    return [
        figure(
            [counts for place, counts in enumerate(cases[depth]) if places is None or place in places], share
        )
        for depth in DEPTHS
    ]


def lines(groups: Sequence[RealGroup], found: Mapping[str, Mapping[int, Sequence[Counts]]]) -> list[str]:
    """The table: ours, the plain ones, and ours by function, contiguity and size."""
    rows = [(name, len(groups), _figures(cases)) for name, cases in found.items()]
    rows += [(name, len(places), _figures(found["ours"], places)) for name, places in parts(groups).items()]
    width = max(len(name) for name, _, _ in rows)
    head = f"{'':{width}}  groups  recall@5  95 % interval  recall@10  95 % interval"
    return [head] + [
        f"{name:{width}}  {count:6}  {five.value:8.3f}  {five.low:.3f} - {five.high:.3f}"
        f"  {ten.value:9.3f}  {ten.low:.3f} - {ten.high:.3f}"
        for name, count, (five, ten) in rows
    ]


def numbers(
    groups: Sequence[RealGroup], found: Mapping[str, Mapping[int, Sequence[Counts]]]
) -> dict[str, Any]:
    """What machines read: ours, by function, and the intervals."""
    whole = _figures(found["ours"])
    by_function = {
        name.removeprefix("function "): _figures(found["ours"], places)
        for name, places in parts(groups).items()
        if name.startswith("function ")
    }
    names = [f"recall{depth}" for depth in DEPTHS]

    def values(figures: Sequence[Figure]) -> dict[str, float]:
        return {name: round(one.value, 4) for name, one in zip(names, figures, strict=True)}

    return {
        **values(whole),
        "by_function": {letter: values(figures) for letter, figures in by_function.items()},
        "intervals": {
            name: [round(one.low, 4), round(one.high, 4)] for name, one in zip(names, whole, strict=True)
        },
    }


def main(arguments: Sequence[str], target: Path = WRITTEN) -> int:
    """Print the table, write the numbers and return the exit code."""
    if len(arguments) != 1 or not arguments[0]:
        print(USAGE, file=sys.stderr)
        return 2
    root = Path(arguments[0])
    if not root.is_dir():
        print(f"EVAL: {root} is not a folder", file=sys.stderr)
        return 2
    published, _ = asyncio.run(product.shipped())
    try:
        groups = real_groups(Evaluation(root), published)
    except NotMeasured as reason:
        print(f"Not measured: {reason}", file=sys.stderr)
        return 1
    found = measure(groups, published)
    print("\n".join(lines(groups, found)))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(numbers(groups, found), indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
