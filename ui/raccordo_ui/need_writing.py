"""Writing a need: new, previewed while one types, changed, withdrawn, and published again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import catalogue, chips, delegation, matches, needs
from raccordo.catalogue import Catalogue
from raccordo.initiatives import words_of
from raccordo.language import Sentence
from raccordo.models import Intent
from raccordo.need_input import AMOUNT, DESCRIPTION, EXTERNAL_ID, FUNDING, SUMMARY, TITLE, NeedInput
from raccordo.need_rows import NeedState
from raccordo.published import Axis, Municipality
from raccordo.published_offers import Offer
from raccordo.refusals import NotAllowed, Refused, Stale
from raccordo.whole_numbers import whole
from raccordo_graph.bands import SUGGESTED
from raccordo_ui import joint_requests
from raccordo_ui.chip_cards import ChipGroup, chip_groups
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import refusal_page, status_of
from raccordo_ui.formats import local
from raccordo_ui.forms import Form, Problems, problems_of, read_form
from raccordo_ui.help_cards import help_lines
from raccordo_ui.language import language_of, to
from raccordo_ui.match_cards import MatchCard, match_cards
from raccordo_ui.need_cards import AXES, AlikeCard, alike_cards
from raccordo_ui.render import render
from raccordo_ui.serving_cards import NoLaboratory, no_laboratory
from raccordo_ui.session import actor_of

CARDS = 6  # laboratories shown beside a text that is still being written
NOT_YOURS = Sentence("Il bisogno {number} può cambiarlo solo l’ente che l’ha pubblicato.")
NOTHING_WRITTEN = NeedInput()
SUMMARISE = "=summary"  # the click that puts the proposed summary into its field
LIMITS = {
    "title": TITLE,
    "description": DESCRIPTION,
    "funding": FUNDING,
    "external_id": EXTERNAL_ID,
    "amount": AMOUNT,
    "summary": SUMMARY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a text finds so far. `count` laboratories are strong or plausible; `cards` are the best of all."""

    count: int
    cards: tuple[MatchCard, ...]
    near: tuple[AlikeCard, ...]
    alike: tuple[AlikeCard, ...]
    functions: tuple[str, ...]
    themes: tuple[str, ...]
    no_laboratory: NoLaboratory | None
    chips: tuple[ChipGroup, ...]
    same: tuple[AlikeCard, ...]
    summary_en: str
    helps: tuple[tuple[str, str], ...]


async def new(request: Request) -> Response:
    """The form, empty or begun from an offer or a group's needs; `comune` names the member for which it will be."""
    municipality = request.query_params.get("comune", "")
    offer = catalogue.current().offers.get(whole(request.query_params.get("offerta", "")) or 0)
    joint = joint_requests.of_request(request)
    written = begun_from(offer) if offer else joint.written if joint else NOTHING_WRITTEN
    return await writing_page(request, written, municipality=municipality)


@needs_right("preview", "need")
async def preview(request: Request) -> Response:
    """The form as typed, after the click on a chip if there was one, and what it finds; nothing is stored."""
    form = await read_form(request)
    return await writing_page(
        request,
        await clicked(request, form),
        municipality=form.text("municipality"),
        external_id=form.text("external_id"),
    )


@needs_right("publish", "need")
async def publish(request: Request) -> Response:
    form = await read_form(request)
    written, external_id = need_input(form), form.text("external_id")
    try:
        need = await needs.publish(actor_of(request), written, external_id)
    except (Refused, NotAllowed) as refusal:
        return await writing_page(request, written, refusal, external_id=external_id)
    return RedirectResponse(joint_requests.invited(request, need.number), status_code=303)


async def edit(request: Request) -> Response:
    """The form with what the need says now."""
    state = await needs.state_for(actor_of(request), request.path_params["number"])
    return await writing_page(request, state.written, editing=(state.number, state.version))


