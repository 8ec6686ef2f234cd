"""The figures of the documents are those of the files that they speak of."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "platform/raccordo/reference"


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def found(document: str, pattern: str) -> tuple[int, ...]:
    """The numbers at the groups of `pattern`, which stands in the document once; a blank stands for any white space."""
    text = " ".join((ROOT / document).read_text(encoding="utf-8").split())
    [numbers] = re.findall(pattern, text)
    return tuple(
        int(number.replace(",", "")) for number in (numbers if isinstance(numbers, tuple) else [numbers])
    )


N = r"([\d,]+)"


def test_the_lexicon_has_as_many_terms_and_forms() -> None:
    terms = rows("lexicon")
    forms = sum(1 + len([one for one in row["variants"].split("|") if one]) for row in terms)
    concepts = len(rows("concepts"))
    assert found("docs/matching.md", rf"{N} terms in {N} forms") == (len(terms), forms)
    assert found("docs/matching.md", rf"research words to {N} \*\*concepts\*\*") == (concepts,)


@pytest.mark.parametrize(
    ("document", "pattern", "asked"),
    [
        ("CHANGELOG.md", rf"{N} links to {N} concepts", ("links", "concepts")),
        ("docs/matching.md", rf"Of the {N} rows {N} are in the laboratory's own", ("links", "own")),
        ("docs/matching.md", rf"each of the {N} laboratories 1 to {N} concepts", ("laboratories", "most")),
        ("docs/laboratory-cards.md", rf"links the {N} laboratories to the concepts of the lexicon, {N} rows", ("laboratories", "links")),
    ],
    ids=["changelog", "own", "laboratories", "cards"],
)  # fmt: skip
def test_laboratories_have_as_many_links_to_concepts(
    document: str, pattern: str, asked: tuple[str, ...]
) -> None:
    links = rows("laboratory_concepts")
    by_laboratory = [row["laboratory"] for row in links]
    figures = {
        "links": len(links),
        "concepts": len({row["concept"] for row in links}),
        "own": sum(row["evidence"] == "source" for row in links),
        "laboratories": len(set(by_laboratory)),
        "most": max(map(by_laboratory.count, by_laboratory)),
    }
    assert found(document, pattern) == tuple(figures[name] for name in asked)


def test_the_bands_are_worth_what_was_measured() -> None:
    measured = json.loads((REFERENCE / "quality.json").read_text(encoding="utf-8"))["bands"]
    band = {one["band"]: (one["suggestions"], round(100 * one["good"])) for one in measured}
    told = rf"Of the {N} \*strong\* matches {N} % were judged good, of the {N} \*plausible\* ones {N} %, of the \*weak\* ones {N} %"
    assert found("docs/matching.md", told) == (*band["strong"], *band["plausible"], band["weak"][1])


def test_a_decision_and_its_page_say_the_same_of_the_faster_flow() -> None:
    page = (ROOT / "docs/assignment.md").read_text(encoding="utf-8")
    [shares] = re.findall(r"OR-tools, total alone: times as long \| ([\d.]+) \| ([\d.]+) \|", page)
    told = r"flow is eight times faster at 500 x 150 and (\d+) times at 1,506 x 250"
    assert (round(1 / float(shares[0])), round(1 / float(shares[1]))) == (
        8,
        *found("docs/decisions/0022-assignment.md", told),
    )
