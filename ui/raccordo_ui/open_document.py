"""A small text document (.odt): a zip of XML, written with the standard library, the same bytes for the same text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from raccordo.draft_acts import SOURCES_HEADING, Draft

MIME = "application/vnd.oasis.opendocument.text"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip knows: no clock makes two files differ
TODO = re.compile(r"(\[da completare: [^\]]*\])")
SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)
MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIME}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""
STYLES = (
    '<office:automatic-styles><style:style style:name="todo" style:family="text">'
    '<style:text-properties fo:font-weight="bold" fo:background-color="#fff2cc"/></style:style>'
    '<style:style style:name="small" style:family="paragraph">'
    '<style:text-properties fo:font-size="9pt"/></style:style></office:automatic-styles>'
)


def text_document(draft: Draft) -> bytes:
    """The draft as an .odt file; what people must write is highlighted."""
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        # The type comes first and uncompressed, so that programs recognise the file by its first bytes.
        _put(archive, "mimetype", MIME, ZIP_STORED)
        _put(archive, "content.xml", _content(draft), ZIP_DEFLATED)
        _put(archive, "META-INF/manifest.xml", MANIFEST, ZIP_DEFLATED)
    return written.getvalue()


def _put(archive: ZipFile, name: str, text: str, method: int) -> None:
    entry = ZipInfo(name, EPOCH)
    entry.compress_type = method
    archive.writestr(entry, text.encode())


def _content(draft: Draft) -> str:
    body = [_heading(draft.title, 1)]
    for section in draft.sections:
        body.append(_heading(section.heading, 2))
        body += [_paragraph(text) for text in section.paragraphs]
    body += [_heading(SOURCES_HEADING, 2), *(_paragraph(text, "small") for text in draft.sources)]
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {SPACES} office:version="1.3">'
        f"{STYLES}<office:body><office:text>{''.join(body)}</office:text></office:body></office:document-content>\n"
    )


def _heading(text: str, level: int) -> str:
    return f'<text:h text:outline-level="{level}">{_escaped(text)}</text:h>'


def _paragraph(text: str, style: str = "") -> str:
    named = f' text:style-name="{style}"' if style else ""
    lines = (f"<text:p{named}>{''.join(_runs(line))}</text:p>" for line in text.split("\n"))
    return "".join(lines)


def _runs(line: str) -> Iterable[str]:
    for part in TODO.split(line):
        shown = _escaped(part)
        yield f'<text:span text:style-name="todo">{shown}</text:span>' if TODO.fullmatch(part) else shown


def _escaped(text: str) -> str:
    """XML text; what XML cannot hold is left out."""
    return escape(
        "".join(
            letter for letter in text if (letter >= " " or letter == "\t") and letter not in "\ufffe\uffff"
        )
    )
