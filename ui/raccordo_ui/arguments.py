"""What may be written after `raccordo`, with the help in the reader's language."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, NoReturn

from raccordo.holders import PARTS
from raccordo.language import Sentence
from raccordo.models import CoordinatingBody

Options = argparse.Namespace
Words = Callable[[Sentence], str]

INVITED = tuple(sorted(role.value for role in PARTS))
# For whom a role is held, beside a coordinator's side: the option, how its value is written, what it is.
HOLDERS = (
    ("--municipality", "ISTAT", Sentence("il codice ISTAT del comune")),
    ("--province", "ISTAT", Sentence("il codice ISTAT della provincia")),
    ("--mountain-community", "SLUG", Sentence("la comunità montana")),
    ("--union", "CODE", Sentence("l’unione di comuni")),
    ("--laboratory", "SLUG", Sentence("il laboratorio")),
    ("--department", "ACRONYM", Sentence("il dipartimento")),
    ("--school", "ACRONYM", Sentence("la scuola")),
    ("--institution", "CODE", Sentence("l’altro ente, come sta in /enti")),
)
KINDS = ("istat", "ipa", "laboratories", "needs", "municipalities", "unions")
# What argparse says in English, and our words for it; anything else is passed on as it is.
MISTAKES = (
    (r"the following arguments are required: (?P<what>.+)", Sentence("manca {what}")),
    (r"unrecognized arguments: (?P<what>.+)", Sentence("{what} è di troppo")),
    (r"argument (?P<name>.+): invalid choice: '(?P<what>.*?)'.*", Sentence("{what} non è fra le scelte")),
    (
        r"argument (?P<name>.+): invalid int value: '(?P<what>.*)'",
        Sentence("{name} vuole un numero, non {what}"),
    ),
    (r"argument (?P<name>.+): expected one argument", Sentence("dopo {name} manca il valore")),
)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks the reader's language."""

    def __init__(self, *, words: Words, **options: Any) -> None:
        super().__init__(add_help=False, formatter_class=partial(_Help, words=words), **options)
        self.words = words
        self._positionals.title = words(Sentence("che cosa scrivere"))
        self._optionals.title = words(Sentence("opzioni"))
        self.add_argument("-h", "--help", action="help", help=words(Sentence("mostra questa spiegazione")))

    def error(self, message: str) -> NoReturn:
        sentence = Sentence(
            "Il comando non si capisce: {mistake}. `{program} --help` spiega come si scrive.",
            {"mistake": self._mistake(message), "program": self.prog},
        )
        self.exit(2, self.words(sentence).replace("%%", "%") + "\n")

    def _mistake(self, message: str) -> str:
        for pattern, sentence in MISTAKES:
            if match := re.fullmatch(pattern, message, re.DOTALL):
                return self.words(Sentence(sentence.text, match.groupdict()))
        return message


class _Help(argparse.HelpFormatter):
    def __init__(self, prog: str, *, words: Words, **options: Any) -> None:
        super().__init__(prog, max_help_position=26, width=100, **options)
        self.words = words

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, self.words(Sentence("uso: ")) if prefix is None else prefix)


def parser(language: str) -> Parser:
    """The parser of the whole command."""

    def words(text: Sentence) -> str:
        return text.say(language).replace("%", "%%")

    whole = Parser(
        words=words,
        prog="raccordo",
        description=words(
            Sentence("Raccordo unisce i bisogni dei comuni lombardi ai laboratori del Politecnico di Milano.")
        ),
    )
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)

    def command(name: str, text: Sentence) -> argparse.ArgumentParser:
        added = commands.add_parser(name, words=words, help=words(text), description=words(text))
        folder = words(Sentence("la cartella dei dati (al posto di RACCORDO_DATA)"))
        added.add_argument("--data", metavar="FOLDER", help=folder)
        return added

    _data_commands(command, words)
    _site_commands(command, words)
    return whole


