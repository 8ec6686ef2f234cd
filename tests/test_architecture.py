"""The shape of the code, read with `ast`: each rule is a function, tried on bad examples before the files."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE_ROOTS = ("platform", "graph", "ui", "migrations")
FOLDERS = (*SOURCE_ROOTS, "tests", "tools", "benchmarks")

# What may not be imported by the files of each source root: arrows run ui -> platform -> graph.
ABOVE = {
    "graph": {"raccordo", "raccordo_ui", "raccordo_migrations"},
    "platform": {"raccordo_ui"},
    "migrations": {"raccordo_ui", "raccordo_graph"},
}
# The only places of the product that know a library.
HOMES = {
    "networkx": ("graph/",),
    "tortoise": ("platform/", "migrations/"),
    "strawberry": ("platform/raccordo/schema/", "ui/raccordo_ui/app.py"),
    "jinja2": ("ui/",),
    "authlib": ("platform/raccordo/openid/",),
    "joserfc": ("platform/raccordo/openid/",),
    "starlette": ("ui/", "platform/raccordo/schema/context.py"),
}
WORLD = {
    "asyncio", "concurrent", "glob", "http", "importlib", "io", "logging", "multiprocessing", "os", "pathlib",
    "random", "secrets", "shutil", "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading", "time",
    "urllib", "uuid",
}  # fmt: skip
CLOCKS = {"now", "today", "utcnow", "time", "monotonic", "perf_counter"}
# Not the same from one run to the next, or a way to the outside.
IMPURE = {"open", "input", "print", "hash", "id", "exec", "eval", "globals"}
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "base", "manager", "service"}
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
EXCEPTIONS: dict[str, str] = {}  # file -> why it may be longer; empty, and meant to stay so

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """A Python file: where it stands, seen from the root of the repository, and what it says."""

    path: str
    text: str

    @property
    def root(self) -> str:
        return self.path.partition("/")[0]

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(ast.parse(self.text)))

    @property
    def functions(self) -> list[Function]:
        return [node for node in self.nodes if isinstance(node, Function)]

    @property
    def calls(self) -> list[tuple[str, ast.Call]]:
        return [(ast.unparse(node.func), node) for node in self.nodes if isinstance(node, ast.Call)]

    @property
    def imported(self) -> Iterator[str]:
        """Every imported module and name, with dots: `from a import b` gives `a.b`."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
        for name, call in self.calls:
            if name in {"__import__", "import_module", "importlib.import_module"}:
                yield ast.literal_eval(call.args[0]) if isinstance(call.args[0], ast.Constant) else "?"

    @property
    def packages(self) -> set[str]:
        return {name.partition(".")[0] for name in self.imported}


def arrows_run_one_way(source: Source) -> list[str]:
    return [f"imports {package}" for package in ABOVE.get(source.root, set()) & source.packages]


def libraries_stay_at_home(source: Source) -> list[str]:
    return [
        f"imports {library}"
        for library, homes in HOMES.items()
        if source.root in SOURCE_ROOTS and library in source.packages and not source.path.startswith(homes)
    ]


def imports_are_absolute(source: Source) -> list[str]:
    """A relative or a computed import would slip through the rules above."""
    relative = [node for node in source.nodes if isinstance(node, ast.ImportFrom) and node.level]
    return [f"line {node.lineno}: relative import" for node in relative] + [
        "computed import" for name in source.imported if name == "?" and source.root in SOURCE_ROOTS
    ]


def models_have_no_verbs(source: Source) -> list[str]:
    if not source.path.startswith("platform/raccordo/models/"):
        return []
    return [
        f"defines {function.name}()"
        for function in source.functions
        if not function.name.startswith("__")
        and not {"property", "cached_property"} & {ast.unparse(mark) for mark in function.decorator_list}
    ]


def graph_knows_no_world(source: Source) -> list[str]:
    if source.root != "graph":
        return []
    faults = [f"imports {package}" for package in source.packages & WORLD]
    faults += [f"async {node.name}()" for node in source.nodes if isinstance(node, ast.AsyncFunctionDef)]
    for name, call in source.calls:
        owner, _, last = name.rpartition(".")
        seeded = last == "default_rng" and call.args
        if name in IMPURE or (owner and last in CLOCKS) or (owner.endswith("random") and not seeded):
            faults.append(f"line {call.lineno}: calls {name}()")
    return faults


