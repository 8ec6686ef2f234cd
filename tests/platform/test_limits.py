"""The limiter: what passes, what is refused, and that no document makes it work more than it is long."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    InlineFragmentNode,
    get_introspection_query,
    parse,
    visit,
)
from graphql.language import Visitor
from hypothesis import given
from hypothesis import strategies as st

from raccordo.refusals import Refusal, Refused
from raccordo.schema.costs import Counting, weight
from raccordo.schema.definition import CORE
from raccordo.schema.documents import operation_of, prepare
from raccordo.schema.limits import ALIASES, COST, DEPTH, DIRECTIVES, FIELDS, Measuring

INTROSPECTION = get_introspection_query(
    input_value_deprecation=True,
    specified_by_url=True,
    directive_is_repeatable=True,
    schema_description=True,
)


def problem(query: str) -> str:
    """The code of the first problem of a document: `graphql` when validation found it, empty when it is fine."""
    problems = prepare(query).problems
    if not problems:
        return ""
    return problems[0].code if isinstance(problems[0], Refusal) else "graphql"


def cost(query: str, **variables: object) -> int:
    document = parse(query)
    return Counting(CORE, document, operation_of(document, None), variables).total()


def doubling(levels: int) -> str:
    """Fragments that spread the next one twice: with 25 levels under a kilobyte, and 33 million fields."""
    spreads = "".join(f"fragment F{n} on Query{{...F{n + 1} ...F{n + 1}}}" for n in range(levels))
    return f"{{...F0}}{spreads}fragment F{levels} on Query{{me{{role}}}}"


class Selections(Visitor):
    """How many selections a document writes down."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def enter(self, node: object, *_: object) -> None:
        self.count += isinstance(node, FieldNode | FragmentSpreadNode | InlineFragmentNode)


def written(query: str) -> int:
    counter = Selections()
    visit(parse(query), counter)
    return counter.count


def test_the_query_that_stalled_servers_is_looked_at_once() -> None:
    query = doubling(25)
    assert len(query) < 1_000
    measuring = Measuring(parse(query))
    with pytest.raises(Refused) as refusal:
        measuring.check()
    assert refusal.value.code == "too_much_fields"
    assert measuring.visited == written(query)


def test_its_cost_is_counted_by_looking_once_too() -> None:
    query = doubling(25)
    document = parse(query)
    counting = Counting(CORE, document, operation_of(document, None), {})
    assert counting.total() == 2 * 2**25
    assert counting.visited == written(query)


