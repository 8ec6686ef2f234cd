"""The graph stands alone: light to import, without clock, file or database, the same in every process."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules

import raccordo_graph
from raccordo_graph import assignment_version, factors, partition_version, text, understanding, version

SAME = """
from raccordo_graph import *
from raccordo_graph import territory
from raccordo_graph.partition import partition
from raccordo_graph.thresholds import Threshold
facts = Facts(
    departments=(Department(acronym="D", name_it="", name_en=""),),
    themes=tuple(Theme(slug=s, label_it=s, label_en=s, keywords_it=("ponte", s)) for s in ("strade", "scuole")),
    laboratories=tuple(Laboratory(slug=s, name=s, department="D", themes=("strade",)) for s in ("uno", "due")),
)
index = Index.from_graph(build(facts))
papers = [Publication(key=word, title=f"{word} of bridges") for word in ("Vibration", "Fatigue", "Cost")]
profiles = [Profile(key=word, publications=tuple({*papers[:2], papers[at]})) for at, word in enumerate("abc")]
print(Expertise(archive(profiles)).rank("Bridges and their cost"))
codes = [f"{at:06}" for at in range(12)]
land = territory.build(
    [territory.Municipality(istat_code=code, population=900 + 300 * at, over_65=200, area_km2=9.0, latitude=45 + at / 9,
                            longitude=9.0, province="097") for at, code in enumerate(codes)],
    [territory.Border(first=one, second=other, metres=500) for at, one in enumerate(codes) for other in codes[at + 1:at + 4]],
)
print(partition(land, land, threshold=Threshold(residents=5000)))
print(CODE_VERSION, rank(index, understand(index, "il ponte e la strada della scuola")))
"""


def python(code: str, seed: str) -> str:
    paths = {"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed}
    return subprocess.run(
        [sys.executable, "-c", code], env=paths, check=True, capture_output=True, text=True
    ).stdout


def test_importing_it_brings_no_numeric_library() -> None:
    code = "import sys, raccordo_graph; print([name for name in ('numpy', 'scipy') if name in sys.modules])"
    assert python(code, "0") == "[]\n"


def test_two_processes_write_the_same_bytes() -> None:
    assert python(SAME, "1") == python(SAME, "2") != ""


def test_every_public_name_is_described() -> None:
    undescribed = [name for name in raccordo_graph.__all__ if not getattr(raccordo_graph, name).__doc__]
    assert undescribed == []


def test_the_version_names_the_numbers_of_the_formulas() -> None:
    names = {name for _, name, _ in version.numbers(factors, text, understanding)}
    assert names >= {"WEIGHTS", "HALF_COSINE", "STEEPNESS", "DOUBT", "KIN", "STOPWORDS"}
    assert raccordo_graph.CODE_VERSION.startswith(f"{version.FORMULAS}-")


# No snapshot of a ranking holds what these compute: the weighing of publications, offers, what is proposed to whoever
# writes, the examples of the tests, the name itself, plans and divisions of territories, which have
# versions of their own.
PLANS = {
    "assignment",
    "assignment_exchange",
    "assignment_fairness",
    "assignment_optimum",
    "assignment_repairs",
    "assignment_scores",
}
WITHOUT_SNAPSHOT = {
    "affinity",
    "partner_groups",
    "partners",
    "amounts",
    "dates",
    "intake",
    "intents",
    "months",
    "places",
    "summaries",
    "unheard",
    "bm25",
    "cost_sharing",
    "counterfactuals",
    "expertise",
    "lsi",
    "offer_sentences",
    "offers",
    "proposing",
    "publication_walk",
    "valley",
    "version",
}
WITHOUT_SNAPSHOT |= PLANS | {"assignment_version"}
PARTITION = {
    "anchoring",
    "exchanging",
    "ground",
    "objectives",
    "partition",
    "remedies",
    "set_partitioning",
}
WITHOUT_SNAPSHOT |= PARTITION | {"partition_version"}


def test_no_module_with_numbers_is_left_out_of_the_version() -> None:
    named = {module for module, _, _ in version._NUMBERS}
    modules = [import_module(f"raccordo_graph.{one.name}") for one in iter_modules(raccordo_graph.__path__)]
    left_out = {one.__name__ for one in modules if version.numbers(one)} - named
    assert left_out == {f"raccordo_graph.{name}" for name in WITHOUT_SNAPSHOT}
    assert {module for module, _, _ in assignment_version._NUMBERS} == {
        f"raccordo_graph.{one}" for one in PLANS
    }


def test_the_version_of_partitions_names_their_numbers() -> None:
    named = {module.rpartition(".")[2] for module, _, _ in partition_version._NUMBERS}
    assert named >= PARTITION
    assert partition_version.PARTITION_VERSION.startswith(f"{partition_version.FORMULAS}-")
