"""The settings of mail: the server, who writes, and the address that links begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.policy import SMTP
from ipaddress import ip_address
from typing import TypedDict
from urllib.parse import SplitResult, unquote, urlsplit

LOCAL_ADDRESS = "http://127.0.0.1:8000"  # where `make run` serves
PORTS = {"smtp": 25, "smtps": 465}


class SettingError(ValueError):
    """A setting whose value cannot be used; the text names the setting, the value and the remedy."""


class MailSettings(TypedDict):
    smtp_url: str
    mail_from: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mail is handed over. `encrypted` is from the first byte; otherwise STARTTLS, if the server offers it.

    `must_encrypt` says that STARTTLS is not left to the server: a password would travel in the open.
    """

    host: str
    port: int
    user: str | None
    password: str | None
    encrypted: bool
    must_encrypt: bool


def read_mail(values: Mapping[str, str]) -> MailSettings:
    """The three settings, checked; raises SettingError naming the variable and the remedy."""
    smtp, sender = values.get("RACCORDO_SMTP_URL", "").strip(), values.get("RACCORDO_MAIL_FROM", "").strip()
    base = values.get("RACCORDO_ADDRESS", "").strip()
    if smtp:
        server_of(smtp)
        for name, value in (("RACCORDO_MAIL_FROM", sender), ("RACCORDO_ADDRESS", base)):
            if not value:
                raise SettingError(f"{name}: empty, and RACCORDO_SMTP_URL is set; mail needs all three")
    if sender:
        sender_of(sender)
    return MailSettings(smtp_url=smtp, mail_from=sender, address=_base(base) if base else LOCAL_ADDRESS)


def server_of(smtp_url: str) -> MailServer:
    """The mail server that an address names. The password is never repeated in an error."""
    try:
        parts = urlsplit(smtp_url)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        parts, port = SplitResult("", "", "", "", ""), 0
    if parts.scheme not in PORTS or not parts.hostname or not port or parts.path.strip("/") or parts.query:
        raise SettingError(
            "RACCORDO_SMTP_URL: not the address of a mail server; "
            "use smtp://user:password@host:587 or smtps://user:password@host"
        )
    return MailServer(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        encrypted=parts.scheme == "smtps",
        must_encrypt=bool(parts.password) and parts.scheme == "smtp" and not _is_here(parts.hostname),
    )


def sender_of(mail_from: str) -> Address:
    """Who writes; raises SettingError unless it is exactly one address, with or without a name."""
    try:
        header = SMTP.header_factory("From", mail_from)
        addresses = header.addresses
    except (ValueError, IndexError):
        addresses = ()
    if len(addresses) != 1 or not addresses[0].domain or "\n" in mail_from or header.defects:
        raise SettingError(
            f"RACCORDO_MAIL_FROM: '{mail_from[:80]}' is not one mail address; use Raccordo <raccordo@example.it>"
        )
    found: Address = addresses[0]
    return found


def _base(value: str) -> str:
    parts = urlsplit(value)
    wrong = parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment
    if wrong or parts.path.strip("/") or "@" in parts.netloc:
        raise SettingError(
            f"RACCORDO_ADDRESS: '{value[:80]}' is not where this site is reached; use https://raccordo.example.it"
        )
    return f"{parts.scheme}://{parts.netloc}"


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
