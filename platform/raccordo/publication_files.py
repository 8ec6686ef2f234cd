"""Lists of publications as ORCID and OpenAlex export them: titles, years and DOIs are taken, authors never are."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from raccordo.language import Sentence
from raccordo.municipalities import folded
from raccordo.refusals import refused

FIRST_YEAR, LAST_YEAR = 1800, 2100
LONGEST = 400  # characters of a title
MOST = 500  # publications of a laboratory, and in one file
ENTRY = re.compile(r"@(\w{1,40})\s{0,40}\{\s{0,40}([^,\s]{0,200})\s{0,40},")
FIELD = re.compile(r"(?<![\w-])([A-Za-z][\w-]{0,40})\s{0,40}=\s*")  # bounded: a hostile text costs no more
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
MARKUP = re.compile(r"</?[A-Za-z][^>]{0,40}>")
NOT_PUBLICATIONS = ("comment", "preamble", "string")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A publication of a file, at its place in it (from 1)."""

    place: int
    title: str
    year: int | None
    doi: str

    @property
    def key(self) -> str:
        return key_of(self.title, self.doi)


def key_of(title: str, doi: str) -> str:
    """What a publication is known again by: its DOI, else its title without accents and marks."""
    said = f"doi {bare_doi(doi)}" if doi.strip() else " ".join(re.findall(r"\w+", folded(title)))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def bare_doi(doi: str) -> str:
    """A DOI without the address before it, in small letters."""
    return re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)\s*", "", doi.strip(), flags=re.IGNORECASE).lower()[:200]


def read(content: str) -> tuple[Listed, ...]:
    """The publications of a JSON export of ORCID or OpenAlex, or of a BibTeX file; raises Refused.

    What has no title is left out.
    """
    text = content.strip().lstrip("\ufeff")
    found = tuple(_bibtex(text) if text.startswith("@") or "\n@" in text else _json(text))
    if not found:
        raise _wrong("Il file non contiene nessuna pubblicazione con un titolo.")
    if len(found) > MOST:
        raise refused(
            "content",
            "too_many",
            Sentence(
                "Il file contiene {count} pubblicazioni: il massimo è {most}; si divide il file.",
                {"count": len(found), "most": MOST},
            ),
        )
    return found


def _wrong(sentence: str) -> Exception:
    return refused("content", "unreadable", Sentence(sentence))


def _json(text: str) -> Iterator[Listed]:
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        raise _wrong(
            "Il file non si legge: serve un’esportazione JSON di ORCID o OpenAlex, un file BibTeX, "
            "o un CSV con le colonne descritte."
        ) from None
    return _listed(_works(parsed))


def _listed(works: Iterable[tuple[Any, Any, Any]]) -> Iterator[Listed]:
    place = 0
    for title, year, doi in works:
        kept = " ".join(MARKUP.sub("", _writable(title)).split())
        if kept:
            place += 1
            yield Listed(
                place=place,
                title=kept[:LONGEST],
                year=_year(year),
                doi=bare_doi(_writable(doi)),
            )


def _writable(said: Any) -> str:
    """A text without control characters and halves of characters, which JSON can hold and a database cannot."""
    if not isinstance(said, str):
        return ""
    return CONTROLS.sub(" ", said).encode("utf-8", "ignore").decode()


def _year(said: Any) -> int | None:
    text = str(said or "")[:4]
    return (
        int(text) if re.fullmatch(r"\d{4}", text, re.ASCII) and FIRST_YEAR <= int(text) <= LAST_YEAR else None
    )


def _works(parsed: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Title, year and DOI of every work; the shapes are those of the two services."""
    if isinstance(parsed, dict) and "activities-summary" in parsed:
        parsed = _at(parsed, "activities-summary", "works")
    if isinstance(parsed, dict) and isinstance(parsed.get("group"), list):
        for group in parsed["group"]:
            summaries = _at(group, "work-summary")
            if isinstance(summaries, list) and summaries:
                yield _of_orcid(summaries[0])
        return
    rows = parsed.get("results", [parsed]) if isinstance(parsed, dict) else parsed
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict):
            orcid = isinstance(row.get("title"), dict)
            yield (
                _of_orcid(row)
                if orcid
                else (
                    row.get("title") or row.get("display_name"),
                    row.get("publication_year"),
                    row.get("doi"),
                )
            )


def _of_orcid(summary: Any) -> tuple[Any, Any, Any]:
    ids = _at(summary, "external-ids", "external-id")
    doi = next(
        (
            _at(one, "external-id-value")
            for one in (ids if isinstance(ids, list) else [])
            if str(_at(one, "external-id-type")).lower() == "doi"
        ),
        "",
    )
    return _at(summary, "title", "title", "value"), _at(summary, "publication-date", "year", "value"), doi


def _at(value: Any, *path: str) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _bibtex(text: str) -> Iterator[Listed]:
    starts = [match for match in ENTRY.finditer(text) if match[1].lower() not in NOT_PUBLICATIONS]
    if not starts:
        return iter(())
    ends = [*(match.start() for match in starts[1:]), len(text)]
    entries = (dict(_fields(text[match.end() : end])) for match, end in zip(starts, ends, strict=True))
    return _listed((one.get("title"), one.get("year"), one.get("doi")) for one in entries)


def _fields(body: str) -> Iterator[tuple[str, str]]:
    at = 0
    while found := FIELD.search(body, at):
        value, at = _value(body, found.end())
        yield found[1].lower(), value


def _value(body: str, start: int) -> tuple[str, int]:
    """The value that begins there, without its braces or quotes, and where it ends."""
    opened = body[start : start + 1]
    if opened not in {"{", '"'}:
        end = next((place for place in range(start, len(body)) if body[place] in ",}\n"), len(body))
        return body[start:end].strip(), end
    depth = 0
    for place in range(start, len(body)):
        depth += (body[place] == "{") - (body[place] == "}")
        closes = body[place] == '"' and place > start and depth == 0 if opened == '"' else depth == 0
        if closes:
            return re.sub(r"[{}]|\\[a-zA-Z]*['`^\"~]?", "", body[start + 1 : place]), place + 1
    return re.sub(r"[{}]", "", body[start + 1 :]), len(body)
