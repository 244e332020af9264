"""Every route carries exactly one of these rules; a test walks the router and asks for it."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from server.auth.actor import Actor
from server.auth.errors import PasswordChangeFirst
from server.errors import NotAllowed, SignedOut

Connection = ASGIConnection[Any, Any, Any, Any]


class Rule:
    """Who may use a route: anybody, anybody signed in, or the holders of these roles.

    A session that a one-time password opened uses only what is `before_change`.
    """

    def __init__(self, *, roles: frozenset[str] | None, open_to_all: bool = False, before_change: bool = False) -> None:
        self.roles = roles
        self.open_to_all = open_to_all
        self.before_change = before_change

    def __call__(self, connection: Connection, _handler: BaseRouteHandler) -> None:
        """Raise SignedOut, PasswordChangeFirst or NotAllowed before the handler runs."""
        if self.open_to_all:
            return
        actor: Actor | None = connection.scope.get("user")
        if actor is None:
            raise SignedOut
        if actor.must_change_password and not self.before_change:
            raise PasswordChangeFirst
        if self.roles is not None and actor.role not in self.roles:
            raise NotAllowed


anyone = Rule(roles=None, open_to_all=True)
signed_in = Rule(roles=None)
own_session = Rule(roles=None, before_change=True)
"""What a session may do before its one-time password is replaced: be looked at, ended, change its role or password."""


def allow(*roles: str | frozenset[str]) -> Rule:
    """Only these roles."""
    flat: set[str] = set()
    for role in roles:
        flat |= {role} if isinstance(role, str) else role
    return Rule(roles=frozenset(flat))
