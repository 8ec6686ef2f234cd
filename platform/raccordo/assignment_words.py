"""Why there is no plan and what would make one, in words; and a repair as the scenario in which it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from raccordo.assignment_groups import name_of
from raccordo.assignment_scenario import Scenario
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.spoken import Amount, Listed

NAMED = 3  # laboratories or needs that are named before "and others"
SHARED = 0.6  # of some laboratories, that have a theme, for it to name them all

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A certificate in words: `sentence` says what is missing, `detail` how one counts it."""

    sentence: str
    detail: str
    needs: tuple[int, ...]
    laboratories: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A repair in words, in all and change by change, and the scenario in which it is done."""

    summary: str
    sentences: tuple[str, ...]
    cost: int
    proved: bool
    scenario: Scenario


def reasons(picture: Catalogue, result: Values, language: str) -> list[Reason]:
    """The certificates of a result in words."""
    return [_reason(picture, found, language) for found in result["certificates"]]


def repairs(picture: Catalogue, scenario: Scenario, result: Values, language: str) -> list[Repair]:
    """The repairs of a result in words, the cheapest first."""
    return [
        Repair(
            summary=_summary(repair["changes"], language),
            sentences=tuple(_change(picture, change, language) for change in repair["changes"]),
            cost=repair["cost"],
            proved=repair["proved"],
            scenario=repaired(scenario, result, repair["changes"]),
        )
        for repair in result["repairs"]
    ]


def repaired(scenario: Scenario, result: Values, changes: Sequence[Values]) -> Scenario:
    """The scenario after the changes of a repair: each becomes a line of its lists."""
    quotas = {slug: (least, most) for slug, least, most in result["laboratories"]}
    floors = {key: least for key, _, least, _ in result["floors"]}
    demands, let_go = dict(scenario.demands), list(scenario.let_go)
    for change in changes:
        amount, slug, need = change["amount"], change["laboratory"], change["need"]
        if change["remedy"] == "PLACES":
            quotas[slug] = (quotas[slug][0], quotas[slug][1] + amount)
        elif change["remedy"] == "LEAST":
            quotas[slug] = (quotas[slug][0] - amount, quotas[slug][1])
        elif change["remedy"] == "DEMAND":
            least, most = demands.get(need, (scenario.least_each, scenario.most_each))
            demands[need] = (least - amount, most)
        elif change["remedy"] == "FLOOR":
            floors[change["floor"]] -= amount
        else:
            let_go.append((need, slug))
    changed = {change["laboratory"] for change in changes if change["remedy"] in {"PLACES", "LEAST"}}
    lowered = {change["floor"] for change in changes if change["remedy"] == "FLOOR"}
    return replace(
        scenario,
        quotas={**scenario.quotas, **{slug: quotas[slug] for slug in sorted(changed)}},
        demands=demands,
        floors={**scenario.floors, **{key: floors[key] for key in sorted(lowered)}},
        let_go=tuple(let_go),
    )


def _reason(picture: Catalogue, found: Values, language: str) -> Reason:
    needs, slugs = tuple(found["needs"]), tuple(found["laboratories"])
    values: dict[str, object] = {
        "missing": found["missing"],
        "asked": found["asked"],
        "given": found["given"],
        "elsewhere": found["elsewhere"],
        "count": len(needs),
        "laboratories": laboratories_named(picture, slugs, language),
        "needs": needs_named(picture, needs, language),
        "groups": _listed([name_of(picture, key).say(language) for key in found["floors"]], language),
    }
    text = _text_of(found)
    sentence, detail = _TEXTS[text]
    if found["missing"] == 1:
        sentence = _ONE.get(text, sentence)
    return Reason(
        sentence=Sentence(sentence.text, values).say(language),
        detail=Sentence(detail.text, values).say(language),
        needs=needs,
        laboratories=slugs,
    )


def _text_of(found: Values) -> str:
    """Which pair of sentences tells a certificate."""
    if found["cause"] == "PLACES":
        return "PLACES" if found["laboratories"] else "NO_LABORATORY"
    if found["cause"] == "BY_HAND":
        return "PAIR" if found["needs"] and found["laboratories"] else "HAND"
    return str(found["cause"])


_TEXTS: Mapping[str, tuple[Sentence, Sentence]] = {
    "PLACES": (
        Sentence("Mancano {missing} posti in {laboratories}."),
        Sentence(
            "Bisogni che possono andare solo lì: {count} ({needs}). Chiedono {asked} laboratori; lì ci sono {given} posti, e altrove se ne trovano {elsewhere}."
        ),
    ),
    "NO_LABORATORY": (
        Sentence("Mancano {missing} laboratori per {needs}."),
        Sentence("Chiede {asked} laboratori, e di adatti e permessi ce ne sono {elsewhere}."),
    ),
    "LEAST": (
        Sentence("Mancano {missing} bisogni per il minimo di {laboratories}."),
        Sentence("Il minimo è {asked} in tutto; i bisogni adatti ne possono dare {given} e {elsewhere}."),
    ),
    "PAIR": (
        Sentence("A mano sono messi insieme {needs} e {laboratories}, che non possono stare insieme."),
        Sentence("C’è un conflitto d’interessi, un rifiuto del laboratorio o un altro vincolo a mano."),
    ),
    "HAND": (
        Sentence("A mano sono fissati {asked} abbinamenti dove ne stanno {given}: {needs}{laboratories}."),
        Sentence("Va tolto un vincolo, o alzato il limite."),
    ),
    "FLOOR": (
        Sentence("Non si possono servire bene {asked} bisogni in: {groups}. Ne mancano {missing}."),
        Sentence("Comunque si pianifichi, al massimo se ne servono bene {given}."),
    ),
}
_ONE: Mapping[str, Sentence] = {
    "PLACES": Sentence("Manca un posto in {laboratories}."),
    "NO_LABORATORY": Sentence("Manca un laboratorio per {needs}."),
    "LEAST": Sentence("Manca un bisogno per il minimo di {laboratories}."),
}


def _change(picture: Catalogue, change: Values, language: str) -> str:
    slugs = [change["laboratory"]] if change["laboratory"] else []
    values = {
        "amount": change["amount"],
        "laboratory": laboratories_named(picture, slugs, language),
        "need": needs_named(picture, [change["need"]] if change["need"] else [], language),
        "group": name_of(picture, change["floor"]).say(language) if change["floor"] else "",
    }
    wanted = _CHANGES[change["remedy"]]
    return Sentence(wanted.text, values).say(language)


_CHANGES: Mapping[str, Sentence] = {
    "PLACES": Sentence("Posti in più a {laboratory}: {amount}."),
    "LEAST": Sentence("Minimo più basso per {laboratory}: {amount} in meno."),
    "DEMAND": Sentence("Laboratori garantiti in meno a {need}: {amount}."),
    "FLOOR": Sentence("Bisogni garantiti in meno ({group}): {amount}."),
    "BY_HAND": Sentence("Senza il vincolo a mano fra {need} e {laboratory}."),
}


def _summary(changes: Sequence[Values], language: str) -> str:
    """How much of each kind a repair changes, and in how many places."""
    told = []
    for kind, wanted in _SUMMARIES.items():
        mine = [change["amount"] for change in changes if change["remedy"] == kind]
        if mine:
            told.append(Sentence(wanted.text, {"amount": sum(mine), "count": len(mine)}).say(language))
    return " ".join(told)


_SUMMARIES: Mapping[str, Sentence] = {
    "PLACES": Sentence("Posti in più: {amount}; laboratori che li danno: {count}."),
    "LEAST": Sentence("Minimi più bassi: {amount} in meno; laboratori: {count}."),
    "DEMAND": Sentence("Laboratori garantiti in meno: {amount}; bisogni che vi rinunciano: {count}."),
    "FLOOR": Sentence("Bisogni garantiti in meno: {amount}; gruppi: {count}."),
    "BY_HAND": Sentence("Vincoli a mano da non considerare: {count}."),
}


def laboratories_named(picture: Catalogue, slugs: Iterable[str], language: str) -> str:
    """Some laboratories in words: by a theme that most of them have, or by their names."""
    known = [picture.laboratories[slug] for slug in slugs if slug in picture.laboratories]
    if len(known) > NAMED and len(known) == len(picture.laboratories):
        return Sentence("tutti i {count} laboratori", {"count": len(known)}).say(language)
    themes = Counter(theme for one in known for theme in one.themes)
    if len(known) > NAMED and themes:
        theme, count = min(themes.items(), key=lambda item: (-item[1], item[0]))
        if count >= SHARED * len(known):
            label = getattr(picture.themes[theme], f"label_{language}")
            return Sentence("{count} laboratori di «{theme}»", {"count": len(known), "theme": label}).say(
                language
            )
    return _listed([one.name for one in known], language)


def needs_named(picture: Catalogue, numbers: Iterable[int], language: str) -> str:
    """Some needs by number and title."""
    known = [picture.needs[number] for number in numbers if number in picture.needs]
    return _listed([f"n. {one.number} «{one.title}»" for one in known], language)


def _listed(names: list[str], language: str) -> str:
    """All of a few names; of many the first three, and how many more."""
    more = len(names) - NAMED
    if more > 1:
        others = Sentence("altri {more}", {"more": Amount(more)}).say(language)
        names = [*names[:NAMED], others]
    return Listed(names).say(language)
