"""A page as a reader meets it: headings, links, alerts, fields; tests ask these, not the markup."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import takewhile
from typing import Any

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
APART = {"dd", "div", "dt", "li", "p", "td", "th"}  # their words do not run into the next ones
HEADINGS = {"h1", "h2", "h3", "h4"}


@dataclass
class Element:
    """An element with its attributes and all the text inside."""

    tag: str
    attributes: dict[str, str]
    text: str = ""

    @property
    def words(self) -> str:
        return " ".join(self.text.split())


@dataclass
class Page(HTMLParser):
    """What an answer says. `Page(response.text).headings`"""

    html: str
    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[Element] = []
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in APART:
            self.handle_data(" ")
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements of that tag whose attributes have these values (`class_` for class)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if element.tag == tag and wanted.items() <= element.attributes.items()
        ]

    def by_id(self, identifier: str) -> Element:
        found = [element for element in self.elements if element.attributes.get("id") == identifier]
        assert len(found) == 1, f"{len(found)} elements have the id {identifier}"
        return found[0]

    @property
    def language(self) -> str:
        return self.all("html")[0].attributes["lang"]

    @property
    def headings(self) -> list[str]:
        return [element.words for element in self.elements if element.tag in HEADINGS]

    @property
    def title(self) -> str:
        return self.all("title")[0].words

    @property
    def links(self) -> dict[str, str]:
        """Addresses by the words of the link; the last one wins."""
        return {link.words: link.attributes["href"] for link in self.all("a")}

    @property
    def alerts(self) -> str:
        return " ".join(
            element.words for element in self.elements if element.attributes.get("role") == "alert"
        )

    @property
    def words(self) -> str:
        return self.all("body")[0].words if self.all("body") else " ".join(e.words for e in self.elements[:1])

    def form(self, which: int | None = None) -> dict[str, Any]:
        """What the fields of the page would send, by name: a text, or a list of the ticked choices.

        `which` counts the forms of the page from 0 and reads only that one; None reads them all as one.
        """
        sent: dict[str, Any] = {}
        fields = self.elements if which is None else self._fields(which)
        for box in (one for one in fields if one.tag == "input"):
            name, kind = box.attributes.get("name", ""), box.attributes.get("type", "text")
            if kind == "checkbox":
                sent.setdefault(name, [])
                if "checked" in box.attributes:
                    sent[name].append(box.attributes["value"])
            elif name:
                sent[name] = box.attributes.get("value", "")
        for place, choice in enumerate(fields):
            if choice.tag == "select":
                sent.setdefault(choice.attributes["name"], _selected(fields[place + 1 :]))
        for area in (one for one in fields if one.tag == "textarea"):
            # As browsers do: the first line break after the tag is not part of the text.
            sent[area.attributes["name"]] = area.text.removeprefix("\n")
        return sent

    def _fields(self, which: int) -> list[Element]:
        starts = [place for place, one in enumerate(self.elements) if one.tag == "form"]
        return self.elements[starts[which] : [*starts, len(self.elements)][which + 1]]


def _selected(after: list[Element]) -> str:
    """The value of the option that a browser shows of a choice that these elements follow: the chosen one, or the first."""
    options = list(takewhile(lambda one: one.tag in {"option", "optgroup"}, after))
    values = [one for one in options if one.tag == "option"]
    chosen = next((one for one in values if "selected" in one.attributes), values[0] if values else None)
    return chosen.attributes.get("value", chosen.words) if chosen else ""
