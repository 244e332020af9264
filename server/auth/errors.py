"""What signing in refuses."""

from __future__ import annotations

from server.errors import Refusal


class BadCredentials(Refusal):
    """Login and password do not fit, or the account is closed: the two are not told apart."""

    status = 401
    code = "bad-credentials"


class TooManyAttempts(Refusal):
    """Too many failed sign-ins; `Retry-After` says how many seconds to wait."""

    status = 429
    code = "too-many-attempts"


class PasswordChangeFirst(Refusal):
    """A one-time password opened this session: nothing else is open to it until the person has an own one."""

    status = 423
    code = "password-change-first"


class WeakPassword(Refusal):
    """The new password is too short, too long or too well known."""

    status = 422
    code = "weak-password"


class DemoPasswordRefused(Refusal):
    """The published demo password opens nothing outside the demo district."""

    status = 401
    code = "bad-credentials"


class RoleNotHeld(Refusal):
    """This person does not hold the role they chose (R8)."""

    status = 403
    code = "role-not-held"