def days_are_those_of_italy(source: Source) -> list[str]:
    """A day is asked of `raccordo.days`: after midnight in Italy, UTC is still at the day before."""
    if source.root not in SOURCE_ROOTS or source.path == "platform/raccordo/days.py":
        return []
    return [
        f"line {call.lineno}: calls {name}()"
        for name, call in source.calls
        if name.endswith(("date.today", "datetime.today", "utcnow"))
        or (name.endswith(".date") and ".strptime(" not in name and not call.args)
    ]


def files_are_named_for_their_subject(source: Source) -> list[str]:
    words = set(source.path.removesuffix(".py").replace("/", "_").split("_"))
    return [f"is named {word}" for word in words & EMPTY_NAMES]


def files_say_what_they_are(source: Source) -> list[str]:
    if source.text.strip() and source.root != "migrations" and not ast.get_docstring(ast.parse(source.text)):
        return ["has no sentence at the top"]
    return []


def files_are_short(source: Source) -> list[str]:
    length = len(source.text.splitlines())
    written_by_hand = source.root != "migrations"  # Tortoise writes the migrations
    return [f"has {length} lines"] if written_by_hand and length > LONGEST_FILE else []


def functions_are_short(source: Source) -> list[str]:
    if source.root == "migrations":
        return []
    lengths = [(function.name, code_lines(function)) for function in source.functions]
    return [f"{name}() has {length} lines" for name, length in lengths if length > LONGEST_FUNCTION]


def code_lines(function: Function) -> int:
    """Lines of a function without its decorators and its docstring."""
    first, last = function.body[0], function.end_lineno or function.lineno
    described = ast.get_docstring(function) is not None
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if described else 0
    return last - function.lineno + 1 - docstring


Rule = Callable[[Source], list[str]]
LONG_FUNCTION = "def plan():\n    '''Plan.'''\n" + "    pass\n" * LONGEST_FUNCTION

