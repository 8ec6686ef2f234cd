"""The one way a mail is written: a text template, its first line the subject, and HTML made from that text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache, partial
from importlib.resources import files
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from raccordo.language import DEFAULT, LANGUAGES, Sentence, translate, translate_plural
from raccordo.mail_settings import sender_of
from raccordo.outbox import GivenUp
from raccordo.settings import Settings
from raccordo.written_text import has_controls
from raccordo_ui.formats import filters
from raccordo_ui.language import address
from raccordo_ui.linked_text import paragraphs

FOLDER = "templates/mail"
NO_REPLIES = Sentence(
    "Le risposte a questo indirizzo per ora non le legge nessuno: si risponde dalle pagine di Raccordo."
)
# Colours of the reader's own program: nothing but structure, so that it reads in light and dark.
HTML = Markup(
    '<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="color-scheme" content="light dark"><title>{subject}</title></head>\n<body>\n{body}\n</body></html>\n'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail as written in one language, before it is addressed."""

    subject: str
    text: str
    language: str

    @property
    def html(self) -> str:
        return HTML.format(language=self.language, subject=self.subject, body=paragraphs(self.text))


def write(settings: Settings, template: str, language: str, values: Mapping[str, object]) -> Letter:
    """The letter that a template makes of `values`; raises GivenUp when it cannot be written.

    In a template `link("/path")` is the whole address of a page, in the reader's language.
    """
    language = language if language in LANGUAGES else DEFAULT
    environment = _environment(language)
    head, _, body = _source(template).partition("\n")
    known = {**values, "link": partial(link, settings, language)}
    try:
        subject = environment.from_string(head).render(known).strip()
        text = environment.from_string(body).render(known).strip()
    except Exception as error:  # a value that is missing stays missing, however often one tries
        raise GivenUp(f"template {template}: {type(error).__name__}") from error
    if not subject or has_controls(subject):
        raise GivenUp(f"template {template}: a line break or a control character in the subject")
    return Letter(
        subject=subject, text=f"{text}\n\n-- \nRaccordo\n{NO_REPLIES.say(language)}\n", language=language
    )


def link(settings: Settings, language: str, path: str) -> str:
    """The whole address of a page."""
    return settings.address + address(language, path)


def message(
    settings: Settings,
    letter: Letter,
    to: Address,
    *,
    number: int,
    written_at: datetime,
    unsubscribe: str = "",
) -> EmailMessage:
    """The letter addressed and dated, in plain text and HTML; the same event always has the same Message-ID.

    `unsubscribe` is the path that stops digests with one POST (RFC 8058).
    """
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = letter.subject
    mail["From"] = sender_of(settings.mail_from)
    mail["To"] = to
    mail["Date"] = format_datetime(written_at)
    mail["Message-ID"] = (
        f"<outbox-{number}.{written_at:%Y%m%d%H%M%S%f}@{urlsplit(settings.address).hostname}>"
    )
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = letter.language
    if unsubscribe:
        mail["List-Unsubscribe"] = f"<{link(settings, letter.language, unsubscribe)}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(letter.text, cte="quoted-printable")
    mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return mail


def recipient(name: str, email: str) -> Address:
    """To whom a mail goes; raises GivenUp for a name or an address that could write headers of its own."""
    if has_controls(name) or has_controls(email) or not email.isascii():
        raise GivenUp("the recipient's name or address holds what no header may hold")
    try:
        return Address(display_name=name, addr_spec=email)
    except (ValueError, IndexError) as error:
        raise GivenUp("the recipient's address is not one") from error


@cache
def _source(template: str) -> str:
    if not template.replace("_", "").isalnum():
        raise GivenUp("the name of a template is letters, figures and _")
    try:
        return files("raccordo_ui").joinpath(FOLDER, f"{template}.txt").read_text("utf-8")
    except FileNotFoundError as error:
        raise GivenUp(f"no template {template}") from error


@cache
def _environment(language: str) -> Environment:
    made = Environment(
        loader=PackageLoader("raccordo_ui"),
        autoescape=False,  # noqa: S701  # plain text: the HTML is made from it afterwards, escaped
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        partial(translate, language=language), partial(translate_plural, language=language), newstyle=True
    )
    made.filters.update(filters(language))
    return made
