"""Passwords: hashed with Argon2id, refused when weak, read out without being misheard."""

from __future__ import annotations

import pytest

from server.auth import passwords


async def test_a_password_fits_its_own_hash_only() -> None:
    stored = await passwords.hash_password("湘江北去-2026")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await passwords.verify_password(stored, "湘江北去-2026")
    assert not await passwords.verify_password(stored, "湘江北去-2027")
    assert stored != await passwords.hash_password("湘江北去-2026")


async def test_without_an_account_or_with_a_broken_hash_nothing_fits() -> None:
    assert not await passwords.verify_password(None, "anything")
    assert not await passwords.verify_password("no hash", "anything")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("1234567", "password-too-short"),
        ("x" * 129, "password-too-long"),
        ("12345678", "password-too-obvious"),
        ("PassWord", "password-too-obvious"),
        ("liaison-one", "password-too-obvious"),
        ("Liaison-One", "password-too-obvious"),
        (passwords.DEMO_PASSWORD, "password-too-obvious"),
        ("x" * 8, None),
        ("湘江北去橘子洲头", None),
        ("x" * 128, None),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(password: str, why: str | None) -> None:
    assert passwords.weakness(password, login="liaison-one", demo=False) == why


def test_the_demo_password_is_kept_to_the_demo_district() -> None:
    assert passwords.weakness(passwords.DEMO_PASSWORD, login="x", demo=True) is None


def test_a_one_time_password_has_no_letters_that_sound_or_look_alike() -> None:
    made = {passwords.one_time_password() for _ in range(200)}
    assert len(made) == 200
    assert not set("".join(made)) & set("0O1lioI")
    assert {len(password) for password in made} == {10}
