"""The administrator changes what the notice leaves open, and the next decision keeps to it."""

from __future__ import annotations

from typing import Any

from server.audit.service import events_of
from server.district import District
from tests.factories.crew import Crew, pointers


async def change(crew: Crew, login: str = "admin", reason: str = "区里统一要求", **changes: Any) -> Any:
    return await (await crew.of(login)).patch("/api/rules", json={"changes": changes, "reason": reason})


async def value_of(crew: Crew, name: str) -> Any:
    return next(one["value"] for one in await crew.get("office", "/api/rules") if one["name"] == name)


async def test_a_change_holds_from_the_next_task_on_and_is_kept_with_its_reason(crew: Crew, district: District) -> None:
    assert await value_of(crew, "strict_verification") is False
    assert (await change(crew, strict_verification=True)).status_code == 200
    assert await value_of(crew, "strict_verification") is True
    task_id = await crew.replied(by="health")
    photo = await crew.photo("inspector")
    refused = await crew.step("inspector", task_id, "strike_off", note="已复查", photos=[photo])
    assert refused.status_code == 403, refused.text
    async with district.database.reading() as session:
        assert [action for _, action, _ in await events_of(session, "rule", "strict_verification")] == ["change_rule"]


async def test_the_same_again_changes_nothing(crew: Crew, district: District) -> None:
    for _ in range(2):
        assert (await change(crew, digest_hour=15)).status_code == 200
    async with district.database.reading() as session:
        assert len(await events_of(session, "rule", "digest_hour")) == 1


async def test_a_wrong_value_is_named_and_nothing_of_the_change_is_taken(crew: Crew) -> None:
    answer = await change(crew, digest_hour=99, letter_reply_days=7, no_such=1)
    assert (answer.status_code, sorted(pointers(answer))) == (422, ["/changes/digest_hour", "/changes/no_such"])
    assert await value_of(crew, "letter_reply_days") == 5


async def test_only_the_administrator_changes_and_never_without_a_reason(crew: Crew) -> None:
    assert (await change(crew, "office", digest_hour=15)).status_code == 403
    assert (await change(crew, reason="", digest_hour=15)).status_code == 400
