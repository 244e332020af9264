"""Keeps tests off the network: whatever they open must end on this machine."""

from __future__ import annotations

import ipaddress
import sys
from typing import Any

_EVENTS = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0}


class LeftThisMachineError(RuntimeError):
    """A test tried to reach another machine."""


def refuse_everything_else() -> None:
    """From now on this process can reach loopback only. It cannot be undone: audit hooks stay."""
    sys.addaudithook(_watch)


def _watch(event: str, args: tuple[Any, ...]) -> None:
    place = _EVENTS.get(event)
    if place is not None and not stays_here(args[place]):
        raise LeftThisMachineError(f"{event} to {args[place]!r}: tests reach loopback only")


def stays_here(address: object) -> bool:
    """Whether a socket address, or the host in one, is on this machine. A path is (a Unix socket)."""
    if not isinstance(address, tuple):
        return address is None or _is_loopback(address)
    return _is_loopback(address[0])


def _is_loopback(host: object) -> bool:
    text = host.decode(errors="replace") if isinstance(host, bytes) else str(host)
    if text in ("", "localhost") or text.startswith(("/", "\0")):
        return True
    try:
        return ipaddress.ip_address(text.split("%")[0]).is_loopback
    except ValueError:
        return False