def test_a_refused_document_never_reaches_validation(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("validation ran")

    prepare.cache_clear()
    monkeypatch.setattr("raccordo.schema.documents.validate", never)
    assert problem(doubling(24)) == "too_much_fields"


def test_validation_happens_once_for_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    prepare.cache_clear()
    first = prepare("{ me { role } }")
    monkeypatch.setattr("raccordo.schema.documents.validate", None)
    assert prepare("{ me { role } }") is first


@given(st.lists(st.lists(st.integers(0, 11), min_size=1, max_size=5), min_size=1, max_size=12))
def test_no_fragments_make_it_look_twice(spreads: list[list[int]]) -> None:
    """Whatever the fragments spread, themselves included, each selection is looked at once at most."""
    bodies = [" ".join(f"...F{target}" for target in targets) + " __typename" for targets in spreads]
    query = "{ ...F0 } " + " ".join(f"fragment F{n} on Query {{ {body} }}" for n, body in enumerate(bodies))
    measuring = Measuring(parse(query))
    with suppress(Refused):
        measuring.check()
    assert measuring.visited <= written(query)


@pytest.mark.parametrize(
    "query",
    [
        "{...A} fragment A on Query {...A}",
        "{...A} fragment A on Query {...B} fragment B on Query {me {role} ...A}",
        "{me {role}} fragment A on Query {...B} fragment B on Query {...A}",
    ],
)
def test_fragments_that_contain_themselves_are_refused(query: str) -> None:
    assert problem(query) == "fragment_cycle"


@pytest.mark.parametrize(
    "query",
    ["{a" * 400 + "}" * 400, "{me(a:" + "[" * 450 + "]" * 450 + "){role}}", "query($a:" + "[" * 450 + "Int"],
)
def test_nesting_that_would_exhaust_the_stack_is_refused(query: str) -> None:
    assert problem(query) in {"nested_too_deeply", "too_much_tokens", "graphql"}


def deep(levels: int) -> str:
    """A valid query of so many levels, of which the innermost is a name."""
    steps = ["capital" if step % 2 else "province" for step in range(levels - 2)]
    inner = " ".join(f"{step} {{" for step in steps)
    return f'{{ municipality(istatCode: "097042") {{ {inner} name {"} " * len(steps)} }} }}'


def aliases(count: int) -> str:
    return "{ " + " ".join(f"a{n}: me {{ role }}" for n in range(count)) + " }"


def directives(count: int) -> str:
    return "{ " + "me @include(if: true) { role } " * count + "}"


def field_count(count: int) -> str:
    return "{ me { " + "role " * (count - 1) + "} }"


@pytest.mark.parametrize(
    ("query", "most", "code"),
    [
        (deep, DEPTH, "too_much_depth"),
        (aliases, ALIASES, "too_much_aliases"),
        (directives, DIRECTIVES, "too_much_directives"),
        (field_count, FIELDS, "too_much_fields"),
    ],
)
def test_each_limit_lets_its_number_pass_and_no_more(
    query: Callable[[int], str], most: int, code: str
) -> None:
    assert (problem(query(most)), problem(query(most + 1))) == ("", code)


def test_a_thousand_tokens_pass_and_no_more() -> None:
    # An opening brace, a name for each field, a closing brace: fields are refused later than tokens.
    assert problem("{" + "a " * 998 + "}") == "too_much_fields"
    assert problem("{" + "a " * 999 + "}") == "too_much_tokens"


def test_a_limit_reached_through_fragments_counts() -> None:
    spread = "{ me { ...A ...A } } fragment A on Actor { " + "role " * 101 + "}"
    assert problem(spread) == "too_much_fields"


def test_an_unused_fragment_is_measured_too() -> None:
    unused = "".join(f"fragment F{n} on Query{{...F{n + 1} ...F{n + 1}}}" for n in range(20))
    assert problem("{me{role}}" + unused + "fragment F20 on Query{me{role}}") == "too_much_fields"


def test_standard_introspection_passes() -> None:
    assert problem(INTROSPECTION) == ""
    assert cost(INTROSPECTION) < COST


def test_introspection_does_not_open_a_back_door() -> None:
    levels = "".join(f"fragment F{n} on __Type{{...F{n + 1} ...F{n + 1}}}" for n in range(25))
    query = "{__schema{types{...F0}}}" + levels + "fragment F25 on __Type{name}"
    measuring = Measuring(parse(query))
    with pytest.raises(Refused) as refusal:
        measuring.check()
    assert refusal.value.code == "too_much_cost"
    assert measuring.visited <= written(query)


def test_introspection_that_multiplies_lists_is_refused_by_cost() -> None:
    inner = "{ type { ofType { fields { args { name description type { name ofType { name } } } } } } }"
    query = "{ __schema { types { " + " ".join(f"a{n}: fields {inner}" for n in range(14)) + " } } }"
    assert cost(query) > COST


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("{ me { role } }", 2),
        ("{ provinces { totalCount } }", 2),
        ("{ provinces { totalCount edges { node { name } } } }", 2 + 1 + 20 * 2),
        ("{ provinces(first: 3) { edges { node { name } } } }", 1 + 1 + 3 * 2),
        ("{ provinces(last: 3) { edges { node { name } } } }", 1 + 1 + 3 * 2),
        ("{ provinces(first: 0) { edges { node { name } } } }", 2),
        ("{ provinces(first: 100000) { edges { node { name } } } }", 2 + 100 * 2),
        ("{ provinces(first: -5) { edges { node { name } } } }", 2 + 5 * 2),
        ('{ theme(slug: "x") { functions { letter } } }', 1 + 1 + 5),
        ("{ provinces(first: 3) { ...P } } fragment P on ProvinceConnection { edges { node { name } } }", 8),
        ("{ provinces(first: 3) { ... on ProvinceConnection { edges { node { name } } } } }", 8),
        ("{ nothing { like { this } } }", 3),
    ],
)
def test_a_cost_is_fields_times_pages(query: str, expected: int) -> None:
    assert cost(query) == expected


@pytest.mark.parametrize(
    ("variables", "expected"),
    [({}, 7), ({"n": 7}, 7), ({"n": None}, 20), ({"n": "many"}, 20), ({"n": 10**30}, 20), ({"n": 2.0}, 2)],
)
def test_a_page_size_in_a_variable_counts(variables: dict[str, object], expected: int) -> None:
    query = "query ($n: Int = 7) { provinces(first: $n) { edges { node { name } } } }"
    assert cost(query, **variables) == 2 + 2 * expected


def test_a_ranking_costs_more_than_a_field() -> None:
    need, laboratory = CORE.get_type("Need"), CORE.get_type("Laboratory")
    assert isinstance(need, GraphQLObjectType)
    assert isinstance(laboratory, GraphQLObjectType)
    assert (
        weight(laboratory.fields["matches"]) > weight(need.fields["matches"]) > weight(need.fields["title"])
    )


def test_a_hundred_needs_with_owner_description_and_three_matches_are_affordable() -> None:
    query = """{ needs(first: 100) { edges { node { number title description owner { name }
      matches(first: 3) { edges { node { score band reasons { sentenceIt } laboratory { slug name } } } } } } } }"""
    assert problem(query) == ""
    assert cost(query) <= COST
