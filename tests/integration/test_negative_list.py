"""The negative list over HTTP: events with their versions, what they cost, and suppositions that leave nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx

from server import clock
from server.district import District
from tests.factories.crew import Crew, pointers, problem
from tests.factories.inspections import new_id
from tests.integration.conftest import House

Json = dict[str, Any]
BASE = "/api/negative-list"


def days_ago(days: int) -> str:
    return (clock.today() - timedelta(days=days)).isoformat()


def an_event(**changes: Any) -> Json:
    """A lead as the office records it."""
    return {
        "itemCode": "G15",
        "level": "city",
        "state": "lead",
        "description": "某企业发生有全国影响的生产安全事故",
        "source": "市应急管理局通报（株应急〔2026〕12 号）",
        "evidence": "通报原件一份，存社事办",
        "happenedOn": days_ago(40),
        **changes,
    }


async def put(crew: Crew, what: str, body: Json, *, entry_id: str | None = None, by: str = "office") -> httpx.Response:
    return await (await crew.of(by)).put(f"{BASE}/{what}/{entry_id or new_id()}", json=body)


async def entered(crew: Crew, what: str, body: Json, *, entry_id: str | None = None) -> Json:
    answer = await put(crew, what, body, entry_id=entry_id)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def a_city(crew: Crew, status: str = "candidate") -> None:
    """A city of a status, with an annual evaluation in ten days and an application in twenty."""
    await entered(crew, "statuses", {"status": status, "fromOn": "2015-02-28", "source": "中央文明办决定"})
    starts = clock.today() + timedelta(days=10)
    for kind, later in (("annual", 0), ("application", 10)):
        body = {
            "year": starts.year,
            "kind": kind,
            "startsOn": (starts + timedelta(days=later)).isoformat(),
            "endsOn": (starts + timedelta(days=later + 4)).isoformat(),
            "cycleFrom": starts.year,
            "source": "省文明办通知",
        }
        await entered(crew, "evaluations", body)


async def established(crew: Crew, **changes: Any) -> Json:
    """An event on its way from lead to established."""
    body, event_id = an_event(**changes), new_id()
    for version, state in ((None, "lead"), (1, "verified"), (2, "established")):
        step = {**body, "state": state, "version": version, "reason": "核实情况", "establishedBy": "市文明办"}
        event = await entered(crew, "events", step, entry_id=event_id)
    return event


async def test_r84_an_event_goes_from_lead_to_established_and_only_then_counts(crew: Crew) -> None:
    await a_city(crew)
    event_id = new_id()
    event = await entered(crew, "events", an_event(), entry_id=event_id)
    assert not event["counts"]
    assert event["effects"] == ["取消参评资格", "当年测评成绩罚 3 分"]
    assert await standing_points(crew) == {"annual": "0", "application": "0"}
    again = await put(crew, "events", an_event(), entry_id=event_id)
    assert again.json()["version"] == 1
    jump = {**an_event(state="established", establishedBy="市文明办"), "version": 1, "reason": "上级认定"}
    assert pointers(await put(crew, "events", jump, entry_id=event_id)) == ["/state"]
    bare = an_event(state="verified", version=1)
    assert pointers(await put(crew, "events", bare, entry_id=event_id)) == ["/reason"]
    await entered(crew, "events", {**bare, "reason": "与原件核对"}, entry_id=event_id)
    unsigned = {**bare, "state": "established", "version": 2, "reason": "上级认定"}
    assert pointers(await put(crew, "events", unsigned, entry_id=event_id)) == ["/establishedBy"]
    event = await entered(crew, "events", {**unsigned, "establishedBy": "市文明办"}, entry_id=event_id)
    assert event["counts"]
    assert [(one["version"], one["state"]) for one in event["versions"]] == [
        (3, "established"),
        (2, "verified"),
        (1, "lead"),
    ]
    assert await standing_points(crew) == {"annual": "3", "application": "0"}
    shown = await crew.get("civility", BASE)
    assert [one["clauseCode"] for one in shown["effects"]] == ["G15-P3"]
    stale = await put(crew, "events", {**unsigned, "establishedBy": "区文明办", "version": 2}, entry_id=event_id)
    assert (stale.status_code, problem(stale)) == (409, "negative-version-differs")


async def standing_points(crew: Crew) -> dict[str, str]:
    shown = await crew.get("office", BASE)
    return {one["kind"]: one["points"] for one in shown["evaluations"]}


async def test_r84_the_same_again_is_warned_of(crew: Crew) -> None:
    first = await entered(crew, "events", an_event())
    twin = await put(crew, "events", an_event())
    assert (twin.status_code, problem(twin)) == (409, "negative-event-twice")
    kept = await entered(crew, "events", an_event(acceptDuplicate=True))
    assert kept["duplicates"] == [first["id"]]


async def test_only_the_citys_event_decides(crew: Crew) -> None:
    await a_city(crew)
    event = await established(crew, level="district")
    assert (event["counts"], event["effects"]) == (False, ["取消参评资格", "当年测评成绩罚 3 分"])
    shown = await crew.get("office", BASE)
    assert (shown["effects"], await standing_points(crew)) == ([], {"annual": "0", "application": "0"})


async def test_r83_a_title_holder_is_suspended_from_the_decision_on(crew: Crew) -> None:
    await a_city(crew, "title_holder")
    event = await established(crew, decidedOn=days_ago(10))
    assert event["effects"] == ["停止资格 1 年"]
    (span,) = (await crew.get("office", BASE))["suspensions"]
    assert (span["firstOn"], span["running"]) == (days_ago(10), True)
    noted = await established(crew, itemCode="I30", happenedOn=days_ago(3), description="仍无明显起色")
    assert noted["effects"] == ["取消荣誉称号"]
    assert [one["effect"] for one in (await crew.get("office", BASE))["effects"]] == ["cancel_title", "suspend"]


async def test_a_supposition_is_told_and_leaves_nothing(crew: Crew, district: District) -> None:
    await a_city(crew)
    await established(crew)
    before, seq = await crew.get("office", BASE), await crew.get("office", "/api/pulse")
    body = an_event(itemCode="C06", description="假如", happenedOn=(clock.today() + timedelta(days=2)).isoformat())
    answer = await (await crew.of("office")).post(f"{BASE}/what-if", json=body)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert [one["effectText"] for one in told["outcome"]["clauses"]] == ["当年测评成绩罚 2 分"]
    annual = {name: told[name]["evaluations"][0]["points"] for name in ("before", "after")}
    assert annual == {"before": "3", "after": "5"}
    assert told["before"] == before == await crew.get("office", BASE)
    assert await crew.get("office", "/api/pulse") == seq
    assert len(await crew.get("office", f"{BASE}/events")) == 1


async def test_r68_what_is_wrong_with_an_event_is_said(crew: Crew) -> None:
    wrong = [
        (an_event(itemCode="Z01"), "/itemCode"),
        (an_event(happenedOn=(clock.today() + timedelta(days=1)).isoformat()), "/happenedOn"),
        (an_event(happenedOn=None), "/happenedOn"),
        (an_event(itemCode="D10"), "/fromOn"),
        (an_event(fromOn=days_ago(9), happenedOn=None), "/happenedOn"),
        (an_event(itemCode="D10", happenedOn=None, fromOn=days_ago(9), untilOn=days_ago(10)), "/untilOn"),
        (an_event(itemCode="B05"), "/persons"),
        (an_event(itemCode="F14"), "/value"),
        (an_event(itemCode="F14", value="100.01"), "/value"),
        (an_event(itemCode="D12", rankings=[{"rank": 32, "size": 31}]), "/rankings"),
        (an_event(itemCode="I28", rankings=[{"rank": 3, "size": 3}] * 2), "/rankings"),
        (an_event(decidedOn=days_ago(41)), "/decidedOn"),
    ]
    for body, pointer in wrong:
        assert pointers(await put(crew, "events", body)) == [pointer], body
    for body in (an_event(itemCode="I29", value="7e1"), an_event(itemCode="I29", value="-1"), an_event(evidence="")):
        assert (await put(crew, "events", body)).status_code == 400


async def test_r69_r70_statuses_and_evaluations_are_checked(crew: Crew) -> None:
    await a_city(crew)
    other = {"status": "title_holder", "fromOn": "2030-01-01", "source": "决定"}
    assert pointers(await put(crew, "statuses", other)) == ["/fromOn"]
    year = clock.today().year
    good = {
        "year": year + 2,
        "kind": "comprehensive",
        "startsOn": f"{year + 2}-09-01",
        "endsOn": f"{year + 2}-09-05",
        "cycleFrom": year,
        "source": "通知",
    }
    assert pointers(await put(crew, "evaluations", {**good, "kind": "annual"})) == ["/cycleFrom"]
    assert pointers(await put(crew, "evaluations", {**good, "endsOn": f"{year + 2}-08-31"})) == ["/endsOn"]
    assert pointers(await put(crew, "evaluations", {**good, "score": "100.1"})) == ["/score"]
    entry_id = new_id()
    await entered(crew, "evaluations", good, entry_id=entry_id)
    assert pointers(await put(crew, "evaluations", good)) == ["/year"]
    scored = await entered(crew, "evaluations", {**good, "score": "86.125", "version": 1}, entry_id=entry_id)
    assert scored["evaluations"][-1]["left"] == "86.125"
    assert scored["total"] is None


async def test_the_reference_is_the_notice(house: House) -> None:
    items = await house.crew.get("leader", f"{BASE}/items")
    assert (len(items), sum(len(one["clauses"]) for one in items)) == (30, 52)
    missing = await (await house.crew.of("office")).get(f"{BASE}/events/{new_id()}")
    assert missing.status_code == 404
