"""The month's plan is drawn, published to the phones, handed to somebody else; the wall chart shows how all stand."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.device import Device
from tests.browser.office import Office


def test_a_month_is_drawn_published_and_handed_to_somebody_else(desk: Device) -> None:
    admin = Office(desk).sign_in("admin")
    page = admin.page
    page.get_by_role("button", name="新增人员").click()
    form = page.get_by_role("complementary", name="新增人员")
    form.get_by_label("姓名").fill("督查员三")
    form.get_by_label("账号").fill("inspector3")
    form.get_by_label("身份").select_option("inspector")
    form.get_by_label("单位").select_option(label="区政府办")
    form.get_by_role("button", name="登记").click()
    page.get_by_role("button", name="已告知，关闭").click()
    page.context.clear_cookies()

    office = Office(desk).sign_in("office")
    office.go("督查计划")
    page.get_by_role("button", name="下一月").click()  # the demo has planned this one already
    page.get_by_role("button", name="随机抽取").click()
    page.get_by_role("button", name="发布到手机").click()
    chips = page.locator("button.trip.movable")
    expect(chips.first).to_be_visible()
    expect(page.get_by_text("已发布的抽取")).to_be_visible()

    page.get_by_role("button", name="按人员").click()
    expect(page.get_by_role("rowheader", name="督查员三")).to_be_visible()
    chip = chips.first
    team = (chip.get_attribute("title") or "").split("，")[2].split("、")
    free = next(name for name in ("督查员一", "督查员二", "督查员三") if name not in team)
    chip.focus()
    aimed = page.get_by_role("status").filter(has_text=f"由 {free} 承担，按 Enter 确认")
    for key in ("ArrowDown", "ArrowUp", "ArrowUp"):
        chip.press(key)
        if aimed.count():
            break
    expect(aimed).to_be_visible()
    chip.press("Enter")
    expect(page.get_by_role("status").filter(has_text=f"由 {free} 承担")).to_be_visible()
    expect(
        page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=free)).locator("button.trip").first
    ).to_be_visible()
    desk.screenshot("plan-by-person")

    page.get_by_role("button", name="地图").click()
    trips = page.get_by_role("region", name="本月检查")
    trips.get_by_label("督查员").select_option(label=free)
    trips.get_by_role("button").filter(has_text=free).first.click()
    expect(page.get_by_role("button", name="保存调整")).to_be_visible()
    desk.screenshot("plan-map")


def test_the_wall_chart_shows_how_every_unit_stands(desk: Device) -> None:
    office = Office(desk).sign_in("office")
    office.go("挂图作战")
    wall = office.page.get_by_role("region", name="挂图作战")
    for state in ("未启动", "进行中", "已完成", "逾期", "督办"):
        expect(wall.get_by_role("listitem").filter(has_text=state).first).to_be_visible()
    expect(wall.get_by_role("columnheader", name=re.compile("区卫计局")).first).to_be_visible()
    office.page.get_by_role("button", name="上一年").click()
    expect(office.page).to_have_url(re.compile(r"year=20\d\d"))
    desk.screenshot("wall-chart")
