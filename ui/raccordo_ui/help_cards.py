"""What one more word would change, each as a sentence and the chip that says it."""

from __future__ import annotations

from raccordo import chips, matches, semesters
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.need_input import NeedInput
from raccordo_graph import Help
from raccordo_ui.formats import local

HELPS = 2  # themes of which the page says what choosing them would change


def help_lines(picture: Catalogue, found: matches.Preview, language: str) -> tuple[tuple[str, str], ...]:
    """What choosing a theme or saying from when would change, each as a sentence and the chip that does it."""
    return tuple(
        (_help(picture, one, language), _chip(found.written, one))
        for one in matches.helps(picture, found)[:HELPS]
    )


def _help(picture: Catalogue, one: Help, language: str) -> str:
    who = picture.laboratories[one.laboratory].name
    values: dict[str, object] = {"laboratory": who, "before": one.before, "after": one.after}
    if one.semester:
        values["semester"] = semesters.name_of(one.semester)
        return Sentence("Se serve dal {semester}, {laboratory} passa da {before} a {after}.", values).say(
            language
        )
    values["theme"] = local(picture.themes[one.theme], "label", language)
    return Sentence("Se riguarda «{theme}», {laboratory} passa da {before} a {after}.", values).say(language)


def _chip(written: NeedInput, one: Help) -> str:
    if one.theme:
        return f"+theme:{one.theme}"
    last = chips.day_of(written.deadline)
    return f"+period:{matches.first_day(one.semester)}/{last or chips.OPEN}"
