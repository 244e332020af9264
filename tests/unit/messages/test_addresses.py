"""Which addresses are taken, and that they are kept sealed."""

from __future__ import annotations

import pytest

from server.messages.addresses import fault_of, seal, unseal


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("wecombot://693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa", None),
        ("dingtalk://abcdefgh12345678", None),
        ("dingtalk://secret@abcdefgh12345678/", None),
        ("feishu://abcdefghij", None),
        ("lark://abcdefghij", None),
        ("mailtos://name:word@example.com", None),
        ("json://127.0.0.1:8123/in", None),
        ("json://localhost:8123/in", None),
        ("json://10.0.0.7/in", "target-scheme"),
        ("json://example.com/in", "target-scheme"),
        ("jsons://127.0.0.1/in", "target-scheme"),
        ("slack://a/b/c", "target-scheme"),
        ("file:///etc/passwd", "target-scheme"),
        ("https://qyapi.weixin.qq.com/x", "target-scheme"),
        ("wecombot://", "target-address"),
        ("wecombot://abc?retry=100&wait=9", "target-address"),
        ("mailtos://name:word@example.com?verify=no", "target-address"),
        ("json://[::1", "target-address"),
        ("", "target-scheme"),
    ],
)
def test_only_robots_of_the_list_and_mailboxes_are_taken(address: str, fault: str | None) -> None:
    assert fault_of(address) == fault


def test_an_address_opens_only_with_its_secret_and_in_its_row() -> None:
    address = "wecombot://693a91f6"
    sealed = seal(address, secret="one", target_id="a")
    assert "693a" not in sealed
    assert seal(address, secret="one", target_id="a") != sealed
    assert unseal(sealed, secret="one", target_id="a") == address
    for secret, target_id in (("two", "a"), ("one", "b")):
        with pytest.raises(ValueError):
            unseal(sealed, secret=secret, target_id=target_id)
    with pytest.raises(ValueError):
        unseal("", secret="one", target_id="a")
