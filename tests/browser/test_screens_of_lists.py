"""The pages of planning, of imports and of a unit's end: clean for axe in light and in dark, kept to be looked at."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.device import Device
from tests.browser.office import Office
from tests.browser.screens import Screens
from tests.browser.test_story_import import Imports, a_file, ledger_with_errors


def test_the_screens_of_planning_and_imports(desk: Device) -> None:
    office, screens = Office(desk).sign_in(), Screens(desk, "lists")
    _the_plan(office, screens)
    _the_imports(office, screens)
    assert not screens.complaints, "\n".join(screens.complaints)


def _the_plan(office: Office, screens: Screens) -> None:
    page = office.page
    office.go("督查计划")
    page.get_by_role("button", name="下一月").click()  # the demo has planned this one already
    page.get_by_role("button", name="随机抽取").click()
    expect(page.get_by_role("button", name="发布到手机")).to_be_visible()
    screens.look("plan-draw")
    page.get_by_role("button", name="发布到手机").click()
    chips = page.locator("button.trip.movable")
    expect(chips.first).to_be_visible()
    expect(page.get_by_role("columnheader").last).to_be_in_viewport(ratio=1)
    screens.look("plan-days")
    page.get_by_role("button", name="按人员").click()
    expect(page.get_by_role("rowheader", name="督查员一")).to_be_visible()
    screens.look("plan-people")
    chips.first.click()
    expect(page.get_by_role("button", name="保存调整")).to_be_visible()
    screens.look("plan-trip")
    office.press("Escape")
    page.get_by_role("button", name="地图").click()
    expect(page.get_by_role("region", name="本月检查")).to_be_visible()
    screens.look("plan-map")


def _the_imports(office: Office, screens: Screens) -> None:
    imports = Imports(office).open()
    page = imports.page
    screens.look("imports")
    imports.drop("导入现有整改台账", a_file("台账.xlsx", ledger_with_errors()))
    expect(page.get_by_role("heading", name="台账.xlsx")).to_be_visible()
    screens.look("import-preview")
    imports.row(4).get_by_role("button", name="查看第 4 行").click()
    expect(page.get_by_role("complementary")).to_be_visible()
    screens.look("import-row")
    office.press("Escape")


def test_the_screens_of_a_units_end(desk: Device) -> None:
    admin, screens = Office(desk).sign_in("admin"), Screens(desk, "units")
    page = admin.page
    page.get_by_role("navigation", name="设置", exact=True).get_by_role("link", name="单位").click()
    page.get_by_role("button", name="区卫计局").click()
    page.get_by_role("button", name="撤并（退出专业组）").click()
    held = page.get_by_role("region", name="尚有以下事项")
    expect(held.get_by_text("在任岗位 3 个")).to_be_visible()
    screens.look("unit-ends-alone")
    page.get_by_label("承接单位").select_option(label="区教育局")
    expect(page.get_by_role("region", name="将转由承接单位办理")).to_be_visible()
    screens.look("unit-ends")
    page.get_by_label("原因").fill("机构改革，职能并入")
    page.get_by_role("button", name="撤并（退出专业组）").click()
    expect(page.get_by_role("status").filter(has_text="确认由区教育局承接？")).to_be_visible()
    page.get_by_role("button", name="确认撤并").click()
    expect(page.get_by_role("row").filter(has_text="区卫计局")).to_contain_text("已退出")
    screens.look("unit-ended")
    assert not screens.complaints, "\n".join(screens.complaints)
