"""HTTP of sessions, passwords and people's sign-in."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, Router
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.auth import ChangePassword, ChooseRole, Me, OneTimePassword, SignIn
from server.auth import roles, service, sessions
from server.auth.actor import Actor
from server.auth.guards import allow, anyone, own_session
from server.district import District
from server.routes import delete, get, patch, post


def me_out(actor: Actor) -> Me:
    return Me(
        id=actor.person_id,
        login=actor.login,
        name=actor.name,
        roles=list(actor.roles),
        role=actor.role,
        unit_id=actor.unit_id,
        unit_name=actor.unit_name,
        must_change_password=actor.must_change_password,
    )


def _cookie(key: str, value: str, max_age_s: int) -> Cookie:
    return Cookie(key=key, value=value, max_age=max_age_s, path="/", secure=True, httponly=True, samesite="lax")


def origin_of(request: Request[Any, Any, Any], district: District) -> service.Origin:
    """The peer's address; a forwarded one is believed from a configured proxy only."""
    peer = request.client.host if request.client else "unknown"
    if peer in district.settings.trusted_proxies:
        peer = request.headers.get("x-forwarded-for", peer).rsplit(",", 1)[-1].strip()
    return service.Origin(address=peer[:60], device_token=request.cookies.get(sessions.DEVICE_COOKIE))


@post("/session", guards=[anyone], status_code=200)
async def sign_in(
    data: JSONBody[SignIn], request: Request[Any, Any, Any], district: NamedDependency[District]
) -> Response[Me]:
    """Sign in; answers the person and sets the session cookie."""
    origin = origin_of(request, district)
    signed = await service.sign_in(district.database, data, origin=origin, demo=district.settings.demo)
    device_age_s = int(sessions.DEVICE_LIFETIME.total_seconds())
    lasts_s = int(sessions.PHONE.whole.total_seconds())
    cookies = [
        _cookie(sessions.COOKIE, signed.token, lasts_s),
        _cookie(sessions.DEVICE_COOKIE, signed.device_token, device_age_s),
    ]
    return Response(me_out(signed.actor), cookies=cookies)


@get("/session", guards=[own_session])
async def who_am_i(me: NamedDependency[Actor]) -> Me:
    """Who is signed in, in which role."""
    return me_out(me)


@delete("/session", guards=[own_session])
async def sign_out(me: NamedDependency[Actor], writer: NamedDependency[AsyncSession]) -> Response[None]:
    """Sign out: the session is dead on the server."""
    await service.sign_out(writer, me=me)
    return Response(None, status_code=204, cookies=[_cookie(sessions.COOKIE, "", 0)])


@patch("/session", guards=[own_session])
async def choose_role(
    data: JSONBody[ChooseRole], me: NamedDependency[Actor], writer: NamedDependency[AsyncSession]
) -> Me:
    """Act in another of one's roles."""
    return me_out(await service.choose_role(writer, me=me, role=data.role))


@post("/session/password", guards=[own_session], status_code=204)
async def change_password(
    data: JSONBody[ChangePassword],
    request: Request[Any, Any, Any],
    me: NamedDependency[Actor],
    district: NamedDependency[District],
) -> None:
    """Replace one's password; all other sessions end."""
    origin = origin_of(request, district)
    await service.change_password(district.database, data, me=me, origin=origin, demo=district.settings.demo)


@post("/people/{person_id:str}/one-time-password", guards=[allow(roles.ADMIN)], status_code=200)
async def one_time_password(
    person_id: FromPath[str], me: NamedDependency[Actor], writer: NamedDependency[AsyncSession]
) -> OneTimePassword:
    """A password for one sign-in within 15 minutes, shown once."""
    return await service.give_one_time_password(writer, me=me, person_id=person_id)


@delete("/people/{person_id:str}/sessions", guards=[allow(roles.ADMIN)], status_code=204)
async def end_sessions(
    person_id: FromPath[str], me: NamedDependency[Actor], writer: NamedDependency[AsyncSession]
) -> None:
    """End every session of a person whose phone is lost."""
    await service.end_sessions(writer, me=me, person_id=person_id)


router = Router(
    "/api",
    route_handlers=[sign_in, who_am_i, sign_out, choose_role, change_password, one_time_password, end_sessions],
    tags=["auth"],
)
