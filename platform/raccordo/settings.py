"""Every setting of a running Raccordo, read once from the environment and never changed afterwards."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from raccordo.identity_settings import Provider, read_providers
from raccordo.mail_settings import LOCAL_ADDRESS, read_mail
from raccordo.mail_settings import SettingError as SettingError  # part of what reading settings may raise

HTMX_URL = "https://cdn.jsdelivr.net/npm/htmx.org@4.0.1/dist/htmx.min.js"
HTMX_INTEGRITY = "sha384-Qp9rdC8H7EqOoX+nR0P3RPG2Noji+qdwJlGpfzwQJsfOpp3sGwIdSP9xO3+UlEhn"
DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql", "asyncpg")


class Mode(StrEnum):
    """`demo` lets a visitor choose who acts; `production`, the default, never does."""

    DEMO = "demo"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment decides. `htmx_file` is set when htmx is served from a local copy.

    Without `smtp_url` no mail leaves; `address` is what links in mails begin with, and
    where an identity provider sends people back.
    """

    mode: Mode = Mode.PRODUCTION
    data: Path = Path("data")
    database_url: str = ""
    htmx_url: str = HTMX_URL
    htmx_integrity: str = HTMX_INTEGRITY
    htmx_file: Path | None = None
    smtp_url: str = ""
    mail_from: str = ""
    address: str = LOCAL_ADDRESS
    identity_providers: tuple[Provider, ...] = ()

    @property
    def demo(self) -> bool:
        return self.mode is Mode.DEMO

    @property
    def database(self) -> str:
        """The address of the database: the configured one, else one SQLite file in the data folder."""
        return self.database_url or f"sqlite://{(self.data / 'raccordo.sqlite3').absolute()}"


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from `RACCORDO_*` variables; raises SettingError naming the variable and the remedy."""
    values = os.environ if environment is None else environment
    htmx = values.get("RACCORDO_HTMX_URL", "") or HTMX_URL
    local = _local_file(htmx)
    return Settings(
        mode=_mode(values.get("RACCORDO_MODE", "production")),
        data=Path(values.get("RACCORDO_DATA", "") or "data"),
        database_url=_database_url(values.get("RACCORDO_DATABASE_URL", "")),
        htmx_url="/static/htmx.js" if local else htmx,
        # Only the pinned address has a known hash; another copy is trusted by whoever names it.
        htmx_integrity=HTMX_INTEGRITY if htmx == HTMX_URL else values.get("RACCORDO_HTMX_INTEGRITY", ""),
        htmx_file=local,
        identity_providers=read_providers(values),
        **read_mail(values),
    )


def _mode(value: str) -> Mode:
    try:
        return Mode(value)
    except ValueError:
        raise SettingError(f"RACCORDO_MODE: '{value}' is no mode; use demo or production") from None


def _database_url(value: str) -> str:
    scheme, separator, rest = value.partition("://")
    if value and (not separator or not rest or scheme not in DATABASE_SCHEMES):
        shown = f"{scheme}://…" if separator else value[:40]
        raise SettingError(
            f"RACCORDO_DATABASE_URL: '{shown}' is not a database address; "
            "use sqlite:///file or postgres://user@host/name"
        )
    return value


def _local_file(htmx: str) -> Path | None:
    parts = urlsplit(htmx)
    if parts.scheme == "https":
        return None
    path = Path(parts.path if parts.scheme == "file" else htmx)
    if not path.is_file():
        raise SettingError(
            f"RACCORDO_HTMX_URL: '{htmx}' is neither an https address nor an existing file; "
            "leave it empty for the pinned copy"
        )
    return path
