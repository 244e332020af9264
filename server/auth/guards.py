"""Every route carries exactly one of these rules; a test walks the router and asks for it."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from server.auth.actor import Actor
from server.errors import NotAllowed, SignedOut

Connection = ASGIConnection[Any, Any, Any, Any]


class Rule:
    """Who may use a route: anybody, anybody signed in, or the holders of these roles."""

    def __init__(self, *, roles: frozenset[str] | None, open_to_all: bool = False) -> None:
        self.roles = roles
        self.open_to_all = open_to_all

    def __call__(self, connection: Connection, _handler: BaseRouteHandler) -> None:
        """Raise SignedOut or NotAllowed before the handler runs."""
        if self.open_to_all:
            return
        actor: Actor | None = connection.scope.get("user")
        if actor is None:
            raise SignedOut
        if self.roles is not None and actor.role not in self.roles:
            raise NotAllowed


anyone = Rule(roles=None, open_to_all=True)
signed_in = Rule(roles=None)


def allow(*roles: str | frozenset[str]) -> Rule:
    """Only these roles."""
    flat: set[str] = set()
    for role in roles:
        flat |= {role} if isinstance(role, str) else role
    return Rule(roles=frozenset(flat))
