"""A started district: it is ready, knows its people, and lets nobody in by a route without a rule."""

from __future__ import annotations

import httpx
from litestar import Litestar

from server.auth.guards import Rule
from tests.conftest import SignIn

# What answers to people who have not signed in, and nothing else does.
OPEN_TO_ALL = {"/", "/{path:path}", "/health/live", "/health/ready", "/api/session", "/schema/openapi.json"}


async def test_a_started_district_is_ready(client: httpx.AsyncClient) -> None:
    assert (await client.get("/health/live")).status_code == 200
    assert (await client.get("/health/ready")).status_code == 200


async def test_each_demo_person_signs_in_as_themselves(sign_in: SignIn) -> None:
    for login in ("inspector", "office", "health"):
        person = await sign_in(login)
        me = await person.get("/api/session")
        assert me.json()["login"] == login


async def test_an_ended_session_is_dead_on_the_server(sign_in: SignIn) -> None:
    person = await sign_in("inspector")
    cookies = dict(person.cookies)
    assert (await person.delete("/api/session")).status_code == 204
    person.cookies.update(cookies)
    answer = await person.get("/api/session")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


def test_every_route_carries_exactly_one_rule(app: Litestar) -> None:
    handlers = [(route.path, handler) for route in app.routes for handler in getattr(route, "route_handlers", [])]
    asked = [(path, handler) for path, handler in handlers if not made_by_the_framework(path, handler)]
    assert len(asked) > 20
    for path, handler in asked:
        rules = [guard for guard in handler.guards or () if isinstance(guard, Rule)]
        assert len(rules) == 1, (path, handler.http_methods)
        if rules[0].open_to_all:
            assert path in OPEN_TO_ALL, path


def made_by_the_framework(path: str, handler: object) -> bool:
    """The description of the wire, and what answers OPTIONS."""
    return path.startswith("/schema") or getattr(handler, "http_methods", ()) == {"OPTIONS"}


async def test_a_change_without_our_own_header_is_refused(app: Litestar, sign_in: SignIn) -> None:
    person = await sign_in("inspector")
    del person.headers["X-CSRF"]
    answer = await person.delete("/api/session")
    assert answer.status_code == 403
    assert answer.json()["type"] == "/problems/cross-site"
