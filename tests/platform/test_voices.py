"""For whom somebody acted, from a label as it is kept: with the mark of a demonstration, of a membership, or bare."""

from __future__ import annotations

import pytest

from raccordo.catalogue import Catalogue
from raccordo.voices import voice


@pytest.mark.parametrize("mark", ["", " membership:12"])
@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("OFFICER MUNICIPALITY:097065", "Pasturo"),
        ("DEMO OFFICER MUNICIPALITY:097065", "Pasturo"),
        ("PROFESSOR lia", "Laboratorio di Ingegneria Ambientale (LIA)"),
        ("COORDINATOR ANCI_LOMBARDIA", "Il coordinamento"),
        ("DEPARTMENT_APPROVER DICA", "DICA"),
        ("VISITOR", "Una persona per sé"),
    ],
)
def test_a_label_is_said_as_for_whom_it_acts(current: Catalogue, label: str, said: str, mark: str) -> None:
    assert str(voice(label + mark)) == said


def test_the_command_line_speaks_for_itself(current: Catalogue) -> None:
    assert str(voice("SYSTEM")) == "La riga di comando"
