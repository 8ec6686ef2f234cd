"""What the process writes into its logs: neither a secret of a mailed link nor anything about a person."""

from __future__ import annotations

import logging
import re
import traceback

# Secrets of mailed links have 43 characters; no address of ours that means something has a part as long as this.
SECRET = re.compile(r"(?<=/)[A-Za-z0-9_%~.-]{32,}(?=/|$)")
HIDDEN = "…"
ACCESS = "uvicorn.access"
# Whatever logs an error that nobody caught: its text may quote a row, an address, a form.
ERRORS = ("uvicorn.error", "asyncio")
# Libraries that write statements with their values, or whole dialogues, when asked for everything.
TALKATIVE = ("tortoise", "aiosqlite", "aiosmtplib", "asyncpg", "python_multipart")


def keep() -> None:
    """See to it in this process, whichever server runs the site; a second time changes nothing."""
    _add(logging.getLogger(ACCESS), _access)
    for name in ERRORS:
        _add(logging.getLogger(name), _error)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.INFO)


def path_without_secrets(path: str) -> str:
    """An address as a log may hold it: no query, and no part as long as a secret.

    >>> path_without_secrets("/en/invito/" + "x" * 43 + "?poi=/profilo")
    '/en/invito/…'
    """
    return SECRET.sub(HIDDEN, path.partition("?")[0])


def _add(logger: logging.Logger, rule: logging._FilterType) -> None:
    if rule not in logger.filters:
        logger.addFilter(rule)


def _access(record: logging.LogRecord) -> bool:
    """Of uvicorn's line the reader's address goes, and what the path must not tell."""
    if isinstance(record.args, tuple) and len(record.args) == 5:
        _client, method, path, version, status = record.args
        record.args = ("-", method, path_without_secrets(str(path)), version, status)
    return True


def _error(record: logging.LogRecord) -> bool:
    """An error keeps its kind and its place in the code; its text goes."""
    if record.exc_info and record.exc_info[1] is not None:
        said = (
            record.getMessage().strip().partition("\n")[0]
        )  # asyncio describes the task below, error and all
        record.msg, record.args = "%s\n%s", (said, _outline(record.exc_info[1]))
        record.exc_info = record.exc_text = None
    return True


def _outline(error: BaseException) -> str:
    lines: list[str] = []
    found: BaseException | None = error
    while found is not None and len(lines) < 10:
        lines.append("".join(traceback.format_tb(found.__traceback__)) + type(found).__qualname__)
        found = found.__cause__ or found.__context__
    return "\ncaused by\n".join(lines)
