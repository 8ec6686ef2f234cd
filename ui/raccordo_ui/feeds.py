"""Atom feeds (RFC 4287): the needs of a list, of a theme, of a municipality, and the offers, for whoever follows without an account."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import catalogue, laboratories, municipalities, need_search, offer_search
from raccordo.catalogue import Catalogue
from raccordo.days import today
from raccordo.language import Sentence
from raccordo.models import BodyKind
from raccordo.need_search import NeedFilter
from raccordo.published import Need
from raccordo.published_offers import Offer
from raccordo_ui.formats import local
from raccordo_ui.language import address, bare_path, language_of, to
from raccordo_ui.need_cards import example_words
from raccordo_ui.need_filters import filter_of
from raccordo_ui.offer_cards import offer_card
from raccordo_ui.offers import filter_of as filter_of_offers
from raccordo_ui.paging import tidied, with_query

MOST = 50  # entries: what changed last
MEDIA = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"
# A feed without entries must still say when it was updated: the day of the framework agreement, before any need.
BEGINNING = "2023-03-15T00:00:00+00:00"
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


async def all_needs(request: Request) -> Response:
    """The list of needs with the filters of its page; an unknown value is refused as there."""
    if tidy := tidied(request):
        return RedirectResponse(tidy, status_code=303)
    picture = catalogue.current()
    found = need_search.select(picture, filter_of(request.query_params))
    title = Sentence("Bisogni").say(language_of(request))
    return _feed(request, picture, title, found, with_query(request, "/bisogni", pagina=""))


async def all_offers(request: Request) -> Response:
    """The list of offers with the filters of its page."""
    if tidy := tidied(request):
        return RedirectResponse(tidy, status_code=303)
    picture = catalogue.current()
    found = offer_search.select(picture, filter_of_offers(request), today())
    title = Sentence("Offerte").say(language_of(request))
    return _feed(request, picture, title, found, with_query(request, "/offerte", pagina=""))


async def of_theme(request: Request) -> Response:
    picture, language = catalogue.current(), language_of(request)
    theme = laboratories.theme(picture, request.path_params["slug"])
    found = need_search.select(picture, NeedFilter(theme=theme.slug))
    return _feed(request, picture, local(theme, "label", language), found, to(request, f"/temi/{theme.slug}"))


async def of_municipality(request: Request) -> Response:
    """The needs of a municipality; a former code leads to the feed of its successor."""
    picture, code = catalogue.current(), request.path_params["istat"]
    town = municipalities.find(picture, code)
    if town.istat_code != code:
        return RedirectResponse(to(request, f"/comuni/{town.istat_code}.atom"), status_code=301)
    found = need_search.select(picture, NeedFilter(owner=(BodyKind.MUNICIPALITY, code)))
    return _feed(request, picture, town.name, found, to(request, f"/comuni/{code}"))


def _feed(
    request: Request,
    picture: Catalogue,
    title: str,
    found: Iterable[Need | Offer],
    page: str,
) -> Response:
    """The feed of some needs or offers; `page` is the address of the page that shows the same."""
    base = _base(request)
    query = request.url.query
    itself = base + to(request, bare_path(request)) + (f"?{query}" if query else "")
    newest = sorted(found, key=lambda one: (one.changed_at, one.number), reverse=True)[:MOST]
    feed = Element("feed", {"xmlns": NAMESPACE, "xml:lang": language_of(request)})
    _text(feed, "id", itself)
    _text(feed, "title", f"Raccordo: {title}")
    _text(feed, "updated", newest[0].changed_at.isoformat() if newest else BEGINNING)
    _text(SubElement(feed, "author"), "name", "Raccordo")
    SubElement(feed, "link", {"rel": "self", "type": MEDIA, "href": itself})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": base + page})
    for one in newest:
        if isinstance(one, Offer):
            _offer_entry(feed, request, picture, one)
        else:
            _need_entry(feed, request, picture, one)
    return _answer(request, tostring(feed, encoding="utf-8", xml_declaration=True))


def _need_entry(feed: Element, request: Request, picture: Catalogue, need: Need) -> None:
    mark = example_words(need, language_of(request))
    title = f"{need.title} ({mark})" if mark else need.title
    entry = _entry(feed, request, f"/bisogni/{need.number}", title, need, picture.owner(need).name)
    _categories(entry, picture, need.themes, language_of(request))
    _text(entry, "summary", need.excerpt)


def _offer_entry(feed: Element, request: Request, picture: Catalogue, offer: Offer) -> None:
    card = offer_card(picture, offer, "it", today())
    title = f"{card.title} ({card.kind}, {card.when})"
    entry = _entry(feed, request, f"/offerte/{offer.number}", title, offer, card.laboratory)
    _categories(entry, picture, offer.themes, language_of(request))
    _text(entry, "summary", offer.text)


def _entry(feed: Element, request: Request, path: str, title: str, one: Need | Offer, author: str) -> Element:
    base = _base(request)
    entry = SubElement(feed, "entry", {"xml:lang": "it"})  # needs and offers are written in Italian
    # The same thing is the same entry in every feed and in both languages.
    _text(entry, "id", base + address("it", path))
    _text(entry, "title", title)
    _text(entry, "updated", one.changed_at.isoformat())
    _text(entry, "published", one.published_at.isoformat())
    _text(SubElement(entry, "author"), "name", author)
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": base + to(request, path)})
    return entry


def _categories(entry: Element, picture: Catalogue, themes: Iterable[str], language: str) -> None:
    for slug in themes:
        SubElement(entry, "category", {"term": slug, "label": local(picture.themes[slug], "label", language)})


def _text(parent: Element, name: str, words: str) -> None:
    # XML has no way at all to write some characters, and one of them would break the whole feed.
    SubElement(parent, name).text = NOT_XML.sub("", words)


def _base(request: Request) -> str:
    """The public address of this installation: what programs keep must not depend on how they came."""
    base: str = request.app.state.settings.address
    return base


def _answer(request: Request, body: bytes) -> Response:
    headers = {"ETag": f'"{sha256(body).hexdigest()[:20]}"', "Cache-Control": "no-cache"}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=MEDIA, headers=headers)


# They stand before the pages, whose last part would otherwise take `.atom` for a piece of a slug.
routes = [
    Route("/bisogni.atom", all_needs, name="needs_feed"),
    Route("/offerte.atom", all_offers, name="offers_feed"),
    Route("/temi/{slug}.atom", of_theme, name="theme_feed"),
    Route("/comuni/{istat}.atom", of_municipality, name="municipality_feed"),
]
