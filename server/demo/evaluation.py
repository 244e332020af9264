"""What the office of the demo district entered for the evaluation, each with its source, and one event of the negative
list with the clause that it meets."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from schemas.evaluation_entries import ComplaintIn, Entry, ForceIn, ScoreIn, ValueIn
from schemas.negative_list import EvaluationIn, EventIn, EventState, StatusIn
from server import clock, ids
from server.demo.past import Deed, Past
from server.demo.timetable import Timetable
from server.evaluation.service import enter
from server.negative_list.service import enter_evaluation, enter_event, enter_status

_LEAD: tuple[EventState, ...] = ("lead", "verified", "established")


def evaluation(timetable: Timetable) -> list[Deed]:
    """Figures, scores and a complaint of this year; a candidate city, its next evaluation, and an event (R57, R84)."""
    ago = timetable.ago
    happened_on = ago(19, "09:00").date()
    steps = zip((17, 12, 5), _LEAD, strict=True)
    return [
        Deed(ago(23, "10:30"), partial(_city, today=timetable.today)),
        *(
            Deed(ago(days, "16:40"), partial(_event, state=state, version=number or None, on=happened_on))
            for number, (days, state) in enumerate(steps)
        ),
        Deed(ago(8, "10:20"), partial(_figures, year=timetable.today.year)),
        Deed(ago(3, "15:50"), partial(_scores, year=timetable.today.year)),
    ]


async def _city(session: AsyncSession, past: Past, *, today: date) -> None:
    office, begins = past.actors["office"], today + timedelta(days=45)
    status = StatusIn(status="candidate", from_on=date(today.year - 1, 3, 1), source="示范文件：提名城市名单")
    await enter_status(session, ids.uuid7(), status, me=office)
    asked = EvaluationIn(
        year=begins.year,
        kind="annual",
        starts_on=begins,
        ends_on=begins + timedelta(days=4),
        cycle_from=begins.year,
        source="示范文件：年度测评安排",
    )
    await enter_evaluation(session, ids.uuid7(), asked, me=office)


async def _event(session: AsyncSession, past: Past, *, state: EventState, version: int | None, on: date) -> None:
    key = past.kept.setdefault("event", ids.uuid7())
    asked = EventIn(
        item_code="D09",
        level="city",
        state=state,
        description="某批发市场查获假冒商标商品，经媒体曝光造成不良影响",
        source="市场监管部门通报（示范）",
        evidence="通报、核查情况说明各1份",
        happened_on=on,
        decided_on=clock.today() if state == "established" else None,
        established_by="市文明办" if state == "established" else "",
        reason="与原件核对" if version else "",
        version=version,
    )
    await enter_event(session, key, asked, me=past.actors["office"])


async def _figures(session: AsyncSession, past: Past, *, year: int) -> None:
    on = clock.today()
    await _enter(
        session,
        past,
        ValueIn(
            year=year,
            level="city",
            source="市人社局统计表格（示范）",
            measure="insured_institutions",
            state="published",
            figures={"designated": "57", "all": "58"},
            published_on=on,
        ),
        ValueIn(
            year=year,
            level="city",
            source="市卫生部门统计表格（示范）",
            measure="health_staff",
            state="published",
            figures={"staff": "812", "population": "1024000"},
            published_on=on,
        ),
        ForceIn(
            year=year,
            level="district",
            source="督查工作方案（示范）",
            from_on=date(year, 1, 1),
            names=["督查员一", "督查员二"],
            vehicle="公务用车1辆",
            funds="列入部门预算",
            states_people=True,
            states_vehicle=True,
            states_funds=True,
        ),
    )


async def _scores(session: AsyncSession, past: Past, *, year: int) -> None:
    on = clock.today()
    scored = (("U-WJJ", "88.5"), ("U-JD-TX", "84"), ("U-JD-QST", "76.5"))
    await _enter(
        session,
        past,
        *(
            ScoreIn(
                year=year,
                level="district",
                source=f"区文明办{on.year}年{on.month}月测评通报（示范）",
                subject="unit",
                unit_id=past.units[code],
                score=score,
                scored_on=on,
            )
            for code, score in scored
        ),
        ComplaintIn(
            year=year,
            level="city",
            source="市民热线工单（示范）",
            number="示范-0417",
            text="社区科普活动室周末公示开放，但上门时未开门。",
            place="临江社区",
            unit_id=past.units["U-JD-QST"],
            received_on=on - timedelta(days=7),
            read_on=on - timedelta(days=7),
            handled_on=on - timedelta(days=4),
            replied_on=on - timedelta(days=3),
            reply="已调整值班安排，周末由志愿者轮值开放。",
            satisfaction="satisfied",
        ),
    )


async def _enter(session: AsyncSession, past: Past, *entries: Entry) -> None:
    for entry in entries:
        await enter(session, ids.uuid7(), entry, me=past.actors["office"])
