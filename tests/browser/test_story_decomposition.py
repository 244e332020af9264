"""The office breaks a month down by indicator and unit; the unit sees its line and says that it is done (R19)."""

from __future__ import annotations

from playwright.sync_api import expect

from server import clock
from tests.browser.device import Device
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.screens import Screens

WHAT, RESULT = "核对医保定点机构名单", "名单以区人社局为准"
UNIT = "区卫计局"


def test_a_month_is_broken_down_and_a_unit_follows_its_line(phone: Device, desk: Device) -> None:
    office, looked = Office(desk).sign_in(), Screens(desk, "decomposition")
    office.go("工作报送")
    page = office.page
    page.get_by_role("link", name="每月分解").click()
    page.get_by_role("button", name="确定本月重点").click()
    looked.look("focus")
    page.get_by_role("checkbox", name="医疗卫生服务体系").check()
    page.get_by_role("button", name="保存").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("button", name=UNIT))
    expect(row).to_contain_text("尚未分解")
    row.get_by_role("button", name=UNIT).click()
    page.get_by_label("工作任务").fill(WHAT)
    page.get_by_label("完成时限").fill(f"{clock.today():%Y-%m}-01")
    page.get_by_label("重点难点问题").fill("机构名称不一致")
    page.get_by_role("button", name="保存").click()
    expect(row).to_contain_text("尚未对接")
    expect(page.get_by_role("region", name="尚缺")).to_contain_text(UNIT)
    row.get_by_role("button", name=UNIT).click()
    page.get_by_label("沟通协调结果").fill(RESULT)
    expect(page.get_by_text("须有对接日期")).to_be_visible()
    page.get_by_label("对接日期").fill(clock.today().isoformat())
    looked.look("line")
    page.get_by_role("button", name="保存").click()
    expect(row).to_contain_text(RESULT)
    expect(page.get_by_text("分解完成", exact=True)).to_be_visible()
    looked.look("month")

    seen = Screens(phone, "decomposition")
    unit = Phone(phone).start().sign_in("health")
    unit.page.get_by_role("link", name="小结和总结").tap()
    unit.page.get_by_role("link", name="本月重点任务").tap()
    line = unit.page.get_by_role("list", name="本月重点任务").get_by_role("listitem")
    expect(line).to_contain_text(WHAT)
    seen.look("unit")
    line.get_by_role("button", name="登记完成").tap()
    line.get_by_label("完成情况").fill("名单已核对并报送")
    line.get_by_role("button", name="登记完成").tap()
    expect(line).to_contain_text("已完成")
    expect(row).to_contain_text("名单已核对并报送")
    assert not seen.complaints + looked.complaints, "\n".join(seen.complaints + looked.complaints)
