"""How a command speaks: results on one stream, complaints on the other, in the reader's language."""

from __future__ import annotations

import sys

from raccordo.language import Sentence
from raccordo_ui.arguments import Options


def say(options: Options, sentence: Sentence) -> None:
    sys.stdout.write(sentence.say(options.language) + "\n")
    sys.stdout.flush()  # `make run` and logs show progress while it happens


def complain(line: str) -> None:
    sys.stderr.write(line + "\n")
