"""The catalogue itself: which picture of what is published this answer was made from."""

from __future__ import annotations

import strawberry

from raccordo import matches
from raccordo.catalogue import Catalogue as Picture
from raccordo.schema.fields import described, shows


@shows(Picture, "How many things are published.")
class Counts:
    municipalities: int = described("Municipalities of today.", lambda root: len(root.municipalities))
    provinces: int = described("Provinces and the metropolitan city.", lambda root: len(root.provinces))
    mountain_communities: int = described(
        "Mountain communities.", lambda root: len(root.mountain_communities)
    )
    unions: int = described("Unions of municipalities that were imported.", lambda root: len(root.unions))
    departments: int = described("Departments.", lambda root: len(root.departments))
    schools: int = described("Schools.", lambda root: len(root.schools))
    campuses: int = described("Campuses.", lambda root: len(root.campuses))
    laboratories: int = described("Laboratories and research groups.", lambda root: len(root.laboratories))
    themes: int = described("Themes.", lambda root: len(root.themes))
    functions: int = described("Fundamental functions.", lambda root: len(root.functions))
    sectors: int = described("Strategic sectors.", lambda root: len(root.sectors))
    needs: int = described("Published needs, examples among them.", lambda root: len(root.needs))


def _itself(root: strawberry.Parent[Picture]) -> Picture:
    return root


def _snapshot(root: strawberry.Parent[Picture]) -> str:
    return matches.snapshot_id(root)


@shows(Picture, "The picture of what is published from which this whole answer was made.")
class Catalogue:
    version: int = described("Raised by every change of what is published.")
    reference_version: int = described("The version in which the reference data last changed.")
    snapshot_id: str = described(
        "Names what rankings are computed from: the same id gives the same bytes.", _snapshot
    )
    population: int = described("Inhabitants of all municipalities.")
    counts: Counts = described("How many things are published.", _itself)
