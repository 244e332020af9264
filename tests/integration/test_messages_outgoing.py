"""Messages that leave the house, carried by apprise to a real receiver on this machine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from server import clock
from server.district import District
from server.messages.posting import post_outgoing
from server.messages.recipients import Recipient
from server.messages.service import notify
from server.messages.sweeping import messages_due
from storage.database.models import MessageTarget, Outgoing
from tests.factories.crew import Crew, pointers
from tests.factories.inspections import Json, new_id
from tests.servers.receiver import Receiver, receiving

At = Callable[[int, int], datetime]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, crew: Crew) -> At:
    """`at(9, 30)`: the clock of a working Monday; hours past 24 are the next day."""

    def go(hour: int, minute: int) -> datetime:
        begin = datetime.combine(date(2026, 11, 30), time(), clock.SHANGHAI).astimezone(UTC)
        now = begin + timedelta(hours=hour, minutes=minute)
        monkeypatch.setattr(clock, "now", lambda: now)
        crew.sign_out()
        return now

    return go


async def enter(crew: Crew, address: str, **owner: str) -> str:
    body = {"address": address, "label": "工作群", **owner}
    answer = await (await crew.of("admin")).post("/api/message-targets", json=body)
    assert answer.status_code == 201, answer.text
    found: str = answer.json()["id"]
    return found


async def tell(crew: Crew, district: District, number: int, *, login: str = "health") -> None:
    """One message at once to a person of 区卫计局."""
    to = Recipient(await crew.person(login), await crew.unit("区卫计局"))
    async with district.database.writing() as session:
        await notify(
            session,
            to=to,
            kind="task-closed",
            params={"number": f"2026-{number}", "site": "东门站"},
            link="/tasks",
            dedupe_key=f"test:{number}",
            at_once=True,
        )


async def owed(crew: Crew) -> list[Json]:
    found: list[Json] = await crew.get("admin", "/api/outgoing")
    return found


async def test_a_unit_group_gets_one_digest_with_a_link_and_nothing_else(
    crew: Crew, district: District, at: At, receiver: Receiver
) -> None:
    at(9, 0)
    await enter(crew, receiver.address, unitId=await crew.unit("区卫计局"))
    await crew.opened("YL-B01", photos={"YL-B01": [await crew.photo("inspector", seed=3)]})
    now = at(16, 0)
    await messages_due(district.database, now)
    assert len((await crew.get("health", "/api/messages"))["items"]) == 1
    assert len((await crew.get("health-leader", "/api/messages"))["items"]) == 1
    assert await post_outgoing(district, now) == 1
    (taken,) = receiver.taken
    assert taken["title"] == "巡改"
    assert taken["message"] == "本单位有新的督查反馈或整改提醒（11月30日）\n请登录查看：https://xungai.test/inbox"
    assert taken["attachments"] == []
    assert await owed(crew) == []
    assert await post_outgoing(district, now + timedelta(days=1, hours=-4)) == 0


async def test_an_address_is_never_shown_again_and_lies_sealed(
    crew: Crew, district: District, at: At, receiver: Receiver
) -> None:
    at(9, 0)
    unit, person = await crew.unit("区卫计局"), await crew.person("health")
    kept = [
        await enter(crew, "wecombot://693a91f6-secret", unitId=unit),
        await enter(crew, receiver.address, personId=person),
    ]
    listed = await (await crew.of("admin")).get("/api/message-targets")
    assert "693a91f6" not in listed.text
    assert {(one["scheme"], one["owner"]) for one in listed.json()} == {
        ("wecombot", "区卫计局"),
        ("json", "区卫计局联络员"),
    }
    async with district.database.reading() as session:
        sealed = list(await session.scalars(select(MessageTarget.sealed_address)))
    assert not any("693a91f6" in one or "127.0.0.1" in one for one in sealed)
    admin = await crew.of("admin")
    for status in (204, 404):
        assert (await admin.delete(f"/api/message-targets/{kept[0]}")).status_code == status
    async with district.database.reading() as session:
        assert "" in list(await session.scalars(select(MessageTarget.sealed_address)))
    assert len((await admin.get("/api/message-targets")).json()) == 1


async def test_only_robots_of_the_list_are_taken_and_one_owner(crew: Crew, at: At) -> None:
    at(9, 0)
    admin, unit = await crew.of("admin"), await crew.unit("区卫计局")
    for body, where in (
        ({"address": "json://example.com/x", "unitId": unit}, ["/address"]),
        ({"address": "wecombot://abcdef"}, ["/unitId"]),
        ({"address": "wecombot://abcdef", "unitId": unit, "personId": unit}, ["/unitId"]),
        ({"address": "wecombot://abcdef", "personId": new_id()}, ["/personId"]),
        ({"address": "wecombot://abcdef", "unitId": new_id()}, ["/unitId"]),
    ):
        assert pointers(await admin.post("/api/message-targets", json={"label": "群", **body})) == where


async def test_a_receiver_that_is_down_gets_it_when_it_is_up_again(
    crew: Crew, district: District, at: At, receiver: Receiver
) -> None:
    now = at(9, 0)
    await enter(crew, receiver.address, personId=await crew.person("health"))
    await tell(crew, district, 1)
    receiver.is_up = False
    assert await post_outgoing(district, now) == 0
    assert receiver.refused == 1
    assert await post_outgoing(district, now + timedelta(seconds=59)) == 0
    assert receiver.refused == 1
    (waiting,) = await owed(crew)
    assert (waiting["attempts"], waiting["lastError"], waiting["gaveUpAt"]) == (1, "not-taken", None)
    assert await post_outgoing(district, now + timedelta(minutes=1)) == 0
    receiver.is_up = True
    assert await post_outgoing(district, now + timedelta(minutes=2)) == 0
    assert await post_outgoing(district, now + timedelta(minutes=3)) == 1
    assert "已销号：2026-1 东门站" in receiver.taken[0]["message"]
    assert await owed(crew) == []


async def test_after_a_day_it_is_given_up_and_the_administrator_sees_it(
    crew: Crew, district: District, at: At, receiver: Receiver
) -> None:
    now = at(9, 0)
    await enter(crew, receiver.address, personId=await crew.person("health"))
    await tell(crew, district, 1)
    receiver.is_up = False
    for hours in (0, 10, 13):
        await post_outgoing(district, now + timedelta(hours=hours))
    (given_up,) = await owed(crew)
    assert (given_up["attempts"], given_up["gaveUpAt"] is not None) == (2, False)
    await post_outgoing(district, now + timedelta(hours=25))
    (given_up,) = await owed(crew)
    assert (given_up["attempts"], given_up["gaveUpAt"] is not None) == (3, True)
    receiver.is_up = True
    assert await post_outgoing(district, now + timedelta(hours=50)) == 0
    (target,) = await crew.get("admin", "/api/message-targets")
    assert (target["waiting"], target["gaveUp"]) == (0, 1)


async def test_two_workers_at_once_deliver_each_message_once(
    crew: Crew, district: District, at: At, receiver: Receiver
) -> None:
    now = at(9, 0)
    await enter(crew, receiver.address, personId=await crew.person("health"))
    for number in range(25):
        await tell(crew, district, number)
    sent = await asyncio.gather(*(post_outgoing(district, now) for _ in range(3)))
    assert sum(sent) == 25
    assert len({one["message"] for one in receiver.taken}) == len(receiver.taken) == 25


async def test_a_worker_that_died_leaves_its_claim_to_the_next(
    crew: Crew, district: District, at: At, receiver: Receiver
) -> None:
    now = at(9, 0)
    await enter(crew, receiver.address, personId=await crew.person("health"))
    await tell(crew, district, 1)
    async with district.database.writing() as session:
        lease = update(Outgoing).values(claim=new_id(), claimed_until=now + timedelta(minutes=10), attempts=1)
        await session.execute(lease)
    assert await post_outgoing(district, now + timedelta(minutes=9)) == 0
    assert await post_outgoing(district, now + timedelta(minutes=10)) == 1
    assert len(receiver.taken) == 1


async def test_nothing_leaves_in_quiet_hours(crew: Crew, district: District, at: At, receiver: Receiver) -> None:
    at(20, 59)
    await enter(crew, receiver.address, personId=await crew.person("health"))
    await tell(crew, district, 1)
    assert [await post_outgoing(district, at(*when)) for when in ((21, 0), (26, 0), (31, 29))] == [0, 0, 0]
    assert await post_outgoing(district, at(31, 30)) == 1


async def test_a_changed_secret_is_noticed_and_nothing_is_sent_elsewhere(
    crew: Crew, district: District, at: At, receiver: Receiver
) -> None:
    now = at(9, 0)
    await enter(crew, receiver.address, personId=await crew.person("health"))
    await tell(crew, district, 1)
    async with district.database.writing() as session:
        await session.execute(update(MessageTarget).values(sealed_address="AAAA"))
    assert await post_outgoing(district, now) == 0
    (waiting,) = await owed(crew)
    assert waiting["lastError"] == "target-unreadable"
    assert receiver.taken == []
