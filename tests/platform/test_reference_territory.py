"""The committed territory: who is in it, how it hangs together, how it is drawn."""

import csv
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "platform" / "raccordo" / "reference"
CAMPIONE_D_ITALIA = "013040"

Point = tuple[int, int]


@cache
def table(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def codes() -> set[str]:
    return {row["istat_code"] for row in table("municipalities.csv")}


def municipality(code: str) -> dict[str, str]:
    return next(row for row in table("municipalities.csv") if row["istat_code"] == code)


def today_of(code: str) -> str:
    """Follow the successions in the order of their dates."""
    for row in sorted(table("successions.csv"), key=lambda row: row["on"]):
        if row["predecessor_istat"] == code:
            code = row["successor_istat"]
    return code


@cache
def paths(part: str) -> dict[str, str]:
    content = json.loads((REFERENCE / "boundaries.json").read_text(encoding="utf-8"))
    found: dict[str, str] = content[part]
    return found


def rings(path: str) -> Iterator[list[Point]]:
    """Yield the points of each closed ring: an absolute start, then relative steps."""
    for ring in path.split("z")[:-1]:
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        x = y = 0
        points = []
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step_x, y + step_y
            points.append((x, y))
        yield points


def points_of(code: str) -> set[Point]:
    return {point for ring in rings(paths("municipalities")[code]) for point in ring}


def edges(part: str) -> Counter[tuple[Point, Point]]:
    return Counter(
        edge for path in paths(part).values() for ring in rings(path) for edge in pairwise([*ring, ring[0]])
    )


def outlines(part: str) -> list[int]:
    """Return the lengths of the rings made of the edges that no neighbour has the other way round."""
    found = edges(part)
    outer = {start: end for start, end in found if not found[end, start]}
    lengths = []
    while outer:
        start, end = outer.popitem()
        length = 1
        while end != start:
            end, length = outer.pop(end), length + 1
        lengths.append(length)
    return sorted(lengths)


# --- municipalities


def test_there_are_1501_municipalities_sorted_by_code() -> None:
    listed = [row["istat_code"] for row in table("municipalities.csv")]

    assert len(listed) == 1501
    assert listed == sorted(set(listed))


def test_codes_have_their_official_shape() -> None:
    for row in table("municipalities.csv"):
        assert re.fullmatch(r"\d{6}", row["istat_code"]), row
        assert re.fullmatch(r"[A-Z]\d{3}", row["cadastral_code"]), row
        assert row["province"] == row["istat_code"][:3]


def test_no_two_municipalities_share_a_cadastral_code() -> None:
    assert len({row["cadastral_code"] for row in table("municipalities.csv")}) == 1501


def test_figures_are_plausible() -> None:
    for row in table("municipalities.csv"):
        assert 0 < int(row["population_over_65"]) < int(row["population"]), row
        assert 0.9 < float(row["area_km2"]) < 300, row
        assert 44.6 < float(row["latitude"]) < 46.7, row
        assert 8.4 < float(row["longitude"]) < 11.5, row


def test_the_region_has_the_residents_that_istat_counted() -> None:
    assert sum(int(row["population"]) for row in table("municipalities.csv")) == 9_950_742


def test_milan_is_milan() -> None:
    milan = municipality("015146")

    assert (milan["name"], milan["cadastral_code"]) == ("Milano", "F205")
    assert (round(float(milan["latitude"]), 1), round(float(milan["longitude"]), 1)) == (45.5, 9.2)


def test_a_merged_municipality_has_the_residents_of_all_its_predecessors() -> None:
    # ISTAT, 1 January 2023: Bardello 1,592, Bregano 815, Malgesso 1,210.
    merged = municipality("012144")

    assert merged["population"] == str(1592 + 815 + 1210)
    assert merged["source"].endswith("predecessors summed")


def test_every_row_of_every_table_says_where_it_comes_from() -> None:
    for name in ("municipalities.csv", "successions.csv", "provinces.csv", "mountain_communities.csv"):
        assert all(row["source"] for row in table(name)), name


# --- provinces and mountain communities


def test_there_are_eleven_provinces_and_one_metropolitan_city() -> None:
    kinds = Counter(row["kind"] for row in table("provinces.csv"))

    assert kinds == {"PROVINCE": 11, "METROPOLITAN_CITY": 1}


def test_every_province_exists_and_has_its_capital_inside() -> None:
    provinces = {row["istat_code"]: row for row in table("provinces.csv")}

    assert {row["province"] for row in table("municipalities.csv")} == set(provinces)
    for code, province in provinces.items():
        assert municipality(province["capital_istat"])["province"] == code


def test_the_23_mountain_communities_have_509_members() -> None:
    members = Counter(row["mountain_community"] for row in table("municipalities.csv"))
    del members[""]

    assert set(members) == {row["slug"] for row in table("mountain_communities.csv")}
    assert (len(members), members.total()) == (23, 509)


def test_a_mountain_community_has_its_seat_and_province_in_the_registry() -> None:
    for row in table("mountain_communities.csv"):
        assert municipality(row["seat_istat"])["province"] == row["province"], row["slug"]


# --- successions


def test_every_succession_ends_in_a_municipality_of_today() -> None:
    for row in table("successions.csv"):
        assert today_of(row["predecessor_istat"]) in codes(), row


def test_a_code_that_only_a_predecessor_had_is_no_longer_listed() -> None:
    for row in table("successions.csv"):
        if row["predecessor_istat"] != row["successor_istat"]:
            assert row["predecessor_istat"] not in codes(), row


def test_undoing_the_successions_gives_the_1506_codes_of_2022() -> None:
    rows = table("successions.csv")
    predecessors = {row["predecessor_istat"] for row in rows}
    new = {row["successor_istat"] for row in rows} - {"018026", "018094"}  # these two kept their codes

    assert len((codes() - new) | predecessors) == 1506


def test_today_carries_the_last_name_that_the_successions_gave() -> None:
    for row in table("successions.csv"):
        today = municipality(row["successor_istat"])
        assert (today["name"], today["cadastral_code"]) == (row["successor"], row["successor_cadastral_code"])


def test_a_renaming_keeps_the_code_and_changes_the_name() -> None:
    renamed = [row for row in table("successions.csv") if row["predecessor_istat"] == row["successor_istat"]]

    assert [(row["predecessor"], row["successor"]) for row in renamed] == [
        ("Campospinoso", "Campospinoso Albaredo")
    ]


def test_successions_are_dated_after_2022_and_not_in_the_future() -> None:
    for row in table("successions.csv"):
        assert date(2023, 1, 1) <= date.fromisoformat(row["on"]) <= date(2026, 11, 23)


# --- borders


def test_there_are_4260_borders_each_written_once() -> None:
    pairs = [(row["first"], row["second"]) for row in table("borders.csv")]

    assert len(pairs) == 4260
    assert pairs == sorted(set(pairs))
    assert all(first < second for first, second in pairs)


def test_borders_join_municipalities_of_today_and_have_a_length() -> None:
    for row in table("borders.csv"):
        assert {row["first"], row["second"]} <= codes()
        assert int(row["metres"]) > 0


def test_all_municipalities_hang_together_but_campione_d_italia() -> None:
    neighbours = defaultdict(set)
    for row in table("borders.csv"):
        neighbours[row["first"]].add(row["second"])
        neighbours[row["second"]].add(row["first"])
    reached, waiting = set(), ["015146"]
    while waiting:
        code = waiting.pop()
        if code not in reached:
            reached.add(code)
            waiting.extend(neighbours[code])

    assert codes() - reached == {CAMPIONE_D_ITALIA}


# --- boundaries


def test_the_whole_region_travels_in_under_80_kilobytes() -> None:
    size = len(gzip.compress((REFERENCE / "boundaries.json").read_bytes(), 6))

    assert size < 80_000


def test_every_municipality_and_province_is_drawn_inside_the_view_box() -> None:
    view_box = json.loads((REFERENCE / "boundaries.json").read_text(encoding="utf-8"))["view_box"]
    everything = [*paths("municipalities").values(), *paths("provinces").values()]

    assert set(paths("municipalities")) == codes()
    assert set(paths("provinces")) == {row["istat_code"] for row in table("provinces.csv")}
    for x, y in (point for path in everything for ring in rings(path) for point in ring):
        assert 0 <= x <= view_box[2]
        assert 0 <= y <= view_box[3]


def test_neighbours_share_points_of_their_outlines() -> None:
    for row in table("borders.csv"):
        if int(row["metres"]) > 300:
            shared = points_of(row["first"]) & points_of(row["second"])
            assert len(shared) >= 2, row


def test_the_drawing_has_no_gap_and_no_overlap() -> None:
    # An edge that no neighbour has the other way round lies on the outside. There are five outsides: the
    # region, Campione d'Italia, a detached piece of Frascarolo, two enclaves of Emilia in Brallo di Pregola.
    assert max(edges("municipalities").values()) == 1
    assert outlines("municipalities")[:-1] == [3, 3, 3, 4]


def test_provinces_run_along_the_edges_of_their_municipalities() -> None:
    assert set(edges("provinces")) <= set(edges("municipalities"))
    assert outlines("provinces") == outlines("municipalities")
