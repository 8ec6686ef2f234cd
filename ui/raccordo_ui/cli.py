"""The `raccordo` command: prepare the data, import files, verify the log, serve the site."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from importlib.resources import files
from io import TextIOWrapper
from pathlib import Path

from raccordo import database, loading, migrating, purging
from raccordo.invitations import Invitation, invite
from raccordo.language import DEFAULT, LANGUAGES, Sentence
from raccordo.models import BodyKind, CoordinatingBody, Role
from raccordo.people import SYSTEM
from raccordo.refusals import Refusal
from raccordo.settings import SettingError, Settings, read_settings
from raccordo.trouble import explain
from raccordo_ui import audit_command, explain_command, person_command
from raccordo_ui.arguments import Options, parser
from raccordo_ui.language import address
from raccordo_ui.terminal import complain as _complain
from raccordo_ui.terminal import say as _say

SETTLING = 0.05  # seconds for SQLite's thread to tell a failed connection to a loop that is still open

Command = Callable[[Settings, Options], Awaitable[int]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when done, 1 when refused, 2 when the command itself is wrong."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # an old terminal shows ? for è instead of a traceback
    language = language_of(os.environ)
    options = parser(language).parse_args(arguments)
    options.language = language
    try:
        return _run(options)
    except KeyboardInterrupt:
        return 0 if options.command in {"serve", "run"} else 1
    except BrokenPipeError:  # whoever reads, `| head` for one, has had enough
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115  # stays open until the interpreter ends
        return 0
    except Refusal as refusal:
        _complain(refusal.sentence.say(language))
        for wrong in refusal.fields:
            if wrong.sentence != refusal.sentence:
                _complain(f"  {wrong.sentence.say(language)}")
        return 1
    except Exception as error:
        sentence = explain(error)
        if sentence is None:
            raise
        _complain(sentence.say(language))
        return 1


def language_of(environment: Mapping[str, str]) -> str:
    """The language of LANG and its kin, when Raccordo speaks it; Italian otherwise."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return value[:2] if value[:2] in LANGUAGES else DEFAULT
    return DEFAULT


def _run(options: Options) -> int:
    settings = read_settings()
    if options.data:
        settings = replace(settings, data=Path(options.data))
    if options.command == "schema":
        return _schema(options)
    if options.command in {"serve", "run"}:
        from raccordo_ui import serving  # the web's libraries are not needed by the other commands

        serving.check_host(settings, options.host)
        prepare = _prepare if options.command == "run" else _check_ready
        asyncio.run(_with_database(prepare, settings, options))
        return serving.serve(settings, options.host, options.port, partial(_say, options))
    return asyncio.run(_with_database(COMMANDS[options.command], settings, options))


async def _with_database(command: Command, settings: Settings, options: Options) -> int:
    try:
        async with database.opened(settings):
            return await command(settings, options)
    except Exception:
        await asyncio.sleep(SETTLING)
        raise


async def _prepare(settings: Settings, options: Options) -> int:
    return await _migrate(settings, options) or await _load(settings, options)


async def _check_ready(_settings: Settings, _options: Options) -> int:
    if not (await database.state()).reference_digest:
        raise database.NotMigrated("the reference data is not loaded")
    return 0


async def _migrate(settings: Settings, options: Options) -> int:
    def say(line: str) -> None:
        _say(options, Sentence("Database: {line}", {"line": line}))

    target = getattr(options, "to", None) or migrating.LATEST
    done = await migrating.migrate(settings, say, target=target)
    if not done:
        _say(options, Sentence("Il database è già aggiornato."))
    return 0


async def _make_migration(settings: Settings, options: Options) -> int:
    written = await migrating.make_migration(settings, options.name)
    for path in written:
        _say(options, Sentence("Scritta la migrazione {name}", {"name": path.name}))
    if not written:
        _say(options, Sentence("I modelli non chiedono nessuna migrazione."))
    return 0


async def _load(_settings: Settings, options: Options) -> int:
    await loading.load(partial(_say, options))
    return 0


async def _import(_settings: Settings, options: Options) -> int:
    from raccordo import importing  # reads the whole catalogue's code; only this command needs it

    await importing.run(options.kind, Path(options.file), partial(_say, options), dry_run=options.dry_run)
    return 0


async def _lexicon(_settings: Settings, options: Options) -> int:
    from raccordo import catalogue, lexicon  # the graph's libraries; only this command needs them

    picture, words = await catalogue.open_catalogue(), lexicon.shipped()
    for family, keys in (("functions", picture.functions), ("themes", picture.themes)):
        for row in lexicon.coverage(words, family, tuple(keys)):
            counts = {"key": row.key, "concepts": row.concepts, "terms": row.terms, "forms": row.forms}
            _say(
                options,
                Sentence("{key}: {forms} modi di dire, {terms} voci, {concepts} concetti", counts),
            )
    return 0


async def _deliver(settings: Settings, options: Options) -> int:
    from raccordo_ui.delivery import Postman  # aiosmtplib and the templates; only this command needs them

    if not settings.smtp_url:
        raise SettingError("RACCORDO_SMTP_URL: empty; use smtp://user:password@host:587")
    count = await Postman(settings).drain()
    _say(options, Sentence("Messaggi partiti: {count}.", {"count": count}))
    return 0


async def _purge(_settings: Settings, options: Options) -> int:
    for table, count in (await purging.purge(datetime.now(UTC), dry_run=options.dry_run)).items():
        sys.stdout.write(f"  {table}: {count}\n")
    if options.dry_run:
        _say(options, Sentence("Prova: nulla è stato tolto."))
    return 0


def _invitation(options: Options) -> Invitation:
    side = options.coordinates_for
    bodies = {
        BodyKind.MUNICIPALITY: options.municipality,
        BodyKind.PROVINCE: options.province,
        BodyKind.MOUNTAIN_COMMUNITY: options.mountain_community,
        BodyKind.UNION_OF_MUNICIPALITIES: options.union,
    }
    return Invitation(
        email=options.email,
        role=Role(options.role),
        body=next(((kind, code) for kind, code in bodies.items() if code), None),
        laboratory=options.laboratory,
        department=options.department,
        school=options.school,
        institution=options.institution,
        coordinates_for=CoordinatingBody(side) if side else None,
        language=options.language,
    )


async def _invite(settings: Settings, options: Options) -> int:
    secret = await invite(SYSTEM, _invitation(options))
    if not secret:
        _say(options, Sentence("C’era già un’utenza: il ruolo è suo da adesso."))
        return 0
    _say(options, Sentence("Invito pronto, vale quattordici giorni e una volta sola:"))
    sys.stdout.write(f"{settings.address}{address(options.language, f'/invito/{secret}')}\n")
    return 0


COMMANDS: Mapping[str, Command] = {
    "migrate": _migrate,
    "load": _load,
    "import": _import,
    "audit": audit_command.run,
    "person": person_command.run,
    "purge": _purge,
    "lexicon": _lexicon,
    "explain": explain_command.run,
    "deliver": _deliver,
    "invite": _invite,
    "makemigration": _make_migration,
}


def _schema(options: Options) -> int:
    from raccordo import schema  # Strawberry is slow to import

    written = schema.sdl()
    if not options.check:
        sys.stdout.write(written)
        return 0
    committed = files("raccordo.schema").joinpath("schema.graphql")
    if committed.is_file() and committed.read_text(encoding="utf-8") == written:
        return 0
    _complain(
        Sentence(
            "schema.graphql non corrisponde allo schema: eseguire `make schema` e guardare il diff."
        ).say(options.language)
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
