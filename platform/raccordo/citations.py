"""A ranking that somebody cites: kept whole under its name, explained later, compared with today's.

What is kept is what was published: the title, what the text was understood as, the weights, every laboratory with every
factor. Of the text itself only its SHA-256, so that a need that is withdrawn is not published again by its citation.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import raccordo_graph
from raccordo import audit, catalogue, laboratory_concepts, matches, needs
from raccordo.catalogue import Catalogue
from raccordo.database import Writing, write
from raccordo.language import Sentence
from raccordo.models import CitedRanking
from raccordo.people import Actor
from raccordo.published import Need
from raccordo.refusals import NotFound
from raccordo.rights import NOTHING, demand
from raccordo_graph import WEIGHTS, Band, Factor, Match
from raccordo_graph.bands import levels

LONGEST_NAME = 40
FAMILIES = ("concept", "theme", "function", "word")
ENTER_FIRST = Sentence(
    "Cita chi è entrato: la classifica resta per sempre, e il registro dice chi l’ha voluta."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedMatch:
    """A laboratory as it was ranked; the contributions of its factors sum to the score within 1e-9.

    `position` is the place that people saw: scores that could not be told apart share one, and are `tied`. `recalled`
    when its card was to be confirmed on that day; None where that was not kept.
    """

    laboratory: str
    name: str
    position: int
    tied: bool
    recalled: bool | None
    score: float
    band: Band
    factors: tuple[Factor, ...]
    sentence_it: str
    sentence_en: str


@dataclass(frozen=True, slots=True)
class Heard:
    """Something that the text was understood as: a `family` of the graph, its key and how much it weighed (0 to 1)."""

    family: str
    key: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A ranking as it was on a day. `understood` holds words, concepts, themes and functions with their weights."""

    name: str
    cited_at: datetime
    snapshot_id: str
    code_version: str
    catalogue_version: int
    lexicon_digest: str
    laboratories_digest: str
    need: int
    title: str
    owner: str
    text_digest: str
    place: tuple[float, float]
    understood: Mapping[str, Sequence[tuple[str, float]]]
    weights: Mapping[str, float]
    matches: tuple[CitedMatch, ...]

    @property
    def heard(self) -> tuple[Heard, ...]:
        """What the text was understood as: concepts, themes, functions and words, each from the heaviest."""
        return tuple(
            Heard(family, key, weight) for family in FAMILIES for key, weight in self.understood[f"{family}s"]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A laboratory that stands elsewhere today: positions count from 1, None is not in the ranking."""

    name: str
    then: int | None
    now: int | None
    score_then: float
    score_now: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Today beside a citation. `causes` say what changed; without `moves` the order and every score are the same."""

    published: bool
    snapshot_id: str
    causes: tuple[Sentence, ...]
    moves: tuple[Move, ...]

    @property
    def differs(self) -> bool:
        return not self.published or bool(self.moves)


async def cite(actor: Actor, number: int) -> Citation:
    """Keep today's ranking of a need; what is kept already is not kept twice. Raises NotAllowed, NotFound."""
    demand(actor, "cite", "ranking", NOTHING, ENTER_FIRST)
    picture = catalogue.current()
    if number not in picture.needs:
        raise await needs.missing(number)
    need = picture.needs[number]
    text = (await needs.descriptions([number])).get(number, "")
    citation = _as_of_now(picture, need, text)

    async def work(writing: Writing) -> CitedRanking:
        row = await CitedRanking.filter(name=citation.name).first()
        if row is None:
            row = await CitedRanking.create(
                name=citation.name,
                need_number=number,
                snapshot_id=citation.snapshot_id,
                content=json.dumps(asdict(citation), default=str, ensure_ascii=False),
                cited_at=citation.cited_at,
            )
            await audit.record(writing, actor, "cite_ranking", f"need:{number}", {"citation": citation.name})
        return row

    return _read(await write(work))


async def find(name: str) -> Citation:
    """The citation of a name; raises NotFound."""
    row = await CitedRanking.filter(name=name[:LONGEST_NAME]).first()
    if row is None or row.name != name:
        raise NotFound(
            "unknown_citation",
            Sentence("Nessuna classifica è stata citata col codice «{name}».", {"name": name[:LONGEST_NAME]}),
        )
    return _read(row)


async def compare(picture: Catalogue, citation: Citation) -> Comparison:
    """What the same need would get today, and why that differs."""
    need = picture.needs.get(citation.need)
    if need is None:
        gone = (await needs.missing(citation.need)).sentence
        return Comparison(published=False, snapshot_id=matches.snapshot_id(picture), causes=(gone,), moves=())
    text = (await needs.descriptions([need.number])).get(need.number, "")
    now = _as_of_now(picture, need, text)
    return Comparison(
        published=True,
        snapshot_id=now.snapshot_id,
        causes=_causes(citation, now),
        moves=_moves(citation.matches, now.matches),
    )


def _as_of_now(picture: Catalogue, need: Need, text: str) -> Citation:
    ranking = matches.for_need(picture, need)
    understood = need.understanding
    return Citation(
        name=f"{ranking.snapshot_id}-{need.number}",
        cited_at=datetime.now(UTC),
        snapshot_id=ranking.snapshot_id,
        code_version=raccordo_graph.CODE_VERSION,
        catalogue_version=picture.version,
        lexicon_digest=picture.lexicon.digest,
        laboratories_digest=laboratory_concepts.shipped().digest,
        need=need.number,
        title=need.title,
        owner=picture.owner(need).name,
        text_digest=sha256(text.encode()).hexdigest(),
        place=(need.place.latitude, need.place.longitude),
        understood={
            "words": [(word.stem, word.weight) for word in understood.words],
            "concepts": [(topic.key, topic.weight) for topic in understood.concepts],
            "themes": [(topic.key, topic.weight) for topic in understood.themes],
            "functions": [(topic.key, topic.weight) for topic in understood.functions],
        },
        weights=dict(WEIGHTS),
        matches=_cited(picture, ranking.matches),
    )


def _cited(picture: Catalogue, ranked: Sequence[Match]) -> tuple[CitedMatch, ...]:
    shared = Counter(match.level for match in ranked)
    return tuple(_cited_one(picture, match, tied=shared[match.level] > 1) for match in ranked)


def _cited_one(picture: Catalogue, match: Match, *, tied: bool) -> CitedMatch:
    laboratory = picture.laboratories[match.laboratory]
    return CitedMatch(
        laboratory=match.laboratory,
        name=laboratory.name,
        position=match.level,
        tied=tied,
        recalled=laboratory.recalled,
        score=match.score,
        band=match.band,
        factors=match.factors,
        sentence_it=match.reasons.sentence_it,
        sentence_en=match.reasons.sentence_en,
    )


def _read(row: CitedRanking) -> Citation:
    kept: dict[str, Any] = json.loads(row.content)
    places = levels([one["score"] for one in kept["matches"]])
    shared = Counter(places)
    cited = tuple(
        CitedMatch(
            **{
                **({"recalled": None, "tied": shared[place] > 1} | one),
                "position": one["position"] if "tied" in one else place,  # what was kept first had neither
                "band": Band(one["band"]),
                "factors": tuple(Factor(**part) for part in one["factors"]),
            }
        )
        for one, place in zip(kept["matches"], places, strict=True)
    )
    place = (kept["place"][0], kept["place"][1])
    return Citation(**{**kept, "cited_at": row.cited_at, "place": place, "matches": cited})


def _causes(then: Citation, now: Citation) -> tuple[Sentence, ...]:
    changed = (
        (then.text_digest != now.text_digest or then.title != now.title, Sentence("il testo del bisogno")),
        (then.place != now.place, Sentence("il luogo del bisogno")),
        (
            _plain(then.understood) != _plain(now.understood) and then.text_digest == now.text_digest,
            Sentence("come il testo viene capito, o i temi scelti"),
        ),
        (then.lexicon_digest != now.lexicon_digest, Sentence("il lessico")),
        (then.laboratories_digest != now.laboratories_digest, Sentence("che cosa trattano i laboratori")),
        (then.code_version != now.code_version, Sentence("pesi o formule")),
        (then.catalogue_version != now.catalogue_version, Sentence("i dati pubblicati")),
    )
    return tuple(sentence for differs, sentence in changed if differs)


def _plain(understood: Mapping[str, Sequence[tuple[str, float]]]) -> dict[str, list[list[object]]]:
    """Pairs as JSON gives them back."""
    return {name: [list(pair) for pair in pairs] for name, pairs in understood.items()}


def _moves(then: Sequence[CitedMatch], now: Sequence[CitedMatch]) -> tuple[Move, ...]:
    """Who stands elsewhere or scores otherwise, the most important place first."""
    before, after = {one.laboratory: one for one in then}, {one.laboratory: one for one in now}
    moves = []
    for slug in sorted(before.keys() | after.keys()):
        old, new = before.get(slug), after.get(slug)
        if old and new and (old.position, old.score) == (new.position, new.score):
            continue
        moves.append(
            Move(
                name=(new or old or then[0]).name,
                then=old.position if old else None,
                now=new.position if new else None,
                score_then=old.score if old else 0.0,
                score_now=new.score if new else 0.0,
            )
        )
    places = len(then) + len(now)
    return tuple(sorted(moves, key=lambda move: (min(move.then or places, move.now or places), move.name)))
