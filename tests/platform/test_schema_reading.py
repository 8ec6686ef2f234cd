"""What GraphQL reads: territory, research, vocabulary, needs and their matches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cast import BALLABIO, LABORATORY, LECCO, PASTURO, PASTURO_OFFICER
from questions import asked, data_of, error_of
from raccordo import matches
from raccordo.catalogue import Catalogue
from raccordo.models import BodyKind
from raccordo.people import Actor
from raccordo.published import UnionOfMunicipalities
from raccordo.schema.node import KEYS, global_id


@pytest.fixture
def picture(loaded_file: tuple[Path, Catalogue]) -> Catalogue:
    return loaded_file[1]


@pytest.fixture
def number(picture: Catalogue) -> int:
    """The number of some need of a municipality."""
    return next(n for n, need in picture.needs.items() if need.owner_kind is BodyKind.MUNICIPALITY)


async def test_a_municipality_is_known_by_its_code(picture: Catalogue) -> None:
    query = '{ municipality(istatCode: "097042") { name province { plate } population areaKm2 anciMember } }'
    found = (await data_of(query, picture))["municipality"]
    assert (found["name"], found["province"]["plate"], found["anciMember"]) == ("Lecco", "LC", None)


async def test_a_code_that_merged_away_answers_with_its_successor(picture: Catalogue) -> None:
    query = '{ municipality(istatCode: "013228") { istatCode predecessors { predecessor } } }'
    found = (await data_of(query, picture))["municipality"]
    assert found["istatCode"] == "013256"
    assert {row["predecessor"] for row in found["predecessors"]} == {"Ronago", "Uggiate-Trevano"}


async def test_the_registry_is_asked_at_a_date(picture: Catalogue) -> None:
    query = (
        '{ registration(istatCode: "013228", on: "2023-06-01") { name today { istatCode } ended { on } } }'
    )
    found = (await data_of(query, picture))["registration"]
    assert found == {
        "name": "Uggiate-Trevano",
        "today": {"istatCode": "013256"},
        "ended": {"on": "2024-01-01"},
    }


async def test_a_code_not_in_use_on_a_day_is_refused(picture: Catalogue) -> None:
    query = '{ municipality(istatCode: "013228", on: "2025-01-01") { name } }'
    assert (await error_of(query, picture))["extensions"]["code"] == "code_not_valid_then"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ('municipality(istatCode: "999999") { name }', "unknown_municipality"),
        ('municipality(istatCode: "") { name }', "unknown_municipality"),
        ('province(istatCode: "999") { name }', "unknown_province"),
        ('mountainCommunity(slug: "x") { name }', "unknown_mountain_community"),
        ('union(code: "x") { name }', "unknown_union"),
        ('laboratory(slug: "x") { name }', "unknown_laboratory"),
        ('department(acronym: "x") { nameIt }', "unknown_department"),
        ('school(acronym: "x") { nameIt }', "unknown_school"),
        ('campus(code: "x") { name }', "unknown_campus"),
        ('theme(slug: "x") { labelIt }', "unknown_theme"),
        ('function(letter: "z") { shortIt }', "unknown_function"),
        ('sector(slug: "x") { labelIt }', "unknown_sector"),
        ('node(id: "x") { id }', "unreadable_id"),
        ('node(id: "VGhlbWU6eA") { id }', "unknown_theme"),
        ('matchesForText(istatCode: "999999") { snapshotId }', "unknown_municipality"),
        ('municipalities(filter: { province: "999" }) { totalCount }', "invalid"),
        ('needs(filter: { theme: "x" }) { totalCount }', "invalid"),
        ('laboratories(filter: { campus: "x" }) { totalCount }', "invalid"),
    ],
)
async def test_what_does_not_exist_says_so(picture: Catalogue, query: str, code: str) -> None:
    assert (await error_of(f"{{ {query} }}", picture))["extensions"]["code"] == code


async def test_a_refused_filter_names_its_field_as_the_schema_does(picture: Catalogue) -> None:
    query = '{ needs(filter: { mountainCommunity: "x" }) { totalCount } }'
    [field] = (await error_of(query, picture))["extensions"]["fields"]
    assert field["field"] == "mountainCommunity"


@pytest.mark.parametrize(("language", "word"), [("it", "Nessun comune"), ("en", "No municipality")])
async def test_refusals_speak_the_language_that_was_asked(
    picture: Catalogue, language: str, word: str
) -> None:
    query = '{ municipality(istatCode: "999999") { name } }'
    assert word in (await error_of(query, picture, language=language))["message"]


async def test_neighbours_come_longest_border_first(picture: Catalogue) -> None:
    query = f'{{ municipality(istatCode: "{PASTURO}") {{ neighbours {{ edges {{ node {{ metres municipality {{ istatCode }} }} }} }} }} }}'
    edges = (await data_of(query, picture))["municipality"]["neighbours"]["edges"]
    metres = [edge["node"]["metres"] for edge in edges]
    assert metres == sorted(metres, reverse=True)
    assert edges[0]["node"]["municipality"]["istatCode"] == BALLABIO


async def test_a_province_lists_its_municipalities_and_no_other(picture: Catalogue) -> None:
    query = '{ province(istatCode: "097") { kind capital { istatCode } municipalities { totalCount } } }'
    found = (await data_of(query, picture))["province"]
    assert found["capital"]["istatCode"] == LECCO
    assert found["municipalities"]["totalCount"] == len(picture.provinces["097"].municipalities)


async def test_a_province_that_contradicts_the_filter_holds_nothing(picture: Catalogue) -> None:
    query = '{ province(istatCode: "097") { municipalities(filter: { province: "098" }) { totalCount } } }'
    assert (await data_of(query, picture))["province"]["municipalities"]["totalCount"] == 0


async def test_a_union_appears_with_its_members(picture: Catalogue) -> None:
    union = UnionOfMunicipalities(
        code="uc1", name="Unione", municipalities=(PASTURO,), population=1, source="test",
        place=picture.municipalities[PASTURO].place,
    )  # fmt: skip
    later = replace(picture, unions={"uc1": union})
    query = '{ union(code: "uc1") { name municipalities { edges { node { istatCode } } } } }'
    found = (await data_of(query, later))["union"]
    assert found["municipalities"]["edges"] == [{"node": {"istatCode": PASTURO}}]


async def test_unknown_availability_is_null_and_a_recalled_laboratory_says_so(picture: Catalogue) -> None:
    recalled = next(row.slug for row in picture.laboratories.values() if row.recalled)
    query = "query ($slug: String!) { laboratory(slug: $slug) { freePlaces toBeConfirmed } }"
    found = await data_of(query, picture, slug=recalled)
    assert found["laboratory"] == {"freePlaces": None, "toBeConfirmed": True}


async def test_an_example_says_that_it_is_one(picture: Catalogue, number: int) -> None:
    query = "query ($n: Int!) { need(number: $n) { example externalId status owner { __typename } } }"
    found = (await data_of(query, picture, n=number))["need"]
    assert (found["example"], found["status"], found["owner"]["__typename"]) == (
        True,
        "PUBLISHED",
        "Municipality",
    )


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        (Actor(), {"role": "VISITOR", "demo": False, "body": None, "laboratory": None}),
        (PASTURO_OFFICER, {"role": "OFFICER", "demo": True, "body": {"name": "Pasturo"}, "laboratory": None}),
        (
            LABORATORY,
            {"role": "LABORATORY_MANAGER", "demo": True, "body": None, "laboratory": {"slug": "infralab"}},
        ),
    ],
)
async def test_whoever_acts_can_ask_who_it_is(
    picture: Catalogue, actor: Actor, expected: dict[str, object]
) -> None:
    query = "{ me { role demo body { name } laboratory { slug } } }"
    assert (await data_of(query, picture, actor=actor))["me"] == expected


async def test_the_catalogue_says_what_an_answer_was_made_from(picture: Catalogue) -> None:
    found = (await data_of("{ catalogue { version snapshotId counts { municipalities needs } } }", picture))[
        "catalogue"
    ]
    assert found == {
        "version": picture.version,
        "snapshotId": matches.snapshot_id(picture),
        "counts": {"municipalities": 1501, "needs": len(picture.needs)},
    }


def one_of_each(picture: Catalogue) -> dict[str, object]:
    shelves = (
        picture.municipalities, picture.provinces, picture.mountain_communities, picture.laboratories,
        picture.departments, picture.schools, picture.campuses, picture.themes, picture.functions,
        picture.sectors, picture.needs,
    )  # fmt: skip
    return {type(value).__name__: value for shelf in shelves for value in list(shelf.values())[-1:]}


async def test_everything_is_found_again_by_its_global_id(picture: Catalogue) -> None:
    values = one_of_each(picture)
    assert set(values) == set(KEYS) - {"UnionOfMunicipalities", "Offer"}  # none ships
    for name, value in values.items():
        identifier = global_id(value)
        found = await data_of("query ($id: ID!) { node(id: $id) { __typename id } }", picture, id=identifier)
        assert found["node"] == {"__typename": name, "id": identifier}


LISTS = [
    "municipalities", "provinces", "mountainCommunities", "unions", "needs", "laboratories", "departments",
    "schools", "campuses", "themes", "functions", "sectors",
    "offers",
]  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
async def test_every_list_is_walked_to_its_end(picture: Catalogue, name: str) -> None:
    query = f"query ($after: String) {{ {name}(first: 40, after: $after) {{ totalCount pageInfo {{ hasNextPage endCursor }} edges {{ node {{ id }} }} }} }}"
    met, after, more = set[str](), None, True
    while more:
        found = (await data_of(query, picture, after=after))[name]
        met |= {edge["node"]["id"] for edge in found["edges"]}
        more, after = found["pageInfo"]["hasNextPage"], found["pageInfo"]["endCursor"]
    assert len(met) == found["totalCount"]


async def total(picture: Catalogue, filter_: str) -> object:
    return (await data_of(f"{{ municipalities(filter: {filter_}) {{ totalCount }} }}", picture))[
        "municipalities"
    ]["totalCount"]


async def test_filters_narrow_a_list(picture: Catalogue) -> None:
    slug, community = next(iter(picture.mountain_communities.items()))
    small = sum(town.population <= 100 for town in picture.municipalities.values())
    assert await total(picture, '{ text: "lecco" }') == 1
    assert await total(picture, "{ populationTo: 100 }") == small > 0
    assert await total(picture, f'{{ mountainCommunity: "{slug}" }}') == len(community.municipalities)
    assert await total(picture, f'{{ mountainCommunity: "{slug}", province: null }}') == len(
        community.municipalities
    )


async def test_needs_are_filtered_by_owner(picture: Catalogue, number: int) -> None:
    need = picture.needs[number]
    query = """query ($code: String!) { needs(filter: { owner: { kind: MUNICIPALITY, code: $code } }) {
      edges { node { number owner { ... on Municipality { istatCode } } } } } }"""
    edges = (await data_of(query, picture, code=need.owner_code))["needs"]["edges"]
    assert number in [edge["node"]["number"] for edge in edges]
    assert {edge["node"]["owner"]["istatCode"] for edge in edges} == {need.owner_code}


async def test_an_owner_that_merged_away_stands_for_its_successor(picture: Catalogue) -> None:
    ended, today = "018082", "018094"  # Lirio, which Montalto Pavese took in
    number, need = next(iter(picture.needs.items()))
    given = replace(need, owner_kind=BodyKind.MUNICIPALITY, owner_code=today)
    changed = replace(picture, needs={**picture.needs, number: given})
    query = """query ($code: String!) { needs(filter: { owner: { kind: MUNICIPALITY, code: $code } }) {
      edges { node { number } } } }"""
    edges = (await data_of(query, changed, code=ended))["needs"]["edges"]
    assert number in [edge["node"]["number"] for edge in edges]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("MUNICIPALITY", "unknown_municipality"),
        ("PROVINCE", "invalid"),
        ("UNION_OF_MUNICIPALITIES", "invalid"),
    ],
)
async def test_needs_of_an_unknown_owner_are_refused_and_not_empty(
    picture: Catalogue, kind: str, code: str
) -> None:
    answer = await asked(
        f'{{ needs(filter: {{ owner: {{ kind: {kind}, code: "zz" }} }}) {{ totalCount }} }}', picture
    )
    assert answer["errors"][0]["extensions"]["code"] == code


async def test_every_answer_says_its_cost(picture: Catalogue) -> None:
    for query in ("{ me { role } }", "{", "{ nothing }", '{ province(istatCode: "x") { name } }'):
        assert "cost" in (await asked(query, picture))["extensions"]
