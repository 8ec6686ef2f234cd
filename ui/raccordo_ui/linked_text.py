"""Plain text as HTML: everything escaped first, then addresses of the web become links, nothing else."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

# After escaping, an ampersand of an address reads &amp; and quotes are &#34; or &#39;: those end it.
ADDRESS = re.compile(r"\bhttps?://(?:[^\s<>&]|&amp;)+", re.IGNORECASE)
AFTER = ".,;:!?)]}»”’*_"  # belongs to the sentence, not to the address


def linked(text: str) -> Markup:
    """The text with clickable http and https addresses.

    >>> linked("Vedi <b> https://example.it/a?b=1&c=2.")
    Markup('Vedi &lt;b&gt; <a href="https://example.it/a?b=1&amp;c=2" rel="nofollow noopener">https://example.it/a?b=1&amp;c=2</a>.')
    """
    return Markup(ADDRESS.sub(_link, str(escape(text))))  # noqa: S704  # escaped in this line


def _link(found: re.Match[str]) -> str:
    whole = found.group()
    address = whole.rstrip(AFTER)
    if address.count("(") > address.count(")") and whole[len(address) :].startswith(")"):
        address += ")"
    rest = whole[len(address) :]
    return f'<a href="{address}" rel="nofollow noopener">{address}</a>{rest}'


def paragraphs(text: str) -> Markup:
    """The text as HTML paragraphs: a blank line ends one, a line break stays one."""
    blocks = re.split(r"\n{2,}", text.strip())
    return Markup("\n").join(
        Markup("<p>{}</p>").format(Markup("<br>\n").join(linked(line) for line in block.split("\n")))
        for block in blocks
    )
