"""`raccordo explain`: a ranking that somebody cited, factor by factor, and whether today's is another one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from raccordo.language import Sentence
from raccordo.settings import Settings
from raccordo.spoken import Day
from raccordo_ui.arguments import Options
from raccordo_ui.terminal import say

if TYPE_CHECKING:
    from raccordo.citations import CitedMatch

NAME = 10  # columns of a factor's name


async def run(_settings: Settings, options: Options) -> int:
    from raccordo import catalogue, citations  # the graph's libraries; only this command needs them

    picture = await catalogue.open_catalogue()
    kept = await citations.find(options.name)
    title = kept.title if kept.need in picture.needs else "…"  # a withdrawn need is not published again
    values = {"name": kept.name, "title": title, "owner": kept.owner, "day": Day(kept.cited_at)}
    say(options, Sentence("{name}: «{title}», {owner}, citata il {day}.", values))
    origin = {"snapshot": kept.snapshot_id, "code": kept.code_version, "digest": kept.text_digest}
    say(options, Sentence("Fotografia dei dati {snapshot}, calcolo {code}, testo {digest}.", origin))
    for heard in kept.heard[: options.most]:
        sys.stdout.write(f"      {heard.family:<{NAME}} {heard.weight:>8.6f}  {heard.key}\n")
    for match in kept.matches[: options.most]:
        sys.stdout.write("\n".join(_lines(match, options.language)) + "\n")
    today = await citations.compare(picture, kept)
    causes = "; ".join(one.say(options.language) for one in today.causes)
    if not today.published:
        say(options, today.causes[0])
    elif not today.differs:
        say(options, Sentence("Oggi lo stesso bisogno ha la stessa classifica, con gli stessi punteggi."))
    else:
        told = {"count": len(today.moves), "causes": causes}
        say(options, Sentence("Oggi è un’altra. Laboratori cambiati: {count}. È cambiato: {causes}.", told))
        for move in today.moves[: options.most]:
            places = f"{move.then or '-'} -> {move.now or '-'}"
            sys.stdout.write(f"  {places:>12}  {move.score_then:.6f} -> {move.score_now:.6f}  {move.name}\n")
    return 0


def _lines(match: CitedMatch, language: str) -> Iterator[str]:
    doubts = [Sentence("a pari merito")] * match.tied + [Sentence("da confermare")] * bool(match.recalled)
    told = "".join(f", {doubt.say(language)}" for doubt in doubts)
    yield f"{match.position:>4}. {match.score:.9f}  {match.name} ({match.laboratory}){told}"
    for part in match.factors:
        value = f"{part.value:.6f}" if part.known else "?"
        yield f"      {part.name:<{NAME}} {value:>8} x {part.weight:.2f} = {part.contribution:.9f}"
