"""Argon2id, off the event loop and at most four at a time."""

from __future__ import annotations

import asyncio
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 8
LONGEST = 128
DEMO_PASSWORD = "xungai-demo"  # noqa: S105  published on purpose; refused outside the demo district
_OBVIOUS = frozenset(
    [
        "password",
        "12345678",
        "123456789",
        "1234567890",
        "11111111",
        "88888888",
        "00000000",
        "qwertyui",
        "qwerty123",
        "admin123",
        "a1234567",
        "abc12345",
        "woaini520",
        "woaini1314",
        "password1",
        "passw0rd",
        "iloveyou",
        "5201314520",
        "xungai123",
        "zhuzhou123",
        "shifeng123",
    ]
)
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_slots = asyncio.Semaphore(4)
_DUMMY = _hasher.hash(secrets.token_hex(16))


async def hash_password(password: str) -> str:
    """The Argon2id hash to store."""
    async with _slots:
        return await asyncio.to_thread(_hasher.hash, password)


async def verify_password(stored: str | None, password: str) -> bool:
    """Whether the password fits. An unknown account costs the same time as a known one."""
    async with _slots:
        fits = await asyncio.to_thread(_fits, stored or _DUMMY, password)
    return fits and stored is not None


def _fits(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def weakness(password: str, *, login: str, demo: bool) -> str | None:
    """Why a new password is refused (`too-short`, `too-long`, `too-obvious`), or None."""
    if len(password) < SHORTEST:
        return "password-too-short"
    if len(password) > LONGEST:
        return "password-too-long"
    folded = password.casefold()
    if folded in _OBVIOUS or folded == login.casefold() or (folded == DEMO_PASSWORD and not demo):
        return "password-too-obvious"
    return None


def one_time_password() -> str:
    """Ten characters that can be read out over the phone without being misheard."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "".join(secrets.choice(alphabet) for _ in range(10))
