"""What a form brought, and what was wrong with it: nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from raccordo.refusals import Refusal
from raccordo.whole_numbers import whole

FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
MOST_FIELDS = 200


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of one form, in order, all of them text."""

    fields: tuple[tuple[str, str], ...] = ()

    def text(self, name: str, default: str = "") -> str:
        return next((value for key, value in self.fields if key == name), default)

    def texts(self, name: str) -> tuple[str, ...]:
        """Every value of a field that may be given more than once; empty ones are no choice."""
        return tuple(value for key, value in self.fields if key == name and value)

    def number(self, name: str, default: int = 0) -> int:
        """A whole number, or `default` where there is none to read."""
        found = whole(self.text(name))
        return default if found is None else found


async def read_form(request: Request, *, files: int = 0) -> Form:
    """The form in the request's body; 415 for any other kind of body, 400 for a broken one or more than `files`.

    A file becomes the text that it holds.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in FORM_TYPES:
        raise HTTPException(415)
    try:
        data = await request.form(max_files=files, max_fields=MOST_FIELDS)
    except UnicodeError:  # a charset that nobody means
        raise HTTPException(400) from None
    return Form(tuple([(name, await _text(value)) for name, value in data.multi_items()]))


async def _text(value: UploadFile | str) -> str:
    if isinstance(value, str):
        return value
    content = await value.read()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")  # what spreadsheets of Windows write


@dataclass(frozen=True, slots=True)
class Problems:
    """The sentences of a refusal by field, ready for a form; falsy when nothing is wrong."""

    sentence: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.sentence)

    def of(self, name: str) -> str:
        return self.fields.get(name, "")


def problems_of(refusal: Refusal, language: str) -> Problems:
    """A refusal in the reader's language; two sentences about one field follow one another."""
    by_field: dict[str, str] = {}
    for problem in refusal.fields:
        said = problem.sentence.say(language)
        by_field[problem.field] = f"{by_field[problem.field]} {said}" if problem.field in by_field else said
    return Problems(refusal.sentence.say(language), by_field)
