"""The research and needs tables that ship: complete, resolvable, plainly written, free of personal data."""

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parents[2] / "platform" / "raccordo" / "reference"
LANGUAGES = ("it", "en")
AXES = {"ENVIRONMENTAL", "SOCIAL", "ECONOMIC"}
RESEARCH_TABLES = (
    "functions",
    "sectors",
    "themes",
    "departments",
    "schools",
    "campuses",
    "laboratories",
    "needs",
    "concepts",
    "lexicon",
    "laboratory_concepts",
)
RARELY_USEFUL = {"splab", "labtec", "laser", "polifab", "lihub", "lness"}

Row = dict[str, str]


def table(name: str) -> list[Row]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def column(name: str, field: str) -> set[str]:
    return {row[field] for row in table(name)}


def several(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+(?=[A-ZÀÈÉÌÒÙ])", text)


def opening(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower())[:4])


def numbers(text: str) -> set[str]:
    # 6,000 in English and 6.000 in Italian are the same number.
    return set(re.findall(r"\d+", re.sub(r"(?<=\d)[.,](?=\d{3}\b)", "", text)))


def neighbours() -> dict[str, set[str]]:
    near: dict[str, set[str]] = {}
    for row in table("borders"):
        near.setdefault(row["first"], set()).add(row["second"])
        near.setdefault(row["second"], set()).add(row["first"])
    return near


def connected(codes: set[str], near: dict[str, set[str]]) -> list[set[str]]:
    groups: list[set[str]] = []
    left = set(codes)
    while left:
        group = {left.pop()}
        while touching := {code for code in left if near.get(code, set()) & group}:
            group |= touching
            left -= touching
        groups.append(group)
    return groups


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("functions", 11),
        ("sectors", 9),
        ("themes", 40),
        ("departments", 12),
        ("schools", 4),
        ("campuses", 8),
        ("laboratories", 91),
        ("needs", 88),
    ],
)
def test_each_table_is_complete_and_its_keys_are_unique(name: str, rows: int) -> None:
    keys = [next(iter(row.values())) for row in table(name)]
    assert len(keys) == len(set(keys)) == rows


@pytest.mark.parametrize("name", RESEARCH_TABLES)
def test_each_file_is_utf8_with_unix_line_ends_and_a_source_on_every_row(name: str) -> None:
    raw = (REFERENCE / f"{name}.csv").read_bytes()
    raw.decode("utf-8")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert all(row["source"] for row in table(name))


@pytest.mark.parametrize("name", RESEARCH_TABLES)
def test_no_cell_has_stray_spaces_or_an_empty_list_entry(name: str) -> None:
    for row in table(name):
        for field, cell in row.items():
            assert cell == cell.strip(), (field, cell)
            assert "" not in several(cell), (field, cell)


@pytest.mark.parametrize("name", ["functions", "sectors", "themes", "departments", "schools", "laboratories"])
def test_whatever_is_said_in_italian_is_said_in_english(name: str) -> None:
    for row in table(name):
        for field in row:
            if field.endswith("_it"):
                assert bool(row[field]) == bool(row[f"{field[:-3]}_en"]), (row, field)


@pytest.mark.parametrize(
    ("name", "field", "target", "key"),
    [
        ("themes", "functions", "functions", "letter"),
        ("themes", "departments", "departments", "acronym"),
        ("themes", "sectors", "sectors", "slug"),
        ("laboratories", "department", "departments", "acronym"),
        ("laboratories", "campus", "campuses", "code"),
        ("laboratories", "themes", "themes", "slug"),
        ("laboratories", "sectors", "sectors", "slug"),
        ("needs", "themes", "themes", "slug"),
        ("needs", "functions", "functions", "letter"),
    ],
)
def test_every_reference_resolves(name: str, field: str, target: str, key: str) -> None:
    used = {value for row in table(name) for value in several(row[field])}
    assert used
    assert used <= column(target, key)


def test_every_theme_has_laboratories_functions_axes_and_enough_words() -> None:
    taken_up = {theme for row in table("laboratories") for theme in several(row["themes"])}
    for row in table("themes"):
        assert row["functions"], row["slug"]
        assert set(several(row["axes"])) <= AXES, row["slug"]
        assert row["axes"], row["slug"]
        assert 10 <= len(several(row["keywords_it"])) <= 20, row["slug"]
        assert 6 <= len(several(row["keywords_en"])) <= 15, row["slug"]
    assert column("themes", "slug") == taken_up


def test_no_theme_repeats_a_word() -> None:
    for row in table("themes"):
        for language in LANGUAGES:
            words = [word.lower() for word in several(row[f"keywords_{language}"])]
            assert len(words) == len(set(words)), row["slug"]