# One bad example for each thing that a rule must find; the rule says the words beside it.
BAD: list[tuple[Rule, str, str, str]] = [
    (arrows_run_one_way, "graph/raccordo_graph/text.py", "from raccordo.needs import publish", "raccordo"),
    (
        arrows_run_one_way,
        "graph/raccordo_graph/text.py",
        "def f():\n    import raccordo_ui.app",
        "raccordo_ui",
    ),
    (arrows_run_one_way, "platform/raccordo/needs.py", "from raccordo_ui import render", "raccordo_ui"),
    (arrows_run_one_way, "migrations/raccordo_migrations/0002.py", "import raccordo_graph", "raccordo_graph"),
    (libraries_stay_at_home, "platform/raccordo/needs.py", "import networkx as nx", "networkx"),
    (libraries_stay_at_home, "ui/raccordo_ui/needs.py", "from tortoise.models import Model", "tortoise"),
    (libraries_stay_at_home, "ui/raccordo_ui/needs.py", "import strawberry", "strawberry"),
    (libraries_stay_at_home, "platform/raccordo/needs.py", "from jinja2 import Template", "jinja2"),
    (libraries_stay_at_home, "platform/raccordo/identities.py", "from joserfc import jwt", "joserfc"),
    (libraries_stay_at_home, "platform/raccordo/schema/needs.py", "import starlette.requests", "starlette"),
    (libraries_stay_at_home, "graph/raccordo_graph/a.py", "__import__('tortoise')", "tortoise"),
    (imports_are_absolute, "graph/raccordo_graph/a.py", "from . import text", "relative"),
    (imports_are_absolute, "graph/raccordo_graph/a.py", "__import__(name)", "computed"),
    (
        models_have_no_verbs,
        "platform/raccordo/models/needs.py",
        "class Need:\n def close(self): ...",
        "close()",
    ),
    (models_have_no_verbs, "platform/raccordo/models/needs.py", "async def publish(): ...", "publish()"),
    (graph_knows_no_world, "graph/raccordo_graph/a.py", "from pathlib import Path", "pathlib"),
    (graph_knows_no_world, "graph/raccordo_graph/a.py", "import random", "random"),
    (graph_knows_no_world, "graph/raccordo_graph/a.py", "date.today()", "date.today()"),
    (graph_knows_no_world, "graph/raccordo_graph/a.py", "open('x')", "open()"),
    (graph_knows_no_world, "graph/raccordo_graph/a.py", "hash('x')", "hash()"),
    (graph_knows_no_world, "graph/raccordo_graph/a.py", "np.random.shuffle(rows)", "shuffle()"),
    (graph_knows_no_world, "graph/raccordo_graph/a.py", "np.random.default_rng()", "default_rng()"),
    (graph_knows_no_world, "graph/raccordo_graph/a.py", "async def rank(): ...", "rank()"),
    (days_are_those_of_italy, "platform/raccordo/a.py", "datetime.now(UTC).date()", "date()"),
    (days_are_those_of_italy, "ui/raccordo_ui/a.py", "need.published_at.date()", "date()"),
    (days_are_those_of_italy, "ui/raccordo_ui/a.py", "date.today()", "date.today()"),
    (files_are_named_for_their_subject, "platform/raccordo/utils.py", "", "utils"),
    (files_are_named_for_their_subject, "ui/raccordo_ui/page_helpers.py", "", "helpers"),
    (files_are_named_for_their_subject, "platform/raccordo/core/needs.py", "", "core"),
    (files_say_what_they_are, "platform/raccordo/needs.py", "x = 1", "no sentence"),
    (files_are_short, "platform/raccordo/needs.py", "x = 1\n" * (LONGEST_FILE + 1), "301 lines"),
    (functions_are_short, "platform/raccordo/needs.py", LONG_FUNCTION, "plan() has 41 lines"),
]
PROPERTY = "class Need:\n @property\n def open(self): ...\n def __str__(self): ..."
# What looks alike and is right.
GOOD: list[tuple[Rule, str, str]] = [
    (arrows_run_one_way, "ui/raccordo_ui/needs.py", "import raccordo.needs, raccordo_graph"),
    (arrows_run_one_way, "platform/raccordo/matches.py", "import raccordo_graph, raccordo_migrations"),
    (libraries_stay_at_home, "tests/graph/test_ranking.py", "import networkx"),
    (libraries_stay_at_home, "platform/raccordo/schema/context.py", "import starlette.requests, strawberry"),
    (models_have_no_verbs, "platform/raccordo/models/needs.py", PROPERTY),
    (graph_knows_no_world, "graph/raccordo_graph/a.py", "np.random.default_rng(seed).random()"),
    (graph_knows_no_world, "platform/raccordo/a.py", "import time"),
    (days_are_those_of_italy, "platform/raccordo/a.py", "datetime.strptime(text, shape).date()"),
    (days_are_those_of_italy, "platform/raccordo/a.py", "days.today()"),
    (files_are_named_for_their_subject, "platform/raccordo/database.py", ""),
    (files_are_short, "platform/raccordo/needs.py", "x = 1\n" * LONGEST_FILE),
    (functions_are_short, "platform/raccordo/needs.py", LONG_FUNCTION.removesuffix("    pass\n")),
]  # fmt: skip
RULES = list(dict.fromkeys(rule for rule, *_ in BAD))


def sources() -> list[Source]:
    return [
        Source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*.py"))
    ]


@pytest.mark.parametrize(("rule", "path", "text", "words"), BAD)
def test_a_bad_example_is_found(rule: Rule, path: str, text: str, words: str) -> None:
    assert any(words in fault for fault in rule(Source(path, text)))


@pytest.mark.parametrize(("rule", "path", "text"), GOOD)
def test_a_good_example_is_left_alone(rule: Rule, path: str, text: str) -> None:
    assert rule(Source(path, text)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_file_keeps_the_rule(rule: Rule) -> None:
    kept = [source for source in sources() if source.path not in EXCEPTIONS]
    assert [f"{source.path}: {fault}" for source in kept for fault in rule(source)] == []


def test_all_four_source_roots_are_read() -> None:
    assert {source.root for source in sources()} >= set(SOURCE_ROOTS)
