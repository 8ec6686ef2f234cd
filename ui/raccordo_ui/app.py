"""Puts the application together: the table of all addresses, the database, the order of the layers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Mount, Route

from raccordo import catalogue, catalogue_watch, computing, database
from raccordo.computation_kinds import KINDS
from raccordo.schema.endpoint import GraphQLEndpoint
from raccordo.settings import Settings, read_settings
from raccordo_ui import (
    accounts,
    alerts,
    answers,
    assets,
    assignment_locks,
    assignments,
    association_writing,
    associations,
    citations,
    computations,
    cost_sharing,
    delivery,
    demo,
    demo_mailbox,
    departments,
    discretion,
    draft_acts,
    errors,
    explorer,
    feeds,
    follows,
    function_evidence,
    functions,
    groups,
    home,
    identities,
    identity_journeys,
    inbox,
    institutions,
    intake,
    laboratories,
    laboratory_desk,
    laboratory_needs,
    laboratory_profile,
    lexicon,
    login,
    managements,
    maps,
    method,
    mountain_communities,
    municipalities,
    need_writing,
    needs,
    offer_writing,
    offers,
    own_data,
    own_laboratory,
    parties,
    partners,
    partnerships,
    people,
    profile,
    programs,
    proposed_need_links,
    proposed_needs,
    provinces,
    register,
    roles,
    scenario_comparison,
    scenario_method,
    scenarios,
    schools,
    sectors,
    statements,
    themes,
    threads,
    trust,
    unions,
)
from raccordo_ui.body_limit import BodyLimit
from raccordo_ui.headers import SecurityHeaders
from raccordo_ui.origin import OriginCheck
from raccordo_ui.programs import ActingByToken
from raccordo_ui.session import Acting, actor_of
from raccordo_ui.unread import Unread

# Every page, by subject, in Italian; the same table stands under /en.
PAGES: list[BaseRoute] = [
    *home.routes,
    *feeds.routes,
    *intake.routes,
    *need_writing.routes,
    *proposed_needs.routes,
    *proposed_need_links.routes,
    *needs.routes,
    *offer_writing.routes,
    *offers.routes,
    *partnerships.routes,
    *parties.routes,
    *association_writing.routes,
    *associations.routes,
    *managements.routes,
    *cost_sharing.routes,
    *draft_acts.routes,
    *trust.routes,
    *maps.routes,
    *computations.routes,
    *assignments.routes,
    *assignment_locks.routes,
    *scenarios.routes,
    *scenario_comparison.routes,
    *scenario_method.routes,
    *citations.routes,
    *explorer.routes,
    *method.routes,
    *lexicon.routes,
    *statements.routes,
    *laboratories.routes,
    *laboratory_desk.routes,
    *own_laboratory.routes,
    *laboratory_needs.routes,
    *laboratory_profile.routes,
    *departments.routes,
    *themes.routes,
    *functions.routes,
    *sectors.routes,
    *schools.routes,
    *municipalities.routes,
    *partners.routes,
    *groups.routes,
    *function_evidence.routes,
    *provinces.routes,
    *mountain_communities.routes,
    *unions.routes,
    *threads.routes,
    *inbox.routes,
    *follows.routes,
    *alerts.routes,
    *answers.routes,
    *login.routes,
    *identity_journeys.routes,
    *identities.routes,
    *accounts.routes,
    *profile.routes,
    *programs.routes,
    *roles.routes,
    *people.routes,
    *institutions.routes,
    *own_data.routes,
    *register.routes,
    *demo.routes,
    *demo_mailbox.routes,
]


# What programs talk to; it speaks the language that they accept, so it has one address only.
GRAPHQL = Route("/graphql", GraphQLEndpoint(actor_of=actor_of), name="graphql")


def create_app(settings: Settings | None = None) -> Starlette:
    """The whole site for one set of settings; the database opens when it starts."""
    settings = settings or read_settings()
    discretion.keep()
    app = Starlette(
        routes=[*_files(settings), GRAPHQL, Mount("/en", routes=PAGES), *PAGES],
        middleware=[
            Middleware(SecurityHeaders, settings=settings),
            Middleware(Acting),
            Middleware(ActingByToken),
            Middleware(Unread),
            Middleware(GZipMiddleware, minimum_size=1024, compresslevel=5),
            Middleware(BodyLimit),
            Middleware(OriginCheck),
        ],
        exception_handlers=errors.handlers,
        lifespan=_lifespan(settings),
    )
    app.state.settings = settings
    return app


def _files(settings: Settings) -> list[BaseRoute]:
    local = [assets.htmx_copy(settings.htmx_file)] if settings.htmx_file else []
    return [*local, *assets.routes]


def _lifespan(settings: Settings) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with database.opened(settings):
            await catalogue.open_catalogue()
            async with (
                catalogue_watch.watching(settings),
                delivery.delivering(settings),
                computing.computing(KINDS),
            ):
                yield

    return lifespan
