"""What can go wrong outside a rule's reach, in words: an unready database, one out of reach, a bad setting."""

from __future__ import annotations

import sqlite3
from socket import gaierror

from asyncpg.exceptions import PostgresError
from tortoise.exceptions import ConfigurationError, DBConnectionError, IntegrityError, OperationalError

from raccordo.database import NotMigrated
from raccordo.language import Sentence
from raccordo.migrating import BrokenReferences
from raccordo.settings import SettingError

# A file that is no database and a refused password arrive as the driver's own errors.
UNREACHABLE = (
    OperationalError,
    DBConnectionError,
    ConfigurationError,
    sqlite3.Error,
    PostgresError,
    ConnectionError,
    TimeoutError,
    gaierror,
)
NO_TABLES = ("no such table", "relation ")  # as SQLite and PostgreSQL say it
NOT_READY = Sentence("Il database non è pronto: eseguire prima `raccordo migrate` e poi `raccordo load`.")


def explain(error: Exception) -> Sentence | None:
    """The sentence for an expected trouble; None for a mistake of ours, which deserves its traceback."""
    if isinstance(error, NotMigrated):
        cause = error.__cause__
        return (
            NOT_READY if cause is None or not isinstance(cause, UNREACHABLE) else explain(cause) or NOT_READY
        )
    detail = {"detail": " ".join(str(error).split()) or type(error).__name__}
    if isinstance(error, SettingError):
        return Sentence("Un'impostazione non va: {detail}.", detail)
    if isinstance(error, BrokenReferences):
        return Sentence("La migrazione si è fermata: {detail}.", detail)
    if isinstance(error, IntegrityError):
        return Sentence("Il database rifiuta i dati, nulla è cambiato: {detail}.", detail)
    if isinstance(error, OperationalError) and any(words in detail["detail"] for words in NO_TABLES):
        return NOT_READY
    if isinstance(error, UNREACHABLE):
        return Sentence("Il database non risponde ({detail}): controllare RACCORDO_DATABASE_URL.", detail)
    if isinstance(error, OSError):
        return Sentence("Un file o un indirizzo non si può usare: {detail}.", detail)
    return None
