"""The expertise of researchers, measured on a folder that the test wrote; and the peer, worked by hand."""

from __future__ import annotations

import csv
import gzip
import json
from math import log, sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from raccordo_graph.publications import Terms
from yardsticks import encoded, encoder, publications, tpms
from yardsticks.folder import Evaluation, NotMeasured
from yardsticks.report import Measured, Table

TEXTS = {"bridge": "A bridge vibrates", "waste": "Recycling waste", "flood": "A river floods"}
WRITTEN = {
    "ada": ["Vibration of bridges", "Steel bridges"],
    "bea": ["Waste recycling", "Plastic waste"],
    "cleo": ["River floods", "Sensors in rivers"],
}
JUDGED = [("ada", "bridge", "5"), ("ada", "waste", "1"), ("bea", "waste", "4"), ("bea", "flood", "2")]


def paper(title: str) -> dict[str, str | None]:
    return {"title": title, "abstract": None}


def folder(root: Path, **changed: Any) -> Evaluation:
    """Write a set down, with one archive, and return the folder."""
    content = {
        "submissions": {key: paper(title) for key, title in TEXTS.items()},
        "archives": {key: [paper(title) for title in titles] for key, titles in WRITTEN.items()},
    }
    (root / "expertise").mkdir()
    packed = gzip.compress(json.dumps(content | changed).encode())
    (root / "expertise" / "d1.json.gz").write_bytes(packed)
    with (root / "expertise" / "expertise.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("reviewer", "submission", "expertise"), *JUDGED])
    return Evaluation(root)


def measured(root: Path) -> tuple[Measured, list[Table]]:
    return publications.of_publications(folder(root))


def test_whoever_wrote_about_it_loses_nothing(tmp_path: Path) -> None:
    found, _ = measured(tmp_path)
    assert (found.key, found.cases, found.ours.value) == ("expertise_loss", 2, 0)


def test_every_part_and_the_peers_stand_beside_it(tmp_path: Path) -> None:
    _, (scorers, walks) = measured(tmp_path)
    assert {"words (TF-IDF mix)", "bm25", "lsi", "walk", "TPMS, as published"} < set(scorers.rows)
    assert "0.75" in walks.rows


def test_the_loss_is_the_mean_over_the_archives() -> None:
    # Gap 4 of ada is lost once in two archives, gap 2 of bea never.
    truth = {"ada": {"x": 5.0, "y": 1.0}, "bea": {"x": 1.0, "y": 3.0}}
    right = {"ada": {"x": 1.0, "y": 0.0}, "bea": {"x": 0.0, "y": 1.0}}
    wrong = right | {"ada": {"x": 0.0, "y": 1.0}}
    assert publications.losses([right, wrong], truth) == [(2, 4), (0, 2)]


def test_whoever_has_no_words_loses_half() -> None:
    assert publications.losses([{}], {"ada": {"x": 5.0, "y": 1.0}}) == [(2, 4)]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"archives": {"ada": []}}, "no archive of bea"),
        ({"submissions": {}}, "not submissions and archives"),
        ({"archives": {"ada": [{"name": "x"}]}}, "not submissions and archives"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, changed: dict[str, Any], words: str) -> None:
    with pytest.raises(NotMeasured, match=words):
        publications.of_publications(folder(tmp_path, **changed))


def test_a_broken_archive_is_named(tmp_path: Path) -> None:
    evaluation = folder(tmp_path)
    (tmp_path / "expertise" / "d1.json.gz").write_bytes(gzip.compress(b"{"))
    with pytest.raises(NotMeasured, match="not gzipped JSON"):
        publications.of_publications(evaluation)


def test_without_archives_there_is_nothing_to_measure(tmp_path: Path) -> None:
    evaluation = folder(tmp_path)
    (tmp_path / "expertise" / "d1.json.gz").unlink()
    with pytest.raises(NotMeasured, match="not in the folder"):
        publications.of_publications(evaluation)


def test_without_an_encoder_there_is_nothing_to_compare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder, "installed", lambda: None)
    with pytest.raises(NotMeasured, match="no encoder is installed"):
        encoded.of_encoder(folder(tmp_path))


def test_an_encoder_is_heard_beside_words_and_graph(tmp_path: Path) -> None:
    # To this encoder a text is about waste or it is not.
    def waste(text: str) -> Any:
        return np.array([1, 0] if "aste" in text else [0, 1], dtype=np.float32)

    archives, truth = publications.judged(folder(tmp_path))
    found = encoded.scores(archives[0], sorted(truth), waste)
    assert found["all-MiniLM-L6-v2 alone"] == {
        "ada": {"bridge": 1, "flood": 1, "waste": 0},
        "bea": {"bridge": 0, "flood": 0, "waste": 1},
    }
    assert publications.losses([found["the four and the encoder"]], truth) == [(0, 4), (0, 2)]


def test_words_are_cut_into_the_longest_known_pieces() -> None:
    vocabulary = dict.fromkeys(["bridge", "##s", "un", "##aff", "##able", ",", "[UNK]"], 0)
    assert list(encoder.pieces("Bridges, unaffable zeppelin", vocabulary)) == [
        "bridge", "##s", ",", "un", "##aff", "##able", "[UNK]",
    ]  # fmt: skip


def test_tpms_is_the_cosine_of_whole_bags() -> None:
    # Bags: person {a: 2, b: 1}, texts {a: 1} and {c: 1}. "a" is in two of three, "b" and "c" in one.
    profiles = {"ada": [Terms({"a": 1}, {}), Terms({"a": 1, "b": 1}, {})]}
    found = tpms.similarities(profiles, {"x": Terms({"a": 1}, {}), "y": Terms({"c": 1}, {})})
    common, rare = 1.0 * log(3 / 2), 0.75 * log(3)
    assert found == {"ada": {"x": pytest.approx(common / sqrt(common**2 + rare**2)), "y": 0}}
