"""The office breaks a month down by indicator and unit; the unit sees its line and says that it is done (R19)."""

from __future__ import annotations

from contextlib import closing

from playwright.sync_api import expect

from server import clock
from tests.browser.device import Device
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.screens import Screens
from tests.factories.inspections import new_id
from tests.servers.app import AppServer

WHAT, RESULT = "组织社区科普讲座并留存照片", "讲师由区科协安排"
INDICATOR, UNIT = "开展全民科学素质行动", "田心街道"
MISSING = f"{UNIT}尚无对接记录"


def hand_in_plan(server: AppServer) -> None:
    """The street's plan of the year with two steps, of which one is reached."""
    today, keys = clock.today().isoformat(), [new_id(), new_id()]
    steps = [{"id": key, "indicatorCode": "III-42", "content": "办好科普讲座", "dueOn": today} for key in keys]
    how = {"deployedBy": "meeting", "deployedOn": today, "deployment": "街道部署会", "persons": []}
    with closing(server.sign_in("street")) as street:
        plan = {"year": clock.today().year, "milestones": steps, **how}
        street.put(f"/api/work-plans/{new_id()}", json=plan).raise_for_status()
        done = {"doneOn": today, "note": "讲座已举办"}
        street.post(f"/api/milestones/{keys[0]}/reached", json=done).raise_for_status()


def test_a_month_is_broken_down_and_a_unit_follows_its_line(phone: Device, desk: Device, server: AppServer) -> None:
    office, looked = Office(desk).sign_in(), Screens(desk, "decomposition")
    office.go("工作报送")
    page = office.page
    page.get_by_role("link", name="每月分解").click()
    page.get_by_role("button", name="确定本月重点").click()
    looked.look("focus")
    page.get_by_role("checkbox", name=INDICATOR).check()
    page.get_by_role("button", name="保存").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("button", name=UNIT))
    expect(row).to_contain_text("尚未分解")
    row.get_by_role("button", name=UNIT).click()
    page.get_by_label("工作任务").fill(WHAT)
    page.get_by_label("完成时限").fill(f"{clock.today():%Y-%m}-01")
    page.get_by_label("重点难点问题").fill("缺少讲师")
    page.get_by_role("button", name="保存").click()
    expect(row).to_contain_text("尚未对接")
    expect(page.get_by_role("region", name="尚缺")).to_contain_text(MISSING)
    row.get_by_role("button", name=UNIT).click()
    page.get_by_label("沟通协调结果").fill(RESULT)
    expect(page.get_by_text("须有对接日期")).to_be_visible()
    page.get_by_label("对接日期").fill(clock.today().isoformat())
    looked.look("line")
    page.get_by_role("button", name="保存").click()
    expect(row).to_contain_text(RESULT)
    expect(page.get_by_text(MISSING)).to_have_count(0)
    looked.look("month")

    seen = Screens(phone, "decomposition")
    unit = Phone(phone).start().sign_in("street")
    unit.page.get_by_role("link", name="小结和总结").tap()
    unit.page.get_by_role("link", name="本月重点任务").tap()
    line = unit.page.get_by_role("list", name="本月重点任务").get_by_role("listitem")
    expect(line).to_contain_text(WHAT)
    seen.look("unit")
    line.get_by_role("button", name="登记完成").tap()
    line.get_by_label("完成情况").fill("讲座已举办")
    line.get_by_role("button", name="登记完成").tap()
    expect(line).to_contain_text("已完成")
    expect(row).to_contain_text("讲座已举办")
    hand_in_plan(server)
    office.go("挂图作战")
    expect(page.get_by_role("table", name="各单位工作方案节点")).to_contain_text("完成 1 / 2")
    looked.look("board")
    assert not seen.complaints + looked.complaints, "\n".join(seen.complaints + looked.complaints)
