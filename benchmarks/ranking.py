"""How long one need takes against 91 and 2,000 laboratories, beside one `networkx.pagerank` for each need.

    python benchmarks/ranking.py

Both sides run in this process on the same facts; ratios travel between machines, single times do not.
"""

import csv
import gc
import importlib
import random
import statistics
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time

import networkx as nx

from raccordo_graph import (
    Campus,
    Concept,
    Department,
    Facts,
    Function,
    Index,
    Laboratory,
    Municipality,
    Sector,
    Term,
    Theme,
    Understanding,
    build,
    rank,
    rank_needs,
    understand,
)
from raccordo_graph.factors import starts, theme_values
from raccordo_graph.feedback import measured
from raccordo_graph.text import stem, stemmed
from raccordo_graph.walk import ALPHA, walkable

REFERENCE = Path(__file__).parents[1] / "platform" / "raccordo" / "reference"
SEED = 20230315
MANY = 2000
NEEDS = 20  # timed one by one; the median is shown
ALL_NEEDS, ALL_LABORATORIES = 4000, 250  # ranked at once, as for a plan
TITLE = "Il ponte sul torrente è vecchio e non abbiamo l'ingegnere"
TEXT = (
    "Il ponte serve due frazioni e i mezzi pesanti fanno un giro di dodici chilometri. Servono una verifica della "
    "struttura, qualche sensore per tenerla sotto controllo e un'idea dei costi della manutenzione."
)


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a reference table."""
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def listed(text: str) -> tuple[str, ...]:
    """Return the items of a cell."""
    return tuple(item.strip() for item in text.split("|") if item.strip())


def real_facts() -> Facts:
    """Return the facts that ship with the product."""
    return Facts(
        campuses=tuple(
            Campus(
                code=row["code"],
                name=row["name"],
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                reachable=row["reachable"] == "yes",
            )
            for row in table("campuses")
        ),
        departments=tuple(
            Department(acronym=row["acronym"], name_it=row["name_it"], name_en=row["name_en"])
            for row in table("departments")
        ),
        functions=tuple(map(function, table("functions"))),
        sectors=tuple(
            Sector(slug=row["slug"], label_it=row["label_it"], label_en=row["label_en"])
            for row in table("sectors")
        ),
        themes=tuple(map(theme, table("themes"))),
        concepts=tuple(map(concept, table("concepts"))),
        terms=tuple(map(term, table("lexicon"))),
        laboratories=laboratories(),
        municipalities=tuple(
            Municipality(
                istat_code=row["istat_code"],
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
            )
            for row in table("municipalities")
        ),
    )


def laboratories() -> tuple[Laboratory, ...]:
    """Return the laboratories, with what they are thought to treat."""
    treated, unconfirmed = defaultdict(list), defaultdict(list)
    for row in table("laboratory_concepts"):
        treated[row["laboratory"]].append((row["concept"], float(row["weight"])))
        if row["evidence"] == "inferred":
            unconfirmed[row["laboratory"]].append(row["concept"])
    return tuple(
        replace(
            laboratory(row),
            concepts=tuple(treated[row["slug"]]),
            unconfirmed=tuple(unconfirmed[row["slug"]]),
        )
        for row in table("laboratories")
    )


def function(row: dict[str, str]) -> Function:
    """Return a fundamental function from its row."""
    return Function(
        letter=row["letter"],
        text_it=row["text_it"],
        text_en=row["text_en"],
        short_it=row["short_it"],
        short_en=row["short_en"],
        services_it=listed(row["services_it"]),
        services_en=listed(row["services_en"]),
    )


def theme(row: dict[str, str]) -> Theme:
    """Return a theme from its row."""
    return Theme(
        slug=row["slug"],
        label_it=row["label_it"],
        label_en=row["label_en"],
        keywords_it=listed(row["keywords_it"]),
        keywords_en=listed(row["keywords_en"]),
        functions=listed(row["functions"]),
        sectors=listed(row["sectors"]),
        departments=listed(row["departments"]),
        description_it=row["description_it"],
        description_en=row["description_en"],
    )


def concept(row: dict[str, str]) -> Concept:
    """Return a concept of the lexicon from its row."""
    return Concept(
        slug=row["slug"],
        label_it=row["label_it"],
        label_en=row["label_en"],
        themes=listed(row["themes"]),
        functions=listed(row["functions"]),
        service=row["service"] == "yes",
    )


def term(row: dict[str, str]) -> Term:
    """Return a term of the lexicon from its row."""
    return Term(
        term=row["term"],
        variants=listed(row["variants"]),
        language="en" if row["language"] == "EN" else "it",
        concepts=listed(row["concepts"]),
    )


def laboratory(row: dict[str, str]) -> Laboratory:
    """Return a laboratory from its row."""
    return Laboratory(
        slug=row["slug"],
        name=row["name"],
        department=row["department"],
        campus=row["campus"] or None,
        card_it=row["card_it"],
        card_en=row["card_en"],
        topic_en=row["topic_en"],
        keywords_it=listed(row["keywords_it"]),
        keywords_en=listed(row["keywords_en"]),
        themes=listed(row["themes"]),
        sectors=listed(row["sectors"]),
    )


def many_facts(facts: Facts, seed: int) -> Facts:
    """Return `facts` with 2,000 laboratories: the real ones again and again, a third of their words exchanged."""
    chance = random.Random(seed)  # noqa: S311  # not for secrets: the same benchmark every time
    pool = [word for real in facts.laboratories for word in f"{real.card_it} {real.name}".split()]
    slugs = [theme.slug for theme in facts.themes]
    made = []
    for number in range(MANY):
        real = facts.laboratories[number % len(facts.laboratories)]
        words = [chance.choice(pool) if chance.random() < 1 / 3 else word for word in real.card_it.split()]
        themes = {theme if chance.random() < 2 / 3 else chance.choice(slugs) for theme in real.themes}
        made.append(
            replace(real, slug=f"{real.slug}-{number}", card_it=" ".join(words), themes=tuple(sorted(themes)))
        )
    return replace(facts, laboratories=tuple(made))


def seconds(action: Callable[[], object], times: int, clock: Callable[[], float] = perf_counter) -> float:
    """Return the median time of `action`."""
    spent = []
    for _ in range(times):
        start = clock()
        action()
        spent.append(clock() - start)
    return statistics.median(spent)


def naive(
    index: Index, walk: "nx.DiGraph[tuple[str, str]]", need: Understanding
) -> dict[tuple[str, str], float]:
    """Return the PageRank of one need, computed for it alone: what the index replaces."""
    personalization = {node: weight for node, _, weight in starts(index, need)}
    found: dict[tuple[str, str], float] = nx.pagerank(walk, alpha=ALPHA, personalization=personalization)
    return found


def show(name: str, facts: Facts) -> None:
    """Print one block of the table."""
    stem.cache_clear()
    stemmed.cache_clear()
    first = seconds(lambda: Index.from_graph(build(facts)), 1)
    gc.disable()  # as the product does while it builds an index
    again = seconds(lambda: Index.from_graph(build(facts)), 5)
    gc.enable()
    graph = build(facts)
    index = Index.from_graph(graph)
    need = understand(index, TEXT, title=TITLE)
    place = facts.municipalities[0].istat_code
    one, needs = next(iter(index.laboratories)), dict.fromkeys(range(1506), (need, place))
    walk = walkable(graph)
    ours = seconds(lambda: rank(index, understand(index, TEXT, title=TITLE), place=place), NEEDS)
    peer = seconds(lambda: naive(index, walk, need), NEEDS)
    walked = seconds(lambda: theme_values(index, [need], slice(None)), NEEDS)
    print(f"{name}: {graph.number_of_nodes():,} nodes, {graph.number_of_edges():,} edges")
    line("build the graph and export the index, first time", first)
    line("build the graph and export the index, again", again)
    line("understand a need", seconds(lambda: understand(index, TEXT, title=TITLE), NEEDS))
    line("understand and rank it, with every reason", ours)
    line(
        "rank it, with the first 20 reasons", seconds(lambda: rank(index, need, place=place, limit=20), NEEDS)
    )
    line("one laboratory against 1,506 needs", seconds(lambda: rank_needs(index, one, needs, limit=20), 5))
    line("the walk of a need from the index", walked)
    line("the walk by networkx.pagerank", peer)
    print(
        f"  pagerank / ours: {peer / walked:.0f} for the walk alone, {peer / ours:.1f} for the whole answer"
    )


def show_all_at_once(facts: Facts) -> None:
    """Print how long the factors of all needs and laboratories take together, in seconds of the processor."""
    index = Index.from_graph(build(replace(facts, laboratories=facts.laboratories[:ALL_LABORATORIES])))
    chance = random.Random(SEED)  # noqa: S311  # as above
    towns, said = [town.istat_code for town in facts.municipalities], TEXT.split()
    theme_texts = [f"{theme.label_it}. {theme.description_it}" for theme in facts.themes]
    needs = [
        understand(index, f"{chance.choice(theme_texts)} {' '.join(chance.sample(said, 12))}")
        for _ in range(ALL_NEEDS)
    ]
    places, numbers = [chance.choice(towns) for _ in needs], list(range(ALL_NEEDS))
    spent = seconds(lambda: measured(index, needs, places, numbers, slice(None)), 5, process_time)
    print(f"{ALL_NEEDS:,} needs x {len(index.laboratories)} laboratories at once")
    line("every factor of every pair, seconds of the processor", spent)


def line(what: str, spent: float) -> None:
    """Print one time."""
    print(f"  {what:<50} {1000 * spent:10.2f} ms")


def main() -> None:
    """Print the table."""
    start = perf_counter()
    importlib.import_module("scipy.sparse.csgraph")
    line("load the numeric libraries, once a process", perf_counter() - start)
    facts = real_facts()
    show(f"{len(facts.laboratories)} laboratories", facts)
    many = many_facts(facts, SEED)
    show(f"{MANY:,} laboratories", many)
    show_all_at_once(many)


if __name__ == "__main__":
    main()
