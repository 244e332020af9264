"""A unit hands in its weekly summary on the phone, the office takes it and merges the group's report (R16, R94)."""

from __future__ import annotations

import io
import re

import docx
from playwright.sync_api import expect

from server import clock
from server.workplans.periods import period_params, week_of
from tests.browser.device import Device
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.screens import Screens

DONE, PROBLEM = "开展健康教育讲座2场", "个别站点宣传栏更新不及时"
UNIT = "区卫计局"


def test_a_unit_hands_in_its_week_and_the_office_merges_it(phone: Device, desk: Device) -> None:
    named = period_params(week_of(clock.today()))
    seen = Screens(phone, "summaries")
    unit = Phone(phone).start().sign_in("health")
    unit.page.get_by_role("link", name=re.compile("小结和总结")).tap()
    week = unit.page.get_by_role("link", name=f"{named['year']} 年第 {named['number']} 周小结")
    expect(week).to_be_visible()
    seen.look("list")
    week.tap()
    unit.page.get_by_label("工作开展情况").fill(DONE)
    unit.page.get_by_label("存在问题").fill(PROBLEM)
    seen.look("form")
    unit.button("报送").tap()
    expect(week).to_contain_text("已报送")
    unit.page.get_by_role("link", name="本单位责任分工").tap()
    expect(unit.page.get_by_role("list", name="本单位责任分工").locator("> li")).to_have_count(5)
    seen.look("duties")

    office, looked = Office(desk).sign_in(), Screens(desk, "summaries")
    office.go("工作报送")
    row = office.page.get_by_role("row").filter(has_text=UNIT)
    expect(row).to_contain_text(DONE)
    row.get_by_role("button", name=UNIT).click()
    sheet = office.page.get_by_role("complementary", name=UNIT)
    expect(sheet).to_contain_text(PROBLEM)
    looked.look("sheet")
    sheet.get_by_role("button", name="采纳").click()
    expect(row).to_contain_text("已采纳")
    office.page.keyboard.press("Escape")
    with office.page.expect_download() as brought:
        office.page.get_by_role("link", name="合成报告（Word）").click()
    words = "\n".join(one.text for one in docx.Document(io.BytesIO(brought.value.path().read_bytes())).paragraphs)
    assert f"{UNIT}。{DONE}。" in words
    assert "应报单位15家，已报1家" in words
    assert UNIT not in words.split("未报送：")[1]
    office.go("责任分工")
    expect(office.page.get_by_role("button", name="医疗卫生服务体系")).to_be_visible()
    looked.look("matrix")
    assert not seen.complaints + looked.complaints, "\n".join(seen.complaints + looked.complaints)