def test_only_shanghai_is_out_of_reach_and_every_campus_has_a_position() -> None:
    unreachable = [row["code"] for row in table("campuses") if row["reachable"] == "no"]
    assert unreachable == ["SH"]
    for row in table("campuses"):
        assert -90 <= float(row["latitude"]) <= 90, row["code"]
        assert -180 <= float(row["longitude"]) <= 180, row["code"]
        assert "recalled" in row["source"], row["code"]


def test_campuses_in_lombardy_stand_in_a_municipality_of_today() -> None:
    lombard = {row["city_istat"] for row in table("campuses") if row["code"] not in {"PC", "SH"}}
    assert lombard <= column("municipalities", "istat_code")


def test_only_the_laboratory_in_como_has_no_campus() -> None:
    assert [row["slug"] for row in table("laboratories") if not row["campus"]] == ["lness"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_card_is_two_sentences_of_readable_length(language: str) -> None:
    for row in table("laboratories"):
        card = row[f"card_{language}"]
        assert len(sentences(card)) == 2, row["slug"]
        assert card.endswith("."), row["slug"]
        assert 80 < len(card) < 420, row["slug"]


@pytest.mark.parametrize(
    ("language", "word"), [("it", r"\bcomun[ei]\b"), ("en", r"\bmunicipalit(y|ies)\b|\bvillage\b")]
)
def test_each_card_says_what_a_municipality_could_ask(language: str, word: str) -> None:
    for row in table("laboratories"):
        assert re.search(word, row[f"card_{language}"], re.IGNORECASE), row["slug"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_do_not_all_open_the_same_way(language: str) -> None:
    openings = Counter(opening(row[f"card_{language}"]) for row in table("laboratories"))
    assert openings.most_common(1)[0][1] <= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_card_contains_a_number_that_its_row_does_not(language: str) -> None:
    for row in table("laboratories"):
        known = numbers(" ".join((row["name"], row["topic_en"], row["keywords_it"])))
        said = numbers(
            " ".join(
                (row[f"card_{language}"], row[f"equipment_{language}"], row[f"infrastructure_{language}"])
            )
        )
        assert said <= known, row["slug"]


def test_laboratories_without_a_municipal_theme_say_so() -> None:
    without = {row["slug"]: row for row in table("laboratories") if not row["themes"]}
    assert set(without) == RARELY_USEFUL
    for row in without.values():
        assert re.search(r"raramente|di rado", row["card_it"], re.IGNORECASE), row["slug"]
        assert "rarely" in row["card_en"], row["slug"]


def test_unknown_availability_stays_unknown() -> None:
    assert column("laboratories", "availability") == {""}


def test_every_owner_of_a_need_exists_today() -> None:
    bodies = {
        "MUNICIPALITY": column("municipalities", "istat_code"),
        "PROVINCE": column("provinces", "istat_code"),
        "MOUNTAIN_COMMUNITY": column("mountain_communities", "slug"),
    }
    for row in table("needs"):
        assert row["owner_code"] in bodies[row["owner_kind"]], row["external_id"]


def test_no_municipality_has_more_than_three_example_needs() -> None:
    owners = Counter((row["owner_kind"], row["owner_code"]) for row in table("needs"))
    assert owners.most_common(1)[0][1] <= 3


def test_at_least_six_groups_of_neighbours_share_a_theme() -> None:
    near = neighbours()
    owners: dict[str, set[str]] = {}
    for row in table("needs"):
        if row["owner_kind"] == "MUNICIPALITY":
            owners.setdefault(row["themes"], set()).add(row["owner_code"])
    groups = [group for codes in owners.values() for group in connected(codes, near) if len(group) > 1]
    assert len(groups) >= 6
    assert sum(len(group) >= 3 for group in groups) >= 3


def test_a_deadline_is_a_date_and_says_what_it_is() -> None:
    for row in table("needs"):
        assert bool(row["deadline"]) == bool(row["deadline_note"]), row["external_id"]
        if row["deadline"]:
            assert date.fromisoformat(row["deadline"]).isoformat() == row["deadline"]
            assert row["funding"], row["external_id"]


def test_a_need_carries_title_description_theme_axes_and_a_plain_yes_or_no() -> None:
    for row in table("needs"):
        assert all(row[field] for field in ("title", "description", "themes", "functions", "axes")), row[
            "external_id"
        ]
        assert set(several(row["axes"])) <= AXES, row["external_id"]
        assert row["associable"] in {"true", "false"}, row["external_id"]


@pytest.mark.parametrize(
    "name", [name for name in RESEARCH_TABLES if name != "lexicon"]
)  # which knows "tel."
def test_nobody_can_be_reached_through_these_files(name: str) -> None:
    text = (REFERENCE / f"{name}.csv").read_text(encoding="utf-8")
    assert not re.search(r"[\w.+-]+@[\w-]+\.\w+|\bProf\.", text)
    assert not re.search(
        r"\+39|\btel[.:]|\btelefono\b|\b0\d{1,3}[ /.-]\d{5,8}\b|\b3\d{2}[ .-]?\d{6,7}\b", text, re.IGNORECASE
    )
