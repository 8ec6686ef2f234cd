"""A file that a laboratory brings in: line by line what it would change, and nothing without a second click."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from raccordo import laboratory_profiles, profile_writing, publication_files
from raccordo.database import Writing
from raccordo.importing import profiles, publications
from raccordo.laboratory_profiles import Profile
from raccordo.language import Sentence
from raccordo.models import Emphasis, LaboratoryConcept, LaboratoryPublication
from raccordo.people import Actor
from raccordo.publication_files import MOST, Listed
from raccordo.refusals import FieldRefusal, Refused, refused
from raccordo.tables import Row, Table, has_column, parse_table

FILE = "file"
LONGEST = 60_000  # characters: what fits into a request


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """What a line of the file does: `changes` is False where everything stays as it is, and `what` says why."""

    line: int
    subject: str
    what: Sentence
    changes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What a file would do to the profile of a laboratory, read at that version."""

    laboratory: str
    version: int
    lines: tuple[ChangeLine, ...]

    @property
    def count(self) -> int:
        return sum(line.changes for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Plan:
    lines: tuple[ChangeLine, ...]
    concepts: tuple[tuple[str, Emphasis], ...] = ()
    publications: tuple[Listed, ...] = ()


NEW = Sentence("nuovo: {after}")
CHANGED = Sentence("da «{before}» a «{after}»")
SAME = Sentence("uguale: non cambia nulla")
KEPT = Sentence("resta «{before}»: l’ha detto una persona, e un file non lo cambia")
ADDED = Sentence("pubblicazione nuova")
KNOWN = Sentence("c’è già")


async def rehearse(actor: Actor, laboratory: str, content: str) -> Rehearsal:
    """What the file would change, line by line; nothing is written. Raises NotAllowed, or Refused for a broken file."""
    slug = profile_writing.revisable(actor, laboratory)
    plan = await _plan(slug, content)
    profile = await laboratory_profiles.read(actor, slug)
    return Rehearsal(laboratory=slug, version=profile.version, lines=plan.lines)


async def bring_in(actor: Actor, laboratory: str, version: int, content: str) -> Profile:
    """Do what the rehearsal of the same file said, from that version of the profile; raises Stale for an older one."""
    slug = profile_writing.revisable(actor, laboratory)
    plan = await _plan(slug, content)

    async def work(_writing: Writing) -> None:
        for concept, emphasis in plan.concepts:
            await LaboratoryConcept.filter(laboratory_id=slug, concept=concept, imported=True).delete()
            await LaboratoryConcept.create(
                laboratory_id=slug,
                concept=concept,
                emphasis=emphasis,
                imported=True,
                stated_at=datetime.now(UTC),
            )
        for one in plan.publications:
            await LaboratoryPublication.create(
                laboratory_id=slug, key=one.key, title=one.title, year=one.year, doi=one.doi
            )

    details = {"concepts": len(plan.concepts), "publications": len(plan.publications)}
    return await profile_writing.revise(actor, slug, version, work, details)


async def _plan(slug: str, content: str) -> _Plan:
    text = content.lstrip("\ufeff").strip().replace("\r\n", "\n").replace("\r", "\n")
    if not text:
        raise refused("content", "missing", Sentence("Manca il file, o il suo contenuto."))
    if len(text) > LONGEST:
        raise refused(
            "content",
            "too_long",
            Sentence(
                "Il file è troppo lungo per la pagina: il comando «raccordo import» non ha questo limite."
            ),
        )
    if text[0] in "[{@" or "\n@" in text:
        return await _publications(slug, publication_files.read(text))
    if has_column(text, profiles.TABLE, "concept"):
        return await _concepts(slug, _rows(slug, text, profiles.TABLE))
    rows = _rows(slug, text, publications.TABLE)
    listed = (
        Listed(
            place=row.line,
            title=row["title"],
            year=row.values.get("year"),
            doi=publication_files.bare_doi(row.values.get("doi", "")),
        )
        for row in rows
    )
    return await _publications(slug, tuple(listed))


def _rows(slug: str, text: str, table: Table) -> list[Row]:
    """The rows of a CSV; problems become those of the one field of the form."""
    try:
        rows = parse_table(text.encode("utf-8", "replace"), FILE, table)
    except Refused as broken:
        said = [FieldRefusal("content", one.code, one.sentence) for one in broken.fields]
        raise Refused("invalid", broken.sentence, said) from None
    other = next((row for row in rows if row["laboratory"] != slug), None)
    if other is not None:
        raise refused(
            "content",
            "other_laboratory",
            Sentence(
                "Alla riga {line} c’è il laboratorio «{other}»: qui si portano solo le righe di «{own}».",
                {"line": other.line, "other": other["laboratory"], "own": slug},
            ),
        )
    return rows


async def _concepts(slug: str, rows: list[Row]) -> _Plan:
    known = profiles.concepts()
    wrong = next((row for row in rows if row["concept"] not in known), None)
    if wrong is not None:
        values = {"line": wrong.line, "concept": wrong["concept"]}
        raise refused(
            "content",
            "unknown_concept",
            Sentence("Alla riga {line} il concetto «{concept}» non è nel lessico, o è un servizio.", values),
        )
    stated = {row.concept: row for row in await LaboratoryConcept.filter(laboratory_id=slug)}
    lines, wanted = [], []
    for row in rows:
        before, after = stated.get(row["concept"]), row["emphasis"]
        said = {"before": before.emphasis if before else "", "after": after}
        if before is not None and before.emphasis == after:
            what = SAME
        elif before is not None and not before.imported:
            what = Sentence(KEPT.text, said)
        else:
            what = Sentence(CHANGED.text if before else NEW.text, said)
            wanted.append((row["concept"], after))
        changes = what is not SAME and what.text != KEPT.text
        lines.append(ChangeLine(line=row.line, subject=row["concept"], what=what, changes=changes))
    return _Plan(tuple(lines), concepts=tuple(wanted))


async def _publications(slug: str, listed: tuple[Listed, ...]) -> _Plan:
    seen = {row.key for row in await LaboratoryPublication.filter(laboratory_id=slug)}
    lines, new = [], []
    for one in listed:
        is_new = one.key not in seen
        if is_new:
            seen.add(one.key)
            new.append(one)
        what = ADDED if is_new else KNOWN
        lines.append(ChangeLine(line=one.place, subject=one.title, what=what, changes=is_new))
    if len(seen) > MOST:
        raise refused("content", "too_many", Sentence(publications.TOO_MANY.text, {"most": MOST}))
    return _Plan(tuple(lines), publications=tuple(new))
