"""The content security policy names our own origin and the tile servers of the settings, and nobody else."""

from __future__ import annotations

from server.headers import content_security_policy

TILES = ("https://t0.tiles.example/vec/{z}/{x}/{y}", "https://t0.tiles.example/cva/{z}/{x}/{y}")


def directives(policy: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for words in (part.split() for part in policy.split(";"))}


def test_without_tiles_nothing_is_fetched_from_elsewhere() -> None:
    assert "://" not in content_security_policy()


def test_tiles_may_be_fetched_from_their_servers_and_nothing_else_may() -> None:
    policy = directives(content_security_policy((*TILES, "http://127.0.0.1:9/{z}/{x}/{y}")))
    away = ["http://127.0.0.1:9", "https://t0.tiles.example"]
    assert policy["connect-src"] == ["'self'", *away]
    assert policy["img-src"] == ["'self'", "blob:", "data:", *away]
    others = {name: words for name, words in policy.items() if name not in ("connect-src", "img-src")}
    assert not any("://" in word for words in others.values() for word in words)
    assert directives(content_security_policy()) == policy | {
        "connect-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
    }
