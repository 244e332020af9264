"""The application: what is registered, in one list. Nothing is discovered."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, Request
from litestar.di import NamedDependency, Provide
from litestar.openapi import OpenAPIConfig
from sqlalchemy.ext.asyncio import AsyncSession

from server import health, pages
from server.auth import controllers as auth
from server.auth.actor import Actor
from server.auth.middleware import Sessions
from server.basis import controllers as basis
from server.board import controllers as board
from server.catalogue import language_from
from server.checklists import controllers as checklists
from server.declaration import controllers as declaration
from server.district import District
from server.errors import EXCEPTION_HANDLERS, SignedOut
from server.evaluation import controllers as evaluation
from server.exports import controllers as exports
from server.handover import controllers as handover
from server.headers import security_headers
from server.imports import controllers as imports
from server.inspections import controllers as inspections
from server.installation import install_district, open_district
from server.ledger import controllers as ledger
from server.letters import controllers as letters
from server.maps import controllers as maps
from server.matrix import controllers as matrix
from server.meetings import controllers as meetings
from server.meetings.documents import letter_moved
from server.messages import controllers as messages
from server.messages.alarms import tell_new_photo, tell_severe
from server.messages.hurrying import posting_at_once
from server.negative_list import controllers as negative_list
from server.org import controllers as org
from server.people import controllers as people
from server.phone import controllers as phone
from server.photos import controllers as photos
from server.planning import controllers as planning
from server.rechecks import controllers as rechecks
from server.replies import controllers as replies
from server.replies.codes import LetterCodes
from server.reports import controllers as reports
from server.science import controllers as science
from server.search import controllers as search
from server.settings import Settings
from server.sites import controllers as sites
from server.sweep import sweeping
from server.tasks import calendar_controllers as calendar
from server.tasks import controllers as tasks
from server.tasks.desk import open_desk
from server.visits.renewing import renew_visits
from server.workplans import controllers as workplans
from server.workplans import decomposition_controllers, plan_controllers

LARGEST_BODY_BYTES = 4 * 1024 * 1024


async def _reader(district: NamedDependency[District]) -> AsyncGenerator[AsyncSession]:
    async with district.database.reading() as session:
        yield session


async def _writer(district: NamedDependency[District]) -> AsyncGenerator[AsyncSession]:
    # Committed here and not in a hook after the answer, so that a failed commit becomes a problem and no receipt.
    async with district.database.writing() as session:
        yield session


def _me(request: Request[Any, Any, Any]) -> Actor:
    actor: Actor | None = request.scope.get("user")
    if actor is None:
        raise SignedOut
    return actor


def _language(request: Request[Any, Any, Any]) -> str:
    return language_from(request.headers.get("accept-language", ""))


def create_app(settings: Settings) -> Litestar:
    """Build the application of one district. It is installed or upgraded when it starts."""
    district = open_district(settings)
    desk, codes = open_desk(district, review_listeners=[tell_new_photo]), LetterCodes(settings)

    @asynccontextmanager
    async def running(app: Litestar) -> AsyncIterator[None]:
        try:
            await install_district(district)
            app.state.district = district
            async with sweeping(district, desk), posting_at_once(district):
                yield
        finally:
            desk.close()
            await district.close()

    return Litestar(
        route_handlers=[
            health.live,
            health.ready,
            auth.router,
            org.router,
            checklists.create_router([renew_visits]),
            people.router,
            phone.router,
            photos.router,
            tasks.router,
            calendar.router,
            rechecks.router,
            planning.router,
            inspections.create_router([tell_severe]),
            messages.router,
            letters.router,
            replies.office_router,
            replies.holders_router,
            ledger.router,
            exports.router,
            meetings.router,
            workplans.router,
            plan_controllers.router,
            decomposition_controllers.router,
            science.router,
            negative_list.router,
            evaluation.router,
            imports.router,
            declaration.router,
            handover.router,
            reports.create_router(),
            search.router,
            board.create_router(),
            matrix.router,
            basis.router,
            maps.router,
            sites.router,
            pages.create_router(settings.pwa_dir),
        ],
        dependencies={
            "district": Provide(lambda: district, sync_to_thread=False),
            "reader": Provide(_reader),
            "writer": Provide(_writer),
            "me": Provide(_me, sync_to_thread=False),
            "desk": Provide(lambda: desk, sync_to_thread=False),
            "codes": Provide(lambda: codes, sync_to_thread=False),
            "letter_listeners": Provide(lambda: (letter_moved,), sync_to_thread=False),
            "language": Provide(_language, sync_to_thread=False),
        },
        middleware=[Sessions(district)],
        exception_handlers=EXCEPTION_HANDLERS,
        before_send=[security_headers(settings)],
        lifespan=[running],
        logging_config=None,
        openapi_config=OpenAPIConfig(
            title="Xungai", version="1", path="/schema", render_plugins=[], use_handler_docstrings=True
        ),
        request_max_body_size=LARGEST_BODY_BYTES,
    )
