"""What a comparison with a citation says of the difference: each cause by its own name, each change of a score."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from cast import NEED, PASTURO_OFFICER
from raccordo import catalogue, citations, needs
from raccordo.catalogue import Catalogue
from raccordo.citations import Citation


@pytest.fixture
async def kept(current: Catalogue) -> Citation:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    return await citations.cite(PASTURO_OFFICER, need.number)


async def test_the_digest_is_that_of_the_text(kept: Citation) -> None:
    assert kept.text_digest == sha256(NEED.description.encode()).hexdigest()


async def test_each_cause_is_told_by_its_name_and_no_other(kept: Citation) -> None:
    understood = {**kept.understood, "themes": [("strade-ponti", 0.01)]}
    for changed, said in (
        ({"text_digest": "0"}, "il testo del bisogno"),
        ({"title": "Un altro titolo"}, "il testo del bisogno"),
        ({"place": (0.0, 0.0)}, "il luogo del bisogno"),
        ({"understood": understood}, "come il testo viene capito, o i temi scelti"),
        ({"lexicon_digest": "0"}, "il lessico"),
        ({"laboratories_digest": "0"}, "che cosa trattano i laboratori"),
        ({"code_version": "0"}, "pesi o formule"),
        ({"catalogue_version": 0}, "i dati pubblicati"),
    ):
        told = await citations.compare(catalogue.current(), replace(kept, **changed))
        assert [cause.say() for cause in told.causes] == [said]
        assert not told.differs


async def test_another_score_at_the_same_position_is_a_move(kept: Citation) -> None:
    first, *others = kept.matches
    before = replace(kept, matches=(replace(first, score=first.score - 0.001), *others))
    told = await citations.compare(catalogue.current(), before)
    [move] = told.moves
    assert told.differs
    assert (move.name, move.then, move.now) == (first.name, first.position, first.position)
    assert (move.score_then, move.score_now) == (first.score - 0.001, first.score)