def _data_commands(command: Callable[[str, Sentence], argparse.ArgumentParser], words: Words) -> None:
    migrate = command("migrate", Sentence("Prepara o aggiorna il database."))
    migrate.add_argument("--to", metavar="NAME", help=words(Sentence("fermarsi a questa migrazione")))
    command("load", Sentence("Carica i dati di riferimento; ripeterlo non cambia nulla."))
    imports = command("import", Sentence("Importa un file CSV: tutto o niente."))
    imports.add_argument("kind", metavar="KIND", choices=KINDS, help=", ".join(KINDS))
    imports.add_argument("file", metavar="FILE", help=words(Sentence("le colonne sono in docs/importing.md")))
    imports.add_argument(
        "--dry-run", action="store_true", help=words(Sentence("dire che cosa cambierebbe, senza cambiarlo"))
    )
    _register_commands(command, words)
    words_of = command("lexicon", Sentence("Dice dove il lessico è sottile."))
    thin = words(Sentence("coverage conta i modi di dire di ogni tema e funzione"))
    words_of.add_argument("action", metavar="coverage", choices=["coverage"], help=thin)
    explain = command("explain", Sentence("Spiega fattore per fattore una classifica citata."))
    explain.add_argument("name", metavar="ID", help=words(Sentence("il codice che l’atto cita")))
    explain.add_argument(
        "--most", metavar="N", type=int, default=None, help=words(Sentence("solo i primi N laboratori"))
    )
    command("deliver", Sentence("Consegna una volta la posta che aspetta (il sito lo fa da solo)."))
    invite = command("invite", Sentence("Invita una persona e scrive il collegamento dell’invito."))
    invite.add_argument("email", metavar="EMAIL", help=words(Sentence("la casella di posta")))
    invite.add_argument("--role", required=True, choices=INVITED, help=", ".join(INVITED))
    sides = [side.value for side in CoordinatingBody]
    invite.add_argument("--coordinates-for", choices=sides, help=", ".join(sides))
    for option, metavar, explanation in HOLDERS:
        invite.add_argument(option, metavar=metavar, default="", help=words(explanation))
    made = command("makemigration", Sentence("Scrive una migrazione (per chi sviluppa)."))
    made.add_argument("name", metavar="NAME", help=words(Sentence("che cosa cambia, in una parola")))


def _register_commands(command: Callable[[str, Sentence], argparse.ArgumentParser], words: Words) -> None:
    audit = command("audit", Sentence("Controlla, scrive e ancora il registro di chi ha fatto che cosa."))
    actions = Sentence(
        "verify cerca voci cambiate, tolte o spostate; anchor scrive quante sono e l’ultima impronta, "
        "da tenere altrove; export scrive una riga JSON per voce"
    )
    audit.add_argument(
        "action", metavar="ACTION", choices=["verify", "anchor", "export"], help=words(actions)
    )
    audit.add_argument(
        "file", metavar="FILE", nargs="?", help=words(Sentence("dove scrivere (anchor aggiunge una riga)"))
    )
    audit.add_argument(
        "--anchor", metavar="FILE", help=words(Sentence("verify: confrontare anche con queste ancore"))
    )
    audit.add_argument(
        "--since", metavar="N", type=int, default=1, help=words(Sentence("export: dalla voce N in poi"))
    )
    person = command("person", Sentence("I dati di una persona che li chiede, o chiede di cancellarli."))
    person.add_argument(
        "action",
        metavar="ACTION",
        choices=["export", "erase"],
        help=words(Sentence("export scrive i suoi dati in JSON; erase la cancella")),
    )
    person.add_argument("email", metavar="EMAIL", help=words(Sentence("la casella di posta")))
    purge = command(
        "purge", Sentence("Toglie ciò che è scaduto (il sito lo fa da solo, una volta al giorno).")
    )
    purge.add_argument(
        "--dry-run",
        action="store_true",
        help=words(Sentence("dire che cosa si toglierebbe, senza toglierlo")),
    )


def _site_commands(command: Callable[[str, Sentence], argparse.ArgumentParser], words: Words) -> None:
    schema = command("schema", Sentence("Scrive lo schema GraphQL."))
    schema.add_argument(
        "--check", action="store_true", help=words(Sentence("confrontarlo soltanto con schema.graphql"))
    )
    for name, text in (
        ("serve", Sentence("Avvia il sito.")),
        ("run", Sentence("Prepara il database, carica i dati e avvia il sito.")),
    ):
        site = command(name, text)
        site.add_argument(
            "--host", default="127.0.0.1", help=words(Sentence("l'indirizzo su cui rispondere"))
        )
        site.add_argument(
            "--port", type=int, default=8000, help=words(Sentence("la porta su cui rispondere"))
        )
