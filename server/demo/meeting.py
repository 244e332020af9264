"""The demo district's meeting from its notice to the tasks that its minutes gave, and its re-checks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from schemas.meetings import ArrangementIn, AttendanceIn, DraftDocument, Hold, MeetingDocumentKind, MeetingIn, RecordIn
from schemas.rechecks import RecheckIn
from server import clock, ids
from server.demo.ladder import CONTACT, issued, moved
from server.demo.last_month import LAST_MONTH
from server.demo.past import Deed, Past
from server.demo.story import Story
from server.demo.timetable import Timetable
from server.letters.distributing import group_units
from server.meetings.documents import draft_document
from server.meetings.recording import record_meeting
from server.meetings.service import enter_meeting, hold_meeting
from server.rechecks.service import plan_recheck
from storage.database.models import Meeting, Unit

_QUARTERS = "一二三四"
_POSTED = next(story for story in LAST_MONTH if story.site == "YL-08")
_MENDED = next(story for story in LAST_MONTH if story.site == "KP-03")
_PROGRESS = {
    "U-WJJ": "医疗机构控烟标识和宣传栏整改按期完成，消防通道占用正在整治。",
    "U-JD-TX": "科普活动室标识已补齐，损坏展品正在检修。",
    "U-JD-QST": "资料架更新材料已送印，铁东社区活动室腾退尚未完成。",
}
_ARRANGED = (
    ("U-WJJ", "完善医疗机构控烟设施", "各医疗机构出入口、楼道和卫生间设置禁烟标识，落实巡查登记。", 18, False),
    ("U-KX", "更新科普活动室展陈内容", "会同街道更新活动室展板和科普资料，建立定期更换台账。", 20, False),
    ("U-JYJ", "开展科普进校园活动", "组织中小学科普活动，留存活动方案、签到和影像资料。", 15, True),
)


def meeting(timetable: Timetable) -> list[Deed]:
    """Called, held, minuted; its arrangements are tasks since the minutes were signed (R50, R51)."""
    ago = timetable.ago
    begins, called_at, minuted_at = ago(16, "14:30"), ago(21, "09:30"), ago(15, "14:40")
    due = timetable.calendar.add_working_days
    return [
        Deed(called_at, partial(_plan, begins=begins)),
        Deed(called_at + timedelta(minutes=20), partial(_draft, kind="notice")),
        *issued(called_at + timedelta(minutes=30), "notice"),
        Deed(begins + timedelta(hours=2), _hold),
        Deed(ago(15, "10:20"), partial(_record, due_on=partial(due, timetable.today))),
        Deed(minuted_at, partial(_draft, kind="minutes")),
        moved(minuted_at + timedelta(minutes=10), "minutes", "send_to_review"),
        moved(ago(14, "10:50"), "minutes", "confirm", "leader"),
        moved(ago(14, "15:10"), "minutes", "sign"),
        moved(ago(13, "09:20"), "minutes", "issue"),
    ]


def rechecks(timetable: Timetable) -> list[Deed]:
    """One that was made and struck its task off, one that waits for the next working day (R41)."""
    posted = partial(timetable.after, _POSTED)
    planned_on = timetable.calendar.add_working_days(timetable.today, 1)
    note = "展品已报修复，请逐件核对"
    return [
        Deed(posted(4, "09:30"), partial(_recheck, story=_POSTED, who="inspector2", on=posted(5, "09:30").date())),
        Deed(timetable.ago(1, "10:30"), partial(_recheck, story=_MENDED, who="inspector", on=planned_on, note=note)),
    ]


async def _plan(session: AsyncSession, past: Past, *, begins: datetime) -> None:
    on = clock.shanghai_date(begins)
    asked = MeetingIn(
        title=f"{on.year}年第{_QUARTERS[(on.month - 1) // 3]}季度工作调度会",
        starts_at=begins,
        place="示范会议室",
        chair=past.actors["leader"].name,
        agenda=["通报督查整改情况", "各单位汇报工作进展", "安排部署下阶段重点工作"],
        unit_ids=[unit.id for unit in await group_units(session, on)],
        attendees="各成员单位分管领导",
        demands=["请提前准备书面汇报材料", "因故不能参会的须履行请假手续"],
        **CONTACT,
    )
    past.kept["meeting"] = ids.uuid7()
    await enter_meeting(session, past.kept["meeting"], asked, me=past.actors["office"])


async def _version(session: AsyncSession, past: Past) -> int:
    return (await session.get_one(Meeting, past.kept["meeting"])).version


async def _draft(session: AsyncSession, past: Past, *, kind: MeetingDocumentKind) -> None:
    past.kept[kind] = ids.uuid7()
    asked = DraftDocument(id=past.kept[kind], version=await _version(session, past))
    await draft_document(session, past.kept["meeting"], kind, asked, me=past.actors["office"])


async def _hold(session: AsyncSession, past: Past) -> None:
    asked = Hold(version=await _version(session, past))
    await hold_meeting(session, past.kept["meeting"], asked, me=past.actors["office"])


async def _record(session: AsyncSession, past: Past, *, due_on: partial[date]) -> None:
    held_on = clock.shanghai_date((await session.get_one(Meeting, past.kept["meeting"])).starts_at)
    asked = RecordIn(
        version=await _version(session, past),
        units=[_attended(unit) for unit in await group_units(session, held_on)],
        arrangements=[
            ArrangementIn(
                id=ids.uuid7(),
                unit_id=past.units[code],
                heading=heading,
                content=content,
                due_on=due_on(days),
                wants_letter=wants_letter,
            )
            for code, heading, content, days, wants_letter in _ARRANGED
        ],
        recorder=past.actors["office"].name,
    )
    await record_meeting(session, past.kept["meeting"], asked, me=past.actors["office"])


def _attended(unit: Unit) -> AttendanceIn:
    if unit.code == "U-DAJ":
        return AttendanceIn(unit_id=unit.id, state="excused", reason="分管领导参加市级会议")
    return AttendanceIn(unit_id=unit.id, state="present", names=["分管领导"], progress=_PROGRESS.get(unit.code, ""))


async def _recheck(session: AsyncSession, past: Past, *, story: Story, who: str, on: date, note: str = "") -> None:
    asked = RecheckIn(
        at=clock.now(),
        site_id=past.sites[story.site].id,
        planned_on=on,
        task_ids=[past.tasks[story, fault.item] for fault in story.faults],
        assignees=[past.actors[who].person_id],
        note=note,
    )
    await plan_recheck(session, ids.uuid7(), asked, me=past.actors["office"])
