"""Relay's global ids: the name of the type and the natural key, opaque to whoever holds one."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import Any

import strawberry

from raccordo import laboratories, municipalities, needs, offers
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.refusals import NotFound
from raccordo.schema.fields import described, interface
from raccordo.whole_numbers import whole

# The natural key of each type, and how a key is found again.
KEYS: dict[str, tuple[str, Callable[[Catalogue, str], object]]] = {
    "Municipality": ("istat_code", municipalities.find),
    "Province": ("istat_code", laboratories.province),
    "MountainCommunity": ("slug", laboratories.mountain_community),
    "UnionOfMunicipalities": ("code", laboratories.union),
    "Laboratory": ("slug", laboratories.laboratory),
    "Department": ("acronym", laboratories.department),
    "School": ("acronym", laboratories.school),
    "Campus": ("code", lambda catalogue, code: campus(catalogue, code)),
    "Theme": ("slug", laboratories.theme),
    "FundamentalFunction": ("letter", laboratories.function),
    "StrategicSector": ("slug", laboratories.sector),
    "Need": ("number", lambda catalogue, number: needs.find(catalogue, _number(number))),
    "Offer": ("number", lambda catalogue, number: offers.find(catalogue, _number(number))),
}


def _id(root: strawberry.Parent[Any]) -> strawberry.ID:
    return global_id(root)


@interface("Whatever can be asked for again by its `id`.")
class Node:
    id: strawberry.ID = described("A global id: opaque, stable, made for `node(id:)` and for caches.", _id)


def global_id(value: object) -> strawberry.ID:
    """The id of a published value."""
    name = type(value).__name__
    key = getattr(value, KEYS[name][0])
    return strawberry.ID(urlsafe_b64encode(f"{name}:{key}".encode()).decode().rstrip("="))


def find(catalogue: Catalogue, identifier: str) -> object:
    """The published value with that id; raises NotFound for what is no id and for what is gone."""
    try:
        padding = "=" * (-len(identifier) % 4)
        name, separator, key = urlsafe_b64decode(identifier[:400] + padding).decode().partition(":")
    except ValueError:
        name = separator = key = ""
    if not separator or name not in KEYS:
        raise NotFound(
            "unreadable_id",
            Sentence("L’identificativo non è leggibile: va ripreso com’era dal campo `id` di una risposta."),
        )
    return KEYS[name][1](catalogue, key)


def campus(catalogue: Catalogue, code: str) -> object:
    """The campus with that code; raises NotFound."""
    if code not in catalogue.campuses:
        raise NotFound("unknown_campus", Sentence("Nessuna sede ha il codice «{code}».", {"code": code[:16]}))
    return catalogue.campuses[code]


def _number(text: str) -> int:
    return whole(text) or 0
