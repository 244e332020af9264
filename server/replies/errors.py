"""What a reply without an account refuses."""

from __future__ import annotations

from server.errors import Refusal


class ReplyLinkClosed(Refusal):
    """No such code, or one that has expired, was withdrawn, or whose letter is settled: they are not told apart."""

    status = 404
    code = "reply-link-closed"


class ReplyTooOften(Refusal):
    """Too many calls from one address or through one link; `Retry-After` says how many seconds to wait."""

    status = 429
    code = "reply-too-often"


class LinkNotManaged(Refusal):
    """There is no link that this could be done with, or the letter is in no state to have one."""

    status = 409
    code = "reply-link-state"
