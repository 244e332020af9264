"""The letters that the demo district's overdue tasks earned, and the circulars of its months."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from schemas.circulars import DraftCircular
from schemas.letters import DraftAssignment, DraftSupervision, LetterMove
from server import clock, ids
from server.demo.overdue import BARE, STORED
from server.demo.past import Deed, Past
from server.demo.story import InMonth, Story
from server.demo.timetable import Timetable
from server.letters.circulars import draft_circular
from server.letters.drafting import draft_assignment, draft_supervision
from server.letters.service import close_finished, move_letter
from server.meetings.documents import letter_moved

CONTACT: Final[Mapping[str, Any]] = {"contact_name": "社事办专员", "contact_phone": "0731-0000000"}


def ladder(timetable: Timetable) -> list[Deed]:
    """交办 that was answered and closed, 交办 that was not and the 督办 after it, and two months' circulars."""
    return [*_answered(timetable), *_unanswered(timetable), *_circulars(timetable)]


def moved(at: datetime, key: str, action: Any, who: str = "office", **fields: Any) -> Deed:
    """A step on the letter that is kept under a key."""

    async def move(session: AsyncSession, past: Past) -> None:
        step = LetterMove(id=ids.uuid7(), action=action, **fields)
        await move_letter(session, past.kept[key], step, me=past.actors[who], listeners=[letter_moved])

    return Deed(at, move)


def issued(at: datetime, key: str) -> list[Deed]:
    """Checked at once, signed an hour later, issued another half hour later."""
    return [
        moved(at + timedelta(minutes=10), key, "send_to_review"),
        moved(at + timedelta(minutes=60), key, "sign"),
        moved(at + timedelta(minutes=90), key, "issue"),
    ]


def _answered(timetable: Timetable) -> list[Deed]:
    after = partial(timetable.after, BARE)
    drafted_at = after(6, "09:10")
    reply = "已制定整改方案，本周内完成标识张贴。"
    return [
        Deed(drafted_at, partial(_assign, key="bare", story=BARE, unit="U-JD-TX", subject="西苑社区科普活动室")),
        *issued(drafted_at, "bare"),
        moved(after(8, "11:10"), "bare", "reply", "street", text=reply, signer="田心街道分管领导"),
        Deed(after(12, "17:30"), _close),
        moved(after(13, "09:30"), "bare", "archive", archive_number="示范-001"),
    ]


def _unanswered(timetable: Timetable) -> list[Deed]:
    ago = timetable.ago
    assigned_at, supervised_at = ago(14, "09:40"), ago(2, "14:20")
    told = "值班电话告知，街道答复正在协调腾退场地"
    return [
        Deed(assigned_at, partial(_assign, key="stored", story=STORED, unit="U-JD-QST", subject="铁东社区科普活动室")),
        *issued(assigned_at, "stored"),
        moved(ago(10, "15:30"), "stored", "chase", text=told),
        Deed(supervised_at, _supervise),
        *issued(supervised_at, "stored-supervision"),
    ]


def _circulars(timetable: Timetable) -> list[Deed]:
    """Of the month before last, issued; of the last month, a draft."""
    before_last, last = timetable.inspection(InMonth(1, 4), "10:00"), timetable.inspection(InMonth(0, 1), "09:15")
    return [
        Deed(before_last, partial(_circulate, key="circular", month=timetable.first_of_month(2))),
        *issued(before_last, "circular"),
        Deed(last, partial(_circulate, key="circular-draft", month=timetable.first_of_month(1))),
    ]


async def _assign(session: AsyncSession, past: Past, *, key: str, story: Story, unit: str, subject: str) -> None:
    tasks = [past.tasks[story, fault.item] for fault in story.faults]
    asked = DraftAssignment(unit_id=past.units[unit], task_ids=tasks, subject=f"整改{subject}存在问题", **CONTACT)
    past.kept[key] = (await draft_assignment(session, asked, me=past.actors["office"])).id


async def _supervise(session: AsyncSession, past: Past) -> None:
    asked = DraftSupervision(letter_id=past.kept["stored"])
    past.kept["stored-supervision"] = (await draft_supervision(session, asked, me=past.actors["office"])).id


async def _close(session: AsyncSession, _: Past) -> None:
    await close_finished(session)


async def _circulate(session: AsyncSession, past: Past, *, key: str, month: Any) -> None:
    asked = DraftCircular(id=ids.uuid7(), month=clock.month_of(month), **CONTACT)
    past.kept[key] = (await draft_circular(session, asked, me=past.actors["office"])).id