@needs_right("revise", "need")
async def edit_preview(request: Request) -> Response:
    """The same form as typed, and what it finds; nothing is stored."""
    number, form = request.path_params["number"], await read_form(request)
    await needs.state_for(actor_of(request), number)
    return await writing_page(request, await clicked(request, form), editing=(number, form.number("version")))


@needs_right("revise", "need")
async def revise(request: Request) -> Response:
    number, form = request.path_params["number"], await read_form(request)
    written, version = need_input(form), form.number("version")
    try:
        await needs.revise(actor_of(request), number, version, written)
    except Stale as stale:
        return _conflict_page(request, number, written, stale)
    except Refused as refusal:
        return await writing_page(request, written, refusal, editing=(number, version))
    return RedirectResponse(to(request, f"/bisogni/{number}"), status_code=303)


async def ask_withdrawal(request: Request) -> Response:
    """Asks before withdrawing; of a need that was withdrawn just now, offers to undo it."""
    number = request.path_params["number"]
    need = catalogue.current().needs.get(number)
    if need is None:
        gone = await needs.missing(number)
        version = request.query_params.get("versione", "")
        if gone.code != "withdrawn" or not version.isdecimal():
            raise gone
        view = {"sentence": gone.sentence.say(language_of(request)), "number": number, "version": version}
        return render(request, "needs/withdrawn.html", view)
    if not needs.may_withdraw(actor_of(request), need):
        raise NotAllowed("not_the_owner", Sentence(NOT_YOURS.text, {"number": number}))
    return render(request, "needs/withdraw.html", {"need": need, "reason": "", "problems": Problems()})


@needs_right("withdraw", "need")
async def withdraw(request: Request) -> Response:
    number, form = request.path_params["number"], await read_form(request)
    try:
        state = await needs.withdraw(actor_of(request), number, form.number("version"), form.text("reason"))
    except Stale as stale:
        return await refusal_page(request, stale)
    except Refused as refusal:
        problems = problems_of(refusal, language_of(request))
        need = needs.find(catalogue.current(), number)
        view = {"need": need, "reason": form.text("reason"), "problems": problems}
        return render(request, "needs/withdraw.html", view, status=status_of(refusal))
    address = to(request, f"/bisogni/{number}/ritira", versione=state.version)
    return RedirectResponse(address, status_code=303)


@needs_right("publish_again", "need")
async def publish_again(request: Request) -> Response:
    """Undoes a withdrawal."""
    number, form = request.path_params["number"], await read_form(request)
    await needs.publish_again(actor_of(request), number, form.number("version"))
    return RedirectResponse(to(request, f"/bisogni/{number}"), status_code=303)


def begun_from(offer: Offer) -> NeedInput:
    """A need begun from an offer: its themes and functions, and a first line; the rest only its owner knows."""
    begun = Sentence(
        "A proposito dell’offerta {number}, «{title}».", {"number": offer.number, "title": offer.title}
    )
    return NeedInput(description=f"{begun.say()}\n\n", themes=offer.themes, functions=offer.functions)


def need_input(form: Form) -> NeedInput:
    """The fields of the form as the rules take them."""
    return NeedInput(
        title=form.text("title"),
        description=form.text("description"),
        functions=form.texts("functions"),
        themes=form.texts("themes"),
        axes=form.texts("axes"),
        funding=form.text("funding"),
        deadline=form.text("deadline"),
        intent=form.text("intent"),
        amount=form.text("amount"),
        starts=form.text("starts"),
        sites=form.texts("sites"),
        rejected=form.texts("rejected"),
        summary_en=form.text("summary_en"),
    )


async def clicked(request: Request, form: Form) -> NeedInput:
    """The fields of the form after the click on a chip, or on the proposed summary."""
    written, chip = need_input(form), form.text("chip")
    if chip == SUMMARISE:
        towns = await delegation.proposable(actor_of(request))
        town = next((one for one in towns if one.istat_code == form.text("municipality")), None)
        found = matches.preview(catalogue.current(), actor_of(request), written, town)
        return replace(written, summary_en=found.summary_en)
    return chips.pressed(written, chip)


