"""The municipalities of a proposal as a group, judged at a date: what whoever decides on adhering wants to read."""

from __future__ import annotations

from datetime import date

from raccordo.association_rows import AssociationRecord
from raccordo.catalogue import Catalogue
from raccordo.groups import Evaluation, GroupInput, evaluate
from raccordo.typed_towns import FEWEST


def of_proposal(catalogue: Catalogue, record: AssociationRecord, on: date) -> Evaluation | None:
    """The group of those that have not said no, under the lead of the proposal; None while they are too few.

    Where the lead said no, the largest stands in until another one is chosen.
    """
    members = tuple(dict.fromkeys(one.istat_code for one in record.remaining))
    if len(members) < FEWEST:
        return None
    lead = record.lead if record.lead in members else None
    return evaluate(catalogue, GroupInput(function=record.function, members=members, lead=lead, on=on))
