"""Refusals as RFC 9457 problems: one tree of exceptions, one catalogue of texts, one place that renders both."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ExceptionHandlersMap

from schemas.wire import FieldProblem, Problem
from server.catalogue import catalogue, fill, language_from, text
from storage.database.away import is_away

log = logging.getLogger(__name__)


class FieldError(msgspec.Struct, rename="camel"):
    """One thing wrong in a body: an RFC 6901 pointer, a stable code and the code's parameters."""

    pointer: str
    code: str
    params: dict[str, Any] = msgspec.field(default_factory=dict)


class Refusal(Exception):
    """A request that the product refuses. Subclasses name the status and the code; texts are in the catalogues."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad-request"

    def __init__(
        self, *, errors: Sequence[FieldError] = (), headers: Mapping[str, str] | None = None, **params: object
    ) -> None:
        super().__init__(self.code)
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.params = params


class BadBody(Refusal):
    """The body does not have the shape that the call asks for."""

    status = 400
    code = "bad-body"


class Unprocessable(Refusal):
    """Well shaped but wrong; `errors` names every place."""

    status = 422
    code = "unprocessable"


class SignedOut(Refusal):
    """Nobody is signed in, or the session has ended."""

    status = 401
    code = "signed-out"


class NotAllowed(Refusal):
    """This person may not do this."""

    status = 403
    code = "not-allowed"


class CrossSite(Refusal):
    """A change that did not come from our own pages."""

    status = 403
    code = "cross-site"


class NotFound(Refusal):
    """Absent, or not this person's to see: the two are not told apart."""

    status = 404
    code = "not-found"


class ServerFault(Refusal):
    """Something that nobody foresaw; the log has it."""

    status = 500
    code = "server-fault"


class Busy(Refusal):
    """The database cannot be reached or written to now. Whether a change that was under way was kept is not known; sent
    again it counts once."""

    status = 503
    code = "busy"


_CODES_OF_STATUS = {
    401: "signed-out",
    403: "not-allowed",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
}


def problem_of(refusal: Refusal, language: str) -> Problem:
    """A refusal in the reader's language (RFC 9457)."""
    problems = catalogue(language)["problems"]
    words = problems.get(refusal.code, problems["bad-request"])
    return Problem(
        type=f"/problems/{refusal.code}",
        title=words["title"],
        status=refusal.status,
        detail=fill(words["detail"], refusal.params),
        errors=[_field_problem(error, language) for error in refusal.errors] or msgspec.UNSET,
    )


def problem_response(request: Request[Any, Any, Any], refusal: Refusal) -> Response[bytes]:
    """Render a refusal as `application/problem+json` in the reader's language."""
    language = language_from(request.headers.get("accept-language", ""))
    return Response(
        msgspec.json.encode(problem_of(refusal, language)),
        status_code=refusal.status,
        media_type="application/problem+json",
        headers=refusal.headers,
    )


def _field_problem(error: FieldError, language: str) -> FieldProblem:
    message = text("field_errors", error.code, language, error.params)
    return FieldProblem(pointer=error.pointer, code=error.code, message=message)


def on_refusal(request: Request[Any, Any, Any], error: Refusal) -> Response[bytes]:
    return problem_response(request, error)


def on_validation(request: Request[Any, Any, Any], error: ValidationException) -> Response[bytes]:
    return problem_response(request, BadBody(place=_first_place(error)))


def on_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    if error.status_code == 400:  # a body that is no JSON at all does not get as far as validation
        return problem_response(request, BadBody(place=error.detail))

    class _Plain(Refusal):
        status = error.status_code
        code = _CODES_OF_STATUS.get(error.status_code, "bad-request")

    headers = {k: v for k, v in (error.headers or {}).items() if k.lower() in ("allow", "retry-after")}
    return problem_response(request, _Plain(headers=headers))


def on_crash(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    if is_away(error):
        log.error("no database at %s %s: %s", request.method, request.url.path, error)
        return problem_response(request, Busy(headers={"Retry-After": "5"}))
    log.error("unexpected failure at %s %s", request.method, request.url.path, exc_info=error)
    return problem_response(request, ServerFault())


def _first_place(error: ValidationException) -> str:
    extra = error.extra
    first = extra[0] if isinstance(extra, list) and extra else extra
    if isinstance(first, dict):
        return " ".join(str(first[key]) for key in ("key", "message") if first.get(key))
    return str(error.detail)


EXCEPTION_HANDLERS: ExceptionHandlersMap = {
    Refusal: on_refusal,
    ValidationException: on_validation,
    HTTPException: on_http,
    Exception: on_crash,
}