def answers(
    picture: Catalogue, request: Request, written: NeedInput, writes_for: Municipality | None = None
) -> Answers | None:
    """What `written` finds, or None while there is nothing to read."""
    if not (written.title + written.description).strip():
        return None
    language = language_of(request)
    found = matches.preview(picture, actor_of(request), written, writes_for)
    return Answers(
        count=sum(match.band in SUGGESTED for match in found.ranking.matches),
        cards=match_cards(picture, found.ranking.matches, language)[:CARDS],
        near=alike_cards(picture, found.near, language),
        alike=alike_cards(picture, found.alike, language),
        functions=tuple(local(picture.functions[letter], "short", language) for letter in found.functions),
        themes=tuple(local(picture.themes[slug], "label", language) for slug in found.themes),
        no_laboratory=no_laboratory(picture, found.serving, language),
        chips=chip_groups(picture, found.chips, language),
        same=alike_cards(picture, found.same, language),
        summary_en=found.summary_en,
        helps=() if not found.serving.laboratory else help_lines(picture, found, language),
    )


async def writing_page(
    request: Request,
    written: NeedInput,
    refusal: Refused | NotAllowed | None = None,
    editing: tuple[int, int] | None = None,
    municipality: str = "",
    external_id: str = "",
) -> Response:
    """The form as typed, beside what it finds; `municipality` is the member for which it is written."""
    language, picture = language_of(request), catalogue.current()
    members = () if editing else await delegation.proposable(actor_of(request))
    writes_for = next((town for town in members if town.istat_code == municipality), None)
    view = {
        **choices_of(picture, language),
        "written": written,
        "external_id": external_id,
        "problems": problems_of(refusal, language) if refusal else Problems(),
        "stranger": not actor_of(request).body_kind,
        "answers": answers(picture, request, written, writes_for),
        "members": [(town.istat_code, town.name) for town in members],
        "municipality": municipality,
        "editing": editing,
        **joint_requests.view_of(request, writes_for, new=editing is None),
    }
    return render(request, "needs/write.html", view, status=status_of(refusal) if refusal else 200)


def _conflict_page(request: Request, number: int, written: NeedInput, stale: Stale) -> Response:
    language, picture = language_of(request), catalogue.current()
    state = stale.current
    assert isinstance(state, NeedState)  # noqa: S101  # what `needs.revise` promises
    view = {
        **choices_of(picture, language),
        "written": written,
        "problems": Problems(),
        "sentence": stale.sentence.say(language),
        "current": state,
        "editing": (number, state.version),
    }
    return render(request, "needs/conflict.html", view, status=409)


def choices_of(picture: Catalogue, language: str) -> dict[str, object]:
    return {
        "functions": [(row.letter, local(row, "short", language)) for row in picture.functions.values()],
        "themes": [(row.slug, local(row, "label", language)) for row in picture.themes.values()],
        "axes": [(axis.value, AXES[axis].say(language)) for axis in Axis],
        "intents": [(intent.value, words_of(intent).say(language)) for intent in Intent],
        "limits": LIMITS,
    }


routes = [
    Route("/bisogni/nuovo", new, name="new_need"),
    Route("/bisogni/nuovo", preview, methods=["POST"], name="preview_need"),
    Route("/bisogni", publish, methods=["POST"], name="publish_need"),
    Route("/bisogni/{number:int}/modifica", edit, name="edit_need"),
    Route("/bisogni/{number:int}/modifica", edit_preview, methods=["POST"], name="preview_revision"),
    Route("/bisogni/{number:int}", revise, methods=["POST"], name="revise_need"),
    Route("/bisogni/{number:int}/ritira", ask_withdrawal, name="ask_withdrawal"),
    Route("/bisogni/{number:int}/ritira", withdraw, methods=["POST"], name="withdraw_need"),
    Route("/bisogni/{number:int}/ripubblica", publish_again, methods=["POST"], name="publish_need_again"),
]
