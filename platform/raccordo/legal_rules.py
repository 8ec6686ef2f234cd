"""The law on associated management as dated records: read once a process, asked at a date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from raccordo import reference_files
from raccordo.association_tables import LEGAL_RULES, RuleKind
from raccordo.tables import parse_table, read_bytes
from raccordo_graph.thresholds import Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalRule:
    """One rule with the days on which it held, both included; None is open.

    `residents`, `mountain_residents` and `times_smallest` are its numbers, `deferred_to` the day to which it put a
    duty off. Whether a row was read in a source or recalled stands in `evidence`.
    """

    rule: str
    kind: RuleKind
    norm: str
    topic_it: str
    topic_en: str
    valid_from: date | None
    valid_to: date | None
    residents: int | None
    mountain_residents: int | None
    times_smallest: int | None
    deferred_to: date | None
    content_it: str
    content_en: str
    evidence: str
    source: str

    @property
    def to_be_confirmed(self) -> bool:
        """True when it was recalled, at least in part."""
        return not self.evidence.startswith("verified")

    @property
    def threshold(self) -> Threshold:
        """Its numbers as the size of a group."""
        return Threshold(
            residents=self.residents,
            mountain_residents=self.mountain_residents,
            times_smallest=self.times_smallest,
        )

    def holds(self, on: date) -> bool:
        """Whether it was in force on that day; a rule without a known beginning is in force on none."""
        return (
            self.valid_from is not None
            and self.valid_from <= on
            and (self.valid_to is None or on <= self.valid_to)
        )


@cache
def shipped() -> tuple[LegalRule, ...]:
    """Every rule of the reference table, in its order. Loading the reference data has refused a broken one."""
    name = "legal_rules.csv"
    rows = parse_table(read_bytes(reference_files.shipped() / name), name, LEGAL_RULES)
    return tuple(LegalRule(**row.values) for row in rows)


def at(on: date) -> tuple[LegalRule, ...]:
    """The rules that were in force on that day."""
    return tuple(rule for rule in shipped() if rule.holds(on))


def of_kind(rules: Iterable[LegalRule], *kinds: RuleKind) -> tuple[LegalRule, ...]:
    """Those of the kinds, in the order of the kinds."""
    known = tuple(rules)
    return tuple(rule for kind in kinds for rule in known if rule.kind is kind)


def reference_size(on: date) -> LegalRule | None:
    """The rule with the reference size of that day: the Region's, where it had one, else that of the State."""
    kinds = (RuleKind.REGIONAL_THRESHOLD, RuleKind.NATIONAL_THRESHOLD)
    return next(iter(of_kind(at(on), *kinds)), None)


def threshold(on: date) -> Threshold:
    """The reference size on that day; one that asks nothing where no rule had any."""
    rule = reference_size(on)
    return rule.threshold if rule else Threshold()


def named(rule: str) -> LegalRule:
    """The rule of that name; raises KeyError, because only code asks for one by name."""
    return {one.rule: one for one in shipped()}[rule]
