"""The demo district has a past that the product itself could have had."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import re
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar
from sqlalchemy import func, select

from server import clock
from server.app import create_app
from server.audit.service import verify_chain
from server.demo.overdue import OVERDUE
from server.demo.past import Deed
from server.demo.people import PEOPLE
from server.demo.script import HandedIn, script
from server.demo.service import install_demo
from server.demo.timetable import Timetable
from server.demo.year import deeds
from server.district import District
from server.installation import install_district, open_district
from server.org.working_days import WorkCalendar
from server.photos.flags import are_near
from storage.database.base import Base
from storage.database.models import (
    Finding,
    Inspection,
    Letter,
    LetterStep,
    LetterTask,
    Person,
    Photo,
    PhotoUse,
    Site,
    Summary,
    Task,
    TaskAction,
    Unit,
    Visit,
)
from tests.conftest import new_client
from tests.districts import DEMO_PASSWORD, Templates, settings_for, sqlite_url, started

A_REAL_NAME = re.compile(r"先生|女士|同志|主任|(?<![0-9a-f])1[3-9]\d{9}(?![0-9a-f])")
# Turns of months and years, weekends, long holidays, before and after the hours of work.
DAYS = (
    "2026-10-01T12:00",
    "2026-11-24T12:00",
    "2026-12-01T00:30",
    "2027-01-02T09:00",
    "2027-02-22T11:30",
    "2027-03-31T23:00",
)


@dataclass
class Demo:
    """A district that was installed as `make run` installs it."""

    app: Litestar
    people: dict[str, httpx.AsyncClient]

    @property
    def district(self) -> District:
        found: District = self.app.state.district
        return found

    async def rows(self, query: Any) -> list[Any]:
        async with self.district.database.reading() as session:
            return list((await session.execute(query)).all())

    async def all_of(self, login: str, path: str) -> list[dict[str, Any]]:
        """Every row of a list, page by page."""
        rows: list[dict[str, Any]] = []
        cursor = ""
        while True:
            page = (await self.people[login].get(f"{path}{'&' if '?' in path else '?'}limit=20{cursor}")).json()
            rows += page["items"]
            if page["next"] is None:
                return rows
            cursor = f"&cursor={page['next']}"

    async def sizes(self) -> dict[str, int]:
        """How many rows each table has, but for the sessions of this test."""
        async with self.district.database.reading() as session:
            counts = {table.name: select(func.count()).select_from(table) for table in Base.metadata.sorted_tables}
            return {name: await session.scalar(query) or 0 for name, query in counts.items()}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
async def demo(
    request: pytest.FixtureRequest, templates: Templates, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Demo]:
    folder: Path = tmp_path_factory.mktemp("demo")
    with templates.empty(str(request.param), folder) as url:
        app = create_app(settings_for(url, folder))
        async with started(app):
            people = {login: new_client(app) for login in ("office", "inspector", "health", "street", "street2")}
            for login, person in people.items():
                sent = {"login": login, "password": DEMO_PASSWORD}
                assert (await person.post("/api/session", json=sent)).status_code == 200
            yield Demo(app, people)
            for person in people.values():
                await person.aclose()


async def test_tasks_stand_in_every_state(demo: Demo) -> None:
    tasks = await demo.all_of("office", "/api/tasks")
    states = Counter(task["status"] for task in tasks)
    assert states["draft"] == 3
    assert min(states["open"], states["closed"]) >= 5
    assert min(states["replied"], states["void"]) >= 1
    assert [task["item"] for task in tasks if task["isRelapse"]] == ["YL-C04"]
    assert {task["status"] for task in tasks if task["returnCount"] == 1} == {"open", "closed"}
    open_ones = [task for task in tasks if task["status"] == "open"]
    assert {task["overdue"] for task in open_ones} == {True, False}
    assert all(task["closedKind"] == "verified" for task in tasks if task["status"] == "closed")
    assert len(await demo.rows(select(Inspection.id).where(Inspection.outcome == "no_access"))) == 1


async def test_what_just_came_in_waits_for_review_beside_its_photo(demo: Demo) -> None:
    drafts = await demo.all_of("office", "/api/findings?status=draft")
    assert len(drafts) == 3
    assert all(draft["photos"] and "confirm" in draft["actions"] for draft in drafts)
    assert {flag["code"] for draft in drafts for flag in draft["flags"]} == {"outside-site", "from-gallery"}


async def test_every_timeline_was_let_through_and_is_in_order(demo: Demo) -> None:
    for task in await demo.all_of("office", "/api/tasks?status=closed"):
        history = (await demo.people["office"].get(f"/api/tasks/{task['id']}")).json()["timeline"]
        assert [step["action"] for step in history][:: len(history) - 1] == ["confirm", "strike_off"]
        assert [step["at"] for step in history] == sorted(step["at"] for step in history)
    assert await demo.rows(select(TaskAction.id).where(TaskAction.accepted.is_(False))) == []


async def test_lists_are_ordered_by_receipts_of_the_past(demo: Demo) -> None:
    received = [finding["receivedAt"] for finding in await demo.all_of("office", "/api/findings")]
    assert received == sorted(received, reverse=True)
    now = clock.now()
    assert datetime.fromisoformat(received[-1]) < now - timedelta(days=40)
    spans = await demo.rows(select(Inspection.started_at, Inspection.finished_at, Inspection.received_at))
    assert all(began < ended <= came < now for began, ended, came in spans)
    assert len(spans) > 30
    assert len({came for _, _, came in spans}) >= len(spans) - 1


async def test_the_photos_are_whole_and_the_office_sees_them(demo: Demo) -> None:
    photos = await demo.rows(select(Photo.sha256, Photo.dhash))
    assert len(photos) > 30
    for sha256, _ in photos:
        original = await demo.people["office"].get(f"/api/photos/{sha256}/original")
        assert hashlib.sha256(original.content).hexdigest() == sha256
        thumbnail = await demo.people["office"].get(f"/api/photos/{sha256}/thumbnail")
        assert thumbnail.headers["content-type"] == "image/jpeg"
    assert await demo.rows(select(PhotoUse.id).where(PhotoUse.state != "received")) == []


async def test_the_photo_that_came_twice_is_known_and_no_other_looks_like_another(demo: Demo) -> None:
    hashes = await demo.rows(select(Photo.dhash))
    assert not [pair for pair in itertools.combinations(hashes, 2) if are_near(pair[0][0], pair[1][0])]
    tasks = await demo.all_of("office", "/api/tasks?status=closed")
    returned = next(task for task in tasks if task["returnCount"] == 1)
    history = (await demo.people["office"].get(f"/api/tasks/{returned['id']}")).json()["timeline"]
    first_reply = next(step for step in history if step["action"] == "reply")
    assert "reused" in {flag["code"] for photo in first_reply["photos"] for flag in photo["flags"]}


async def test_a_unit_sees_its_own_and_nothing_undecided(demo: Demo) -> None:
    seen = {}
    for login, unit in (("health", "区卫计局"), ("street", "田心街道"), ("street2", "清水塘街道")):
        tasks = await demo.all_of(login, "/api/tasks")
        assert {task["unitName"] for task in tasks} == {unit}
        assert "draft" not in {task["status"] for task in tasks}
        seen[login] = {task["id"] for task in tasks}
    assert all(seen.values())
    theirs = next(iter(seen["street2"]))
    assert (await demo.people["health"].get(f"/api/tasks/{theirs}")).status_code == 404


async def test_a_unit_sees_the_photo_of_its_own_task_only(demo: Demo) -> None:
    task = next(task for task in await demo.all_of("street", "/api/tasks") if task["beforePhotos"])
    photo = f"/api/photos/{task['beforePhotos'][0]}/thumbnail"
    assert (await demo.people["street"].get(photo)).status_code == 200
    assert (await demo.people["street2"].get(photo)).status_code in (403, 404)


async def test_enough_of_this_month_is_still_to_be_visited(demo: Demo) -> None:
    month = clock.month_of(clock.today())
    plan = select(Site.kind, Visit.status, Visit.id, Site.id).join(Site).where(Visit.month == month)
    rows = await demo.rows(plan)
    planned = [(kind, site_id) for kind, status, _, site_id in rows if status == "planned"]
    assert sum(kind != "science_room" for kind, _ in planned) >= 5
    assert sum(kind == "science_room" for kind, _ in planned) >= 5
    live = select(Task.site_id).where(
        Task.status.in_(("draft", "open", "replied")), Task.item_code.in_(("YL-B01", "YL-C01"))
    )
    assert not {row[0] for row in await demo.rows(live)} & {site_id for _, site_id in planned}


async def test_letters_came_from_tasks_that_were_overdue_and_went_through_the_whole_chain(demo: Demo) -> None:
    letters = await demo.all_of("office", "/api/letters")
    ladder = {(one["kind"], one["state"], one["answered"]) for one in letters}
    assert ladder >= {
        ("assignment", "archived", "replied"),
        ("assignment", "issued", "none"),
        ("supervision", "issued", "none"),
        ("circular", "issued", "none"),
    }
    listed = select(Letter.kind, Letter.ground, Letter.created_at, LetterTask.trigger, Task.confirmed_at)
    listed = listed.join(LetterTask, LetterTask.letter_id == Letter.id).join(Task, Task.id == LetterTask.task_id)
    rows = await demo.rows(listed)
    assert {(row.kind, row.ground) for row in rows} == {("assignment", None), ("supervision", "silent")}
    assert all(row.trigger == "no_progress" and row.confirmed_at < row.created_at for row in rows)
    steps = select(LetterStep.action).join(Letter, Letter.id == LetterStep.letter_id)
    taken = [row[0] for row in await demo.rows(steps.where(Letter.kind == "supervision").order_by(LetterStep.at))]
    assert taken == ["send_to_review", "sign", "issue"]


async def test_the_unit_of_a_supervision_letter_reads_it_and_no_other_unit_does(demo: Demo) -> None:
    theirs = {one["kind"] for one in await demo.all_of("street2", "/api/letters")}
    assert theirs >= {"assignment", "supervision"}
    assert "supervision" not in {one["kind"] for one in await demo.all_of("health", "/api/letters")}


async def test_last_months_circular_is_a_draft_once_the_month_has_a_working_day(demo: Demo) -> None:
    calendar, today = WorkCalendar(), clock.today()
    drafted_on = calendar.add_working_days(today.replace(day=1) - timedelta(days=1), 1)
    drafts = [one for one in await demo.all_of("office", "/api/letters") if one["state"] == "draft"]
    assert [one["kind"] for one in drafts] == (["circular"] if drafted_on < today else [one["kind"] for one in drafts])


async def test_the_meeting_is_minuted_and_what_it_arranged_is_in_the_units_hands(demo: Demo) -> None:
    (meeting,) = await demo.all_of("office", "/api/meetings")
    assert meeting["state"] == "minuted"
    shown = (await demo.people["office"].get(f"/api/meetings/{meeting['id']}")).json()
    assert [one["number"] is not None for one in shown["documents"]] == [True, True]
    assert all(one["taskNumber"] for one in shown["listed"])
    assert "meeting" in {task["origin"] for task in await demo.all_of("health", "/api/tasks")}


async def test_one_re_check_struck_its_task_off_and_one_lies_ahead(demo: Demo) -> None:
    rechecks = await demo.all_of("office", "/api/rechecks")
    assert {one["status"]: {task["outcome"] for task in one["tasks"]} for one in rechecks} == {
        "planned": {None},
        "done": {"struck_off"},
    }


async def test_the_declaration_is_open_and_its_four_formats_stand_differently(demo: Demo) -> None:
    office = demo.people["office"]
    (declared,) = (await office.get("/api/declaration-rounds")).json()
    assert not declared["locked"]
    asks = (await office.get(f"/api/declaration-rounds/{declared['id']}")).json()["asks"]
    stands = {
        (ask["material"], ask["format"]): one["standing"]
        for ask in asks
        for one in ask["materials"]
        if one["unitName"] == "区卫计局"
    }
    assert stands == {
        ("M-31-1", "GFWJ"): "complete",
        ("M-61-1", "GFWJ"): "missing",
        ("M-61-3", "TJBG"): "submitted",
        ("M-61-4", "SMBG"): "submitted",
        ("M-61-4", "SJTP"): "returned",
        ("M-RY-2", "SJTP"): "missing",
    }


async def test_weeks_are_reported_in_time_and_late_and_a_plan_has_its_milestones(demo: Demo) -> None:
    office = demo.people["office"]
    sent = await demo.rows(select(Summary.period, Summary.decision, Unit.name).join(Unit, Unit.id == Summary.unit_id))
    assert {row.decision for row in sent} == {"accepted", None}
    (period,) = {row.period for row in sent if row.name == "田心街道"}
    week = (await office.get(f"/api/summaries?kind=week&period={period}")).json()
    late = {one["unitName"]: one["latest"]["late"] for one in week["units"] if one["latest"]}
    assert late == {"区卫计局": False, "田心街道": True}
    plans = (await office.get(f"/api/work-plans?year={clock.today().year}")).json()["units"]
    (plan,) = [one["plan"] for one in plans if one["plan"]]
    assert len(plan["milestones"]) == 3
    assert sum(step["doneOn"] is not None for step in plan["milestones"]) == 1


async def test_what_was_sent_long_ago_is_read_and_the_supervision_letter_is_not(demo: Demo) -> None:
    messages = await demo.all_of("street2", "/api/messages")
    assert {one["readAt"] is None for one in messages} == {True, False}
    assert messages[0]["readAt"] is None
    assert "督办函" in messages[0]["subject"]


async def test_the_month_is_broken_down_and_says_whom_nobody_has_called(demo: Demo) -> None:
    calendar, today = WorkCalendar(), clock.today()
    if calendar.add_working_days(today.replace(day=1) - timedelta(days=1), 2) >= today:
        return  # the office does it on the second working day
    shown = (await demo.people["office"].get(f"/api/decomposition?month={clock.month_of(today)}")).json()
    assert [len(focus["lines"]) for focus in shown["focus"]] == [1, 2]
    assert [gap["unit"] for gap in shown["gaps"] if gap["kind"] == "no_contact"] == ["区人社局"]


async def test_scores_have_their_source_and_an_event_its_clause(demo: Demo) -> None:
    office = demo.people["office"]
    shown = (await office.get(f"/api/evaluation/{clock.today().year}")).json()
    assert {one["unitName"] for one in shown["scores"]} == {"区卫计局", "田心街道", "清水塘街道"}
    values = [value for measure in shown["measures"] for value in measure["values"]]
    assert {one["verdict"]["outcome"] for one in values} == {"met", "not_met"}
    assert all(one["source"] for one in [*shown["scores"], *values])
    (event,) = (await office.get("/api/negative-list/events")).json()
    assert (event["state"], event["counts"]) == ("established", True)
    standing = (await office.get("/api/negative-list")).json()
    assert [line["clauseCode"] for line in standing["evaluations"][0]["lines"]] == ["D09-P1"]


async def test_the_chain_of_changes_holds(demo: Demo) -> None:
    async with demo.district.database.reading() as session:
        assert await verify_chain(session) is None


async def test_nobody_and_nothing_is_called_by_a_real_name(demo: Demo) -> None:
    names = {row[0] for row in await demo.rows(select(Person.name))}
    assert names == {person.name for person in PEOPLE}
    assert all(re.search(r"(员[一二]?|专员|领导|组长)$", name) for name in names)
    told = [*await demo.rows(select(TaskAction.body)), *await demo.rows(select(Inspection.document))]
    told += await demo.rows(select(Finding.problem))
    told += [*await demo.rows(select(Letter.content)), *await demo.rows(select(Summary.content))]
    assert not [row for row in told if A_REAL_NAME.search(str(row))]


async def test_a_second_start_adds_nothing_and_a_new_month_its_visits(demo: Demo) -> None:
    before = await demo.sizes()
    await install_demo(demo.district)
    assert await demo.sizes() == before
    later = clock.now() + timedelta(days=40)
    await install_demo(demo.district, now=later)
    after = await demo.sizes()
    assert {name for name in after if after[name] != before[name]} == {"visit", "visit_assignee", "audit_event"}
    month = clock.month_of(clock.shanghai_date(later))
    assert len(await demo.rows(select(Visit.id).where(Visit.month == month))) == after["visit"] - before["visit"] == 22


@pytest.mark.parametrize("day", DAYS)
def test_on_any_day_the_past_is_over_and_was_within_the_hours_of_work(day: str) -> None:
    now = datetime.fromisoformat(day).replace(tzinfo=clock.SHANGHAI)
    calendar = WorkCalendar()
    timetable = Timetable(now, calendar)
    events = sorted([*script(timetable, OVERDUE), *deeds(timetable)], key=lambda event: event.at)
    assert all(event.at < now for event in events)
    for event in events:
        local = event.at.astimezone(clock.SHANGHAI)
        assert calendar.is_working_day(local.date())
        assert time(8) < local.time() < time(18)
    assert sum(isinstance(event, HandedIn) for event in events) > 30
    assert sum(isinstance(event, Deed) for event in events) > 45


async def test_the_past_can_be_told_on_the_first_day_of_a_year(tmp_path: Path) -> None:
    settings = settings_for(sqlite_url(tmp_path / "new-year.sqlite3"), tmp_path)
    district = open_district(dataclasses.replace(settings, demo=False))
    try:
        await install_district(district)
        await install_demo(district, now=datetime(2027, 1, 1, 12, tzinfo=clock.SHANGHAI))
        async with district.database.reading() as session:
            assert set(await session.scalars(select(Task.status))) == {"draft", "open", "replied", "closed", "void"}
            assert await session.scalar(select(TaskAction.id).where(TaskAction.accepted.is_(False))) is None
            assert await session.scalar(select(func.max(Visit.month))) == "2027-01"
    finally:
        await district.database.close()
        await district.objects.close()
