"""All screens of phone and office: clean for axe, large enough for a finger, kept as pictures to be looked at."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.checklist import Checklist
from tests.browser.device import Device
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.screens import Screens
from tests.fixtures.photos import jpeg
from tests.servers.app import AppServer

SITE, LOCKED = "北门社区卫生服务站", "铁东社区卫生服务站"


def test_the_inspectors_screens(phone: Device) -> None:
    inspector, screens = Phone(phone).start(), Screens(phone, "inspector")
    expect(inspector.button("登录")).to_be_visible()
    screens.look("sign-in")
    inspector.page.get_by_label("用户名").fill("inspector")
    inspector.page.get_by_label("密码").fill("wrong-password")
    inspector.button("登录").tap()
    expect(inspector.page.get_by_role("alert")).to_be_visible()
    screens.look("sign-in-refused")
    inspector.sign_in("inspector").ready_offline()
    expect(inspector.rows().first).to_contain_text("米")
    screens.look("month")
    inspector.button("地图").tap()
    expect(inspector.page.get_by_role("region", name="地图").get_by_role("button").first).to_be_visible()
    screens.look("month-map")
    inspector.page.get_by_role("link", name="计划外检查").tap()
    expect(inspector.page.get_by_role("searchbox")).to_be_visible()
    screens.look("unplanned")
    inspector.button("返回").tap()
    inspector.open_visit(SITE)
    screens.look("visit")
    _the_checklist(inspector, screens)
    _the_outbox(inspector, screens)
    _the_tasks(inspector, screens)
    inspector.tab("我的")
    expect(inspector.button("退出登录")).to_be_visible()
    screens.look("mine")
    inspector.button("English").tap()
    expect(inspector.button("English")).to_have_attribute("aria-pressed", "true")
    screens.look("mine-english")
    inspector.page.get_by_role("link", name="Month").tap()
    expect(inspector.page.locator("a.card").first).to_be_visible()
    screens.look("month-english")
    assert not screens.complaints, "\n".join(screens.complaints)


def _the_checklist(inspector: Phone, screens: Screens) -> None:
    checklist = Checklist(inspector.begin())
    screens.look("checklist")
    checklist.section_of("YL-B01").answer("YL-B01", "否")
    screens.look("checklist-failing")
    checklist.open_camera("YL-B01")
    expect(inspector.button("拍照")).to_be_enabled()
    screens.look("camera")
    inspector.shoot().pick(("半张.jpg", jpeg(seed=3)[:3000]), ("走廊.jpg", jpeg(seed=4)))
    screens.look("camera-kept")
    inspector.look_at_last_shot()
    screens.look("camera-mark")
    inspector.close_photo()
    inspector.finish_camera()
    checklist.card("YL-B01").scroll_into_view_if_needed()
    screens.look("checklist-failing-with-photos")
    checklist.review()
    screens.look("review-lacking")
    inspector.button("返回").tap()
    checklist.fill({"YL-B01": "否", "YL-B03": "否"}).section_of("YL-B03").photograph("YL-B03")
    screens.look("checklist-filled")
    checklist.section_of("YL-H01")
    screens.look("checklist-last-section")
    checklist.review()
    screens.look("review")
    inspector.device.go_offline()
    checklist.submit()
    screens.look("handed-in")
    inspector.go_home()


def _the_outbox(inspector: Phone, screens: Screens) -> None:
    screens.look("month-offline")
    inspector.tab("待传")
    expect(inspector.outbox_row(SITE)).to_contain_text("答案待传")
    screens.look("outbox-waiting")
    inspector.device.go_online()
    inspector.expect_ended("已送达；1 张照片未被采用，见下")
    screens.look("outbox-delivered")
    inspector.open_visit(LOCKED)
    inspector.button("未能入内").tap()
    inspector.button("锁门").tap()
    screens.look("no-access")
    inspector.leave_work()


def _the_tasks(inspector: Phone, screens: Screens) -> None:
    inspector.tab("整改")
    rows = inspector.page.get_by_role("list", name="整改任务").locator("a.card")
    expect(rows.first).to_be_visible()
    screens.look("tasks")
    rows.first.tap()
    expect(inspector.page.get_by_role("heading", name="办理过程")).to_be_visible()
    screens.look("task")
    for link, name in (("合格 销号", "verify"), ("不合格 退回", "return")):
        inspector.page.get_by_role("link", name=link).tap()
        expect(inspector.page.get_by_role("link", name=link)).to_have_count(0)
        screens.look(f"step-{name}")
        inspector.button("返回").tap()
    inspector.button("返回").tap()


def test_the_units_screens(phone: Device) -> None:
    unit, screens = Phone(phone).start().sign_in("health"), Screens(phone, "unit")
    rows = unit.page.get_by_role("list", name="整改任务").locator("a.card")
    expect(rows.first).to_be_visible()
    screens.look("tasks")
    rows.first.tap()
    expect(unit.page.get_by_role("heading", name="办理过程")).to_be_visible()
    screens.look("task")
    unit.page.get_by_role("link", name="回复整改").tap()
    expect(unit.button("提交回复")).to_be_visible()
    screens.look("reply")
    unit.button("返回").tap()
    unit.button("返回").tap()
    unit.button(re.compile("^已销号")).tap()
    screens.look("tasks-closed")
    unit.tab("待传")
    screens.look("outbox-empty")
    unit.sign_out()
    unit.sign_in("health-leader").tab("整改")
    expect(unit.page.locator("main h1")).to_be_visible()
    screens.look("leader-tasks")
    assert not screens.complaints, "\n".join(screens.complaints)


def test_the_offices_screens(server: AppServer, desk: Device) -> None:
    screens = Screens(desk, "office")
    desk.open("/office/")
    expect(desk.page.get_by_role("button", name="登录")).to_be_visible()
    screens.look("sign-in")
    office = Office(desk).sign_in()
    for name in [link.inner_text().split("\n")[0] for link in office.rail.get_by_role("link").all()]:
        office.go(name)
        desk.page.wait_for_load_state("networkidle")
        screens.look(f"page-{name}")
    _the_review(office, screens)
    _the_sheets(office, screens)
    _the_map(office, screens)
    office.press("?")
    expect(desk.page.get_by_role("heading", name="键盘快捷键")).to_be_visible()
    screens.look("keys")
    office.press("Escape")
    office.rail.get_by_role("button", name="社事办专员").click()
    screens.look("account")
    assert not screens.complaints, "\n".join(screens.complaints)


def _the_review(office: Office, screens: Screens) -> None:
    office.go("审核")
    expect(office.findings.first).to_be_visible()
    office.findings.first.get_by_role("button").click()
    office.page.wait_for_load_state("networkidle")
    screens.look("review")
    office.press("e")
    expect(office.decision.get_by_label("更正理由")).to_be_visible()
    screens.look("review-correct")
    office.press("Escape")
    office.press("x")
    expect(office.decision.get_by_label("作废原因")).to_be_visible()
    screens.look("review-void")
    office.press("Escape")
    office.press("Shift+A")
    expect(office.page.get_by_role("region", name="一并审核")).to_be_visible()
    screens.look("review-batch")
    office.press("Escape")
    office.press("Control+k")
    office.page.get_by_role("combobox", name="全局搜索").fill("标识")
    found = office.page.get_by_role("dialog", name="全局搜索").get_by_role("option")
    expect(found.first).to_be_visible()
    screens.look("search")
    office.press("Escape")


def _the_sheets(office: Office, screens: Screens) -> None:
    for name in ("整改", "检查记录"):
        office.go(name)
        office.open_row()
        office.page.wait_for_load_state("networkidle")
        screens.look(f"sheet-{name}")
        office.press("Escape")


def _the_map(office: Office, screens: Screens) -> None:
    """All that the map shows is reached by the list beside it, without a pointer."""
    office.go("地图")
    first = office.page.get_by_role("list", name="点位列表").get_by_role("button").first
    first.focus()
    office.press("Enter")
    card = office.page.get_by_role("complementary", name="点位")
    expect(card.get_by_text("照片位置")).to_be_visible()
    screens.look("map-site")
    card.get_by_role("button", name="到期").first.click()
    expect(office.page.get_by_role("complementary", name="整改事项")).to_be_visible()
    office.press("Escape")
    expect(card).to_be_visible()
    office.press("Escape")
    expect(card).to_be_hidden()
    office.page.get_by_role("button", name="问题（按月）").click()
    months = office.page.get_by_role("slider", name="月份")
    last = months.get_attribute("aria-valuetext") or ""
    months.focus()
    office.press("ArrowLeft")
    expect(months).not_to_have_attribute("aria-valuetext", last)
    expect(office.page).to_have_url(re.compile(r"layer=findings.*month=20"))
    screens.look("map-findings")
    office.go("总览")


def test_the_administrators_screens(desk: Device) -> None:
    admin, screens = Office(desk).sign_in("admin"), Screens(desk, "admin")
    parts = desk.page.get_by_role("navigation", name="设置", exact=True)
    expect(parts).to_be_visible()
    for part in [link.inner_text() for link in parts.get_by_role("link").all()]:
        parts.get_by_role("link", name=part).click()
        desk.page.wait_for_load_state("networkidle")
        screens.look(f"settings-{part}")
    _the_settings(admin, screens)
    parts.get_by_role("link", name="人员").click()
    admin.row("督查员二").get_by_role("button", name="一次性密码").click()
    expect(desk.page.get_by_role("heading", name="一次性密码")).to_be_visible()
    screens.look("one-time-password")
    assert not screens.complaints, "\n".join(screens.complaints)


def _the_settings(admin: Office, screens: Screens) -> None:
    """The sheets and forms of people, units and sites."""
    page = admin.page
    parts = page.get_by_role("navigation", name="设置", exact=True)
    parts.get_by_role("link", name="人员").click()
    page.get_by_role("button", name="新增人员").click()
    screens.look("person-new")
    page.get_by_role("button", name="取消").click()
    admin.row("区卫计局联络员").get_by_role("button", name="区卫计局联络员").click()
    expect(page.get_by_role("heading", name="登录设备")).to_be_visible()
    screens.look("person")
    page.get_by_role("button", name="交接、离岗").click()
    page.get_by_label("接收人").select_option("nobody")
    screens.look("person-leaves")
    page.get_by_role("button", name="取消").click()
    parts.get_by_role("link", name="单位").click()
    page.get_by_role("button", name="区科技局").click()
    page.get_by_role("button", name="更名").click()
    screens.look("unit-renamed")
    parts.get_by_role("link", name="点位").click()
    page.get_by_role("button", name="新增点位").click()
    expect(page.get_by_label("范围半径（米）")).to_be_visible()
    screens.look("site-new")
    page.get_by_role("button", name="取消").click()
