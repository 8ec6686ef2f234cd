"""From a pasted mail or an extract of a plan (DUP) to the needs in it: what is substance, and where one need ends.

Greetings, signatures, quoted lines, headers and disclaimers are set aside, never thrown away: every line of the text
is in exactly one proposal or among the leftovers. Needs are parted at numbered or lettered items, at bullets that are
sentences, and at paragraphs that speak of different themes.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from raccordo_graph.text import fold

MOST_NEEDS = 20
"""Proposals from one text; further items stay with the last."""

LEAST_WORDS = 4
"""Words that a line must have to be a need of its own."""

LONGEST_TITLE = 110
"""Characters of a proposed title."""

_QUOTED = re.compile(r"^\s*(?:>|\|)")
_HEADER = re.compile(
    r"^\s*(?:da|a|cc|ccn|oggetto|inviato|data|from|to|subject|sent|date|reply-to|prot(?:ocollo)?\.?)\s*[:.]\s",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^\s*(?:oggetto|subject)\s*:\s*(?:(?:re|r|i|fwd?|fw)\s*:\s*)*(?P<title>.+)$", re.IGNORECASE
)
_REPLY = re.compile(
    r"^\s*(?:-{2,}\s*(?:messaggio (?:originale|inoltrato)|original message|forwarded message).*|(?:il|on) .{6,80}(?:ha scritto|wrote)\s*:?)\s*$",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^\s*(?:(?:buon ?giorno|buonasera|salve|gentil\w+|egregi\w*|spett\.?\w*|car[oaie]|alla cortese attenzione|dear|hello|hi|good (?:morning|afternoon))\b[^.!?]{0,60}[,.!:]?)\s*$",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^\s*(?:(?:cordial\w*|distinti|cari|migliori|un)\s+salut\w*|cordialmente|salut[io]|grazie(?: (?:mille|e .*|per .*|anticipatamente|in anticipo))?|in attesa di .*|resto a disposizione.*|restiamo a disposizione.*"
    r"|(?:best|kind|warm) regards|regards|sincerely|thanks?(?: you)?|many thanks|yours .*)\s*[,.!]*\s*$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^\s*(?:--|__|\*\*)\s*[-_*]*\s*$")
_CONTACT = re.compile(
    r"(?:\btel\b|\bcell\b|\bfax\b|\bpec\b|\bwww\.|@|\bp\.? ?iva\b|\bc\.?f\.?\b|\bphone\b|\+39)", re.IGNORECASE
)
_DISCLAIMER = re.compile(
    r"(?:riservat\w+|confidenzial\w+|destinatari\w+|regolamento ue|gdpr|679/2016|196/2003|privacy|stampare (?:questa|la presente)|prima di stampare|confidential|intended recipient|disclaimer)",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"^\s*(?:\(?(?:\d{1,2}|[a-z])[.)°]\s*[-–]?|(?:\d{1,2}\.){2,3}\d{0,2}|[-–•*·▪])\s+(?=\S)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedDraft:
    """A need found in a text: a proposed `title`, and its own `lines` of the text, blanks at the ends taken off."""

    title: str
    lines: tuple[str, ...]

    @property
    def description(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """The needs of a text in its order, and the lines that were set aside."""

    needs: tuple[NeedDraft, ...]
    leftovers: tuple[str, ...]


def read(text: str, theme_of: Callable[[str], str] = lambda _: "") -> Intake:
    """Return the needs that `text` holds; `theme_of` tells the main theme of a paragraph, "" when it tells none.

    >>> found = read("Buongiorno,\\n1. Il ponte sul torrente trema al passaggio dei camion.\\n"
    ...              "2. La scuola consuma troppo per il riscaldamento.\\nCordiali saluti\\nMario Rossi\\nTel. 0341 000000")
    >>> [need.title for need in found.needs]
    ['Il ponte sul torrente trema al passaggio dei camion', 'La scuola consuma troppo per il riscaldamento']
    >>> found.leftovers
    ('Buongiorno,', 'Cordiali saluti', 'Mario Rossi', 'Tel. 0341 000000')
    """
    kept, leftovers, subject = _substance(text)
    parts = [part for part in _parts(kept, theme_of) if part]
    if len(parts) > MOST_NEEDS:
        rest = tuple(line for part in parts[MOST_NEEDS - 1 :] for line in part)
        parts = [*parts[: MOST_NEEDS - 1], rest]
    if len(parts) == 1 and subject:
        return Intake(needs=(NeedDraft(title=_shortened(subject), lines=parts[0]),), leftovers=leftovers)
    return Intake(
        needs=tuple(NeedDraft(title=_title(part), lines=part) for part in parts), leftovers=leftovers
    )


def _substance(text: str) -> tuple[list[str], tuple[str, ...], str]:
    """Return the lines that may tell a need (empty ones part paragraphs), the others, and a mail's subject."""
    kept: list[str] = []
    aside: list[str] = []
    subject, over = "", False
    for line in (one.strip() for one in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        if not line:
            kept.append("")
            continue
        told = _SUBJECT.match(line)
        subject = subject or (told["title"].strip() if told and not kept_words(kept) else "")
        over = (
            over
            or bool(_REPLY.match(line) or _SIGNATURE.match(line))
            or (_closes(line) and kept_words(kept) > 0)
        )
        (aside if (over and not _ITEM.match(line)) or _is_aside(line) else kept).append(line)
        over = over and not _ITEM.match(line)
    return kept, tuple(aside), subject


def kept_words(lines: Iterable[str]) -> int:
    """Return how many words the lines have.

    >>> kept_words(["il ponte", ""])
    2
    """
    return sum(len(line.split()) for line in lines)


def _closes(line: str) -> bool:
    return bool(_CLOSING.match(line))


def _is_aside(line: str) -> bool:
    short = len(line.split()) < 14
    return bool(
        _QUOTED.match(line)
        or _HEADER.match(line)
        or _GREETING.match(line)
        or _CLOSING.match(line)
        or (short and _CONTACT.search(line))
        or len(_DISCLAIMER.findall(line)) > 1
    )


def _parts(lines: Sequence[str], theme_of: Callable[[str], str]) -> list[tuple[str, ...]]:
    """Return the lines of each need: by items where there are two or more, else by themes of paragraphs."""
    items = [
        place for place, line in enumerate(lines) if _ITEM.match(line) and len(line.split()) > LEAST_WORDS
    ]
    return _by_items(lines, items) if len(items) > 1 else _by_themes(lines, theme_of)


def _by_items(lines: Sequence[str], items: Sequence[int]) -> list[tuple[str, ...]]:
    """Cut before every item. What stands before the first is a need of its own only if it is a paragraph, else part of the first."""
    cuts = [*items, len(lines)]
    parts = [tuple(line for line in lines[start:end] if line) for start, end in pairwise(cuts)]
    before = tuple(line for line in lines[: items[0]] if line)
    if before and parts:
        parts[0] = (*before, *parts[0])
    return parts


def _by_themes(lines: Sequence[str], theme_of: Callable[[str], str]) -> list[tuple[str, ...]]:
    """Join paragraphs in a row that speak of one theme, and those that speak of none to the one before."""
    parts: list[tuple[str, ...]] = []
    themes: list[str] = []
    for paragraph in _paragraphs(lines):
        theme = theme_of("\n".join(paragraph)) if kept_words(paragraph) > LEAST_WORDS else ""
        if parts and (not theme or not themes[-1] or theme == themes[-1]):
            parts[-1] = (*parts[-1], *paragraph)
            themes[-1] = themes[-1] or theme
        else:
            parts.append(paragraph)
            themes.append(theme)
    return parts


def _paragraphs(lines: Sequence[str]) -> list[tuple[str, ...]]:
    found: list[list[str]] = [[]]
    for line in lines:
        if line:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [tuple(paragraph) for paragraph in found if paragraph]


def _title(lines: Sequence[str]) -> str:
    """Return the first sentence of the item, or of the text, without its number, bullet and last mark."""
    item = next((line for line in lines if _ITEM.match(line)), lines[0])
    bare = _ITEM.sub("", item, count=1).strip() or item
    sentence = re.split(r"(?<=[^\W\d]{3})[.;!](?:\s|$)", bare, maxsplit=1)[0]
    return _shortened(sentence)


def _shortened(sentence: str) -> str:
    """Return a sentence of `LONGEST_TITLE` characters at most, cut between words, with a capital letter."""
    flat = " ".join(sentence.split()).strip(" .;:,-–")
    if len(flat) > LONGEST_TITLE:
        flat = flat[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    return flat[:1].upper() + flat[1:] if fold(flat[:1]).isalpha() else flat
