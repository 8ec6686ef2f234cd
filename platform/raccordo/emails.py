"""One way to write an e-mail address, so that an account has one name only."""

from __future__ import annotations

import re
import unicodedata

from raccordo.language import Sentence
from raccordo.refusals import refused

MOST = 254  # characters, RFC 5321
SHAPE = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+")


def normal(email: str) -> str:
    """The address in small letters without spaces around it; the same account whatever was typed."""
    return unicodedata.normalize("NFKC", email).strip().lower()


def checked(email: str) -> str:
    """The normal form of an address that mail can reach; raises Refused about the field `email`."""
    written = normal(email)
    if len(written) > MOST or not SHAPE.fullmatch(written) or ".." in written:
        raise refused(
            "email",
            "no_email",
            Sentence("Questo non è un indirizzo di posta: serve, per esempio, nome@comune.it."),
        )
    return written
