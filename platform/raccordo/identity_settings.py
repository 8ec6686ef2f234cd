"""The identity providers that people may log in with: one TOML file, a table for each provider."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from raccordo.language import DEFAULT, Sentence
from raccordo.mail_settings import SettingError

VARIABLE = "RACCORDO_IDENTITY_PROVIDERS"
SLUG = re.compile(r"[a-z][a-z0-9-]{0,30}")
TAKEN = frozenset({"codice"})  # /accedi/codice is where the second factor's code is asked
MOST = 200  # characters of an issuer, and of whatever else is written in the file
SCOPES = "openid profile email"
REQUIRED = ("issuer", "client_id", "client_secret", "label_it", "label_en")
KNOWN = {*REQUIRED, "scopes", "trust_email", "acr", "strong"}


@dataclass(frozen=True, slots=True)
class Label(Sentence):
    """What a provider is called in both languages: written in the settings, not in the catalogue."""

    english: str = ""

    def say(self, language: str = DEFAULT) -> str:
        return self.text if language == DEFAULT else self.english


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """An OpenID provider. `slug` names it in addresses and in the file, `name` on its button.

    `trusts_email`: an address that it calls verified needs no mail of ours. `acr` is what it is asked for;
    a login whose `acr` or `amr` is among `strong` counts as a second factor.
    """

    slug: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: Label = field(hash=False)
    scopes: str = SCOPES
    trusts_email: bool = False
    acr: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()


def read_providers(values: Mapping[str, str]) -> tuple[Provider, ...]:
    """The providers of the file that the setting names, in its order; none when it is empty."""
    name = values.get(VARIABLE, "").strip()
    if not name:
        return ()
    if not is_safe(values.get("RACCORDO_ADDRESS", "").strip()):
        raise SettingError(
            f"RACCORDO_ADDRESS: not an https address, and {VARIABLE} is set; providers send people back there"
        )
    try:
        tables = tomllib.loads(Path(name).read_text("utf-8"))
    except OSError as error:
        raise SettingError(
            f"{VARIABLE}: '{name}' cannot be read ({error.strerror}); name a TOML file"
        ) from None
    except ValueError as error:
        place = re.search(r"\(at [^)]*\)$", str(error))  # the rest may repeat a secret
        raise SettingError(
            f"{VARIABLE}: '{name}' is not TOML {place.group() if place else ''}; see docs/identity-providers.md"
        ) from None
    return tuple(_provider(slug, table) for slug, table in tables.items())


def is_safe(address: str) -> bool:
    """Whether secrets may travel there: https, or http on this machine; a plain address without a user."""
    if not (address.isascii() and address.isprintable()) or set(address) & set(' "<>\\'):
        return False
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    if not parts.hostname or parts.username is not None or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts.hostname))


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _provider(slug: str, table: object) -> Provider:
    if not SLUG.fullmatch(slug) or slug in TAKEN or not isinstance(table, dict):
        raise _wrong(slug, "is no provider", "write a table such as [polimi], in small letters")
    for key in sorted(table.keys() - KNOWN):
        raise _wrong(slug, f"{key} is no known key", f"use {', '.join(sorted(KNOWN))}")
    texts = {key: _text(slug, table, key) for key in REQUIRED}
    if not is_safe(texts["issuer"]) or urlsplit(texts["issuer"]).query:
        raise _wrong(slug, f"issuer '{texts['issuer']}' is no https address", "use https://idp.example.it")
    scopes = _text(slug, table, "scopes") if "scopes" in table else SCOPES
    if "openid" not in scopes.split():
        raise _wrong(slug, f"scopes '{scopes}' lacks openid", f'use "{SCOPES}"')
    trusts = table.get("trust_email", False)
    if not isinstance(trusts, bool):
        raise _wrong(slug, "trust_email is neither true nor false", "use trust_email = true, or leave it out")
    return Provider(
        slug=slug,
        issuer=texts["issuer"],
        client_id=texts["client_id"],
        client_secret=texts["client_secret"],
        name=Label(texts["label_it"], english=texts["label_en"]),
        scopes=scopes,
        trusts_email=trusts,
        acr=_list(slug, table, "acr"),
        strong=_list(slug, table, "strong"),
    )


def _text(slug: str, table: Mapping[str, Any], key: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str) or not value.strip() or not value.isprintable() or len(value) > MOST:
        raise _wrong(
            slug, f"{key} is missing or no plain text", f'use {key} = "…", at most {MOST} characters'
        )
    return value.strip()


def _list(slug: str, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = table.get(key, [])
    if not isinstance(values, list) or not all(
        isinstance(value, str) and value and " " not in value and value.isprintable() for value in values
    ):
        raise _wrong(slug, f"{key} is no list of names", f'use {key} = ["…"]')
    return tuple(values)


def _wrong(slug: str, what: str, remedy: str) -> SettingError:
    return SettingError(f"{VARIABLE}: [{slug[:40]}] {what}; {remedy}")
