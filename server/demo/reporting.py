"""A unit's plan of the year with its milestones, and the weekly summaries of two units, one of them late."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from schemas.decomposition import FocusIn, MonthLineIn
from schemas.workplans import (
    HighlightIn,
    HighlightVerdict,
    MilestoneDone,
    MilestoneIn,
    NamedPerson,
    PlanIn,
    SummaryDecision,
    SummaryIn,
    TemplateIn,
)
from server import clock, ids
from server.demo.past import Deed, Past
from server.demo.story import InMonth
from server.demo.timetable import Timetable, instant
from server.org.rules import Rules
from server.workplans import decomposition, highlights, plans, service
from server.workplans.periods import due_on, span_of, week_of

_HEALTH, _AGED = "III-61", "III-31"
_WEEKS = {
    3: "完成4家医疗机构宣传栏更新，开展健康教育讲座1场。",
    2: "完成控烟标识补设12处，组织院感防控培训1次。",
    1: "完成消防车通道隔离桩安装测量，开展健康义诊1场。",
}
_LATE = 2
_MONTH = (
    (_HEALTH, "U-WJJ", "完成公共卫生人员数统计表并加盖公章", "电话联系，资料员已开始收集数据"),
    (_HEALTH, "U-RSJ", "核对社区卫生服务机构医保定点名单", ""),
    (_AGED, "U-MZJ", "起草养老服务投入情况说明报告", "当面沟通，月底前交初稿"),
)
_NAMED = ((_HEALTH, "疾控科负责人"), (_AGED, "医政科负责人"))


def reporting(timetable: Timetable) -> list[Deed]:
    """Demands, plan, milestones, summaries, the month broken down and a recommendation."""
    ago = timetable.ago
    return [
        Deed(ago(22, "09:05"), _demand),
        Deed(ago(18, "10:05"), partial(_plan, today=timetable.today)),
        Deed(ago(9, "16:10"), _reach),
        *_summaries(timetable),
        Deed(timetable.inspection(InMonth(0, 2), "10:40"), partial(_break_down, timetable=timetable)),
        Deed(ago(7, "11:15"), _recommend),
        Deed(ago(6, "09:50"), _adopt),
    ]


def _summaries(timetable: Timetable) -> list[Deed]:
    """区卫计局 in time each week, the latest still to be taken; 田心街道 once, a working day late (R16)."""
    found = []
    for back, done in _WEEKS.items():
        week = week_of(timetable.today - timedelta(weeks=back))
        span = span_of("week", week)
        due = None if span is None else due_on(span, timetable.calendar, monthly_days=Rules().monthly_summary_days)
        if due is None:
            continue
        told = SummaryIn(
            kind="week", period=week, done=done, problems="个别站点资料更新不及时。", next_steps="继续抓好问题整改。"
        )
        next_day = timetable.calendar.add_working_days(due, 1)
        found.append(Deed(instant(due, "15:20"), partial(_hand_in, key=week, who="health", summary=told)))
        if back >= _LATE:
            found.append(Deed(instant(next_day, "09:40"), partial(_take, key=week)))
        if back == _LATE:
            late = SummaryIn(kind="week", period=week, done="东门、西苑社区科普活动室标识补设完毕。")
            found.append(Deed(instant(next_day, "10:25"), partial(_hand_in, key="late", who="street", summary=late)))
    return found


async def _demand(session: AsyncSession, past: Past) -> None:
    words = "写明本周工作开展情况、存在问题和下步打算，300字以内。"
    asked = TemplateIn(kind="week", requirements=words, source="区文明办工作提示（示范）")
    await service.enter_template(session, ids.uuid7(), asked, me=past.actors["office"])


async def _hand_in(session: AsyncSession, past: Past, *, key: str, who: str, summary: SummaryIn) -> None:
    past.kept[key] = ids.uuid7()
    await service.hand_in(session, past.kept[key], summary, me=past.actors[who])


async def _take(session: AsyncSession, past: Past, *, key: str) -> None:
    await service.decide(session, past.kept[key], SummaryDecision(decision="accepted"), me=past.actors["office"])


async def _plan(session: AsyncSession, past: Past, *, today: date) -> None:
    """Three steps around the present: the first was reached, the second is late, the third lies ahead (R15)."""
    past.kept["milestone"] = ids.uuid7()
    work = (
        (past.kept["milestone"], _HEALTH, "医疗机构宣传栏全部更新一轮", -12),
        (ids.uuid7(), _HEALTH, "社区卫生服务机构控烟标识补设到位", -4),
        (ids.uuid7(), _AGED, "老年医疗卫生服务规划文件汇编成册", 25),
    )
    asked = PlanIn(
        year=today.year,
        deployed_by="meeting",
        deployed_on=clock.today(),
        deployment="召开全系统动员会，印发责任分工表，明确各项指标的责任科室。",
        persons=[
            NamedPerson(indicator_code=_HEALTH, name="疾控科负责人"),
            NamedPerson(indicator_code=_AGED, name="医政科负责人"),
        ],
        milestones=[
            MilestoneIn(id=key, indicator_code=code, content=content, due_on=_within(today, days))
            for key, code, content, days in work
        ],
    )
    await plans.hand_in_plan(session, ids.uuid7(), asked, me=past.actors["health"])


def _within(today: date, days: int) -> date:
    """So many days from today, but in its year: a plan is of one year."""
    on = today + timedelta(days=days)
    return min(max(on, date(today.year, 1, 1)), date(today.year, 12, 31))


async def _reach(session: AsyncSession, past: Past) -> None:
    asked = MilestoneDone(done_on=clock.today(), note="8家机构宣传栏均已更新，底稿存档")
    await plans.reach(session, past.kept["milestone"], asked, me=past.actors["health"])


async def _break_down(session: AsyncSession, past: Past, *, timetable: Timetable) -> None:
    """The key indicators of this month with a line a unit; one unit is still without contact (R19)."""
    office, on = past.actors["office"], clock.today()
    month = clock.month_of(on)
    focus = FocusIn(month=month, indicator_codes=[_HEALTH, _AGED])
    await decomposition.mark(session, ids.uuid7(), focus, me=office)
    for code, unit, what, contact in _MONTH:
        line = MonthLineIn(
            month=month,
            indicator_code=code,
            unit_id=past.units[unit],
            what=what,
            due_on=timetable.calendar.last_working_day_of_month(on),
            contact_on=on if contact else None,
            contact=contact,
        )
        await decomposition.enter_line(session, ids.uuid7(), line, me=office)


async def _recommend(session: AsyncSession, past: Past) -> None:
    past.kept["highlight"] = ids.uuid7()
    asked = HighlightIn(
        kind="practice",
        title="宣传栏“两月一换”制度",
        text="各机构明确专人，每两个月更换一期宣传内容，留存底稿并互相检查。",
        on=clock.today(),
        evidence="制度文本1份、更换前后照片",
    )
    await highlights.recommend(session, past.kept["highlight"], asked, me=past.actors["health"])


async def _adopt(session: AsyncSession, past: Past) -> None:
    verdict = HighlightVerdict(verdict="adopted")
    await highlights.judge(session, past.kept["highlight"], verdict, me=past.actors["office"])
