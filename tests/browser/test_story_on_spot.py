"""Put right while the inspector is there: marked offline with a photo of its own, countersigned by the office (R40)."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.checklist import Checklist
from tests.browser.conftest import NewDevice
from tests.browser.device import DESK, PHONE, Device
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.test_story_rectification import task_row

SITE = "北门社区卫生服务站"
SIGNS, LITTER = "一楼大厅禁烟标识脱落", "后门楼道堆放纸箱"


def test_r40_what_is_put_right_on_the_spot_is_countersigned_or_refused(new_device: NewDevice) -> None:
    device = new_device("inspector", PHONE)
    inspector = Phone(device).start().sign_in("inspector").ready_offline().next_day()
    device.go_offline()
    _inspect(device, inspector)
    device.go_online()
    inspector.expect_all_delivered()

    office = Office(new_device("desk", DESK)).sign_in().go("审核").show_arrived(SITE)
    _countersign(office)
    _refuse(office)
    office.expect_sent()

    unit = Phone(new_device("health", PHONE)).start().sign_in("health")
    unit.tab("整改")
    unit.button(re.compile("^已销号")).tap()
    task_row(unit, SIGNS).tap()
    expect(unit.page.get_by_text("现场整改 · 原检查人复核")).to_be_visible()
    expect(unit.page.get_by_text("同意现场销号")).to_be_visible()
    unit.button("返回").tap()
    unit.button(re.compile("^待整改")).tap()
    expect(task_row(unit, LITTER)).to_have_count(1)


def _inspect(device: Device, inspector: Phone) -> None:
    inspector.open_visit(SITE)
    checklist = Checklist(inspector.begin())
    checklist.fill({"YL-B01": "否", "YL-C01": "否"})
    for code, note in (("YL-B01", SIGNS), ("YL-C01", LITTER)):
        checklist.section_of(code).photograph(code)
        checklist.card(code).get_by_label("问题说明").fill(note)
        _fixed(checklist, code)
    checklist.expect_saved()
    device.page.wait_for_timeout(500)
    # The battery falls out: mark, guidance and both groups of photos are still there.
    device.kill()
    inspector.start()
    checklist = Checklist(inspector)
    card = checklist.card("YL-C01")
    expect(card.get_by_label("接受人")).to_have_value("王芳")
    expect(card.locator(".shot")).to_have_count(2)
    device.screenshot("on-spot-card")
    checklist.review()
    expect(device.page.get_by_text("现场整改，确认后销号").first).to_be_visible()
    device.screenshot("on-spot-review", full_page=True)
    checklist.submit()
    inspector.go_home()


def _fixed(checklist: Checklist, code: str) -> None:
    card, phone = checklist.card(code), checklist.phone
    card.get_by_role("button", name="现场整改").tap()
    expect(card.get_by_text("请拍整改后照片，或取消“现场整改”")).to_be_visible()
    card.get_by_role("button", name="拍整改后照片").tap()
    expect(phone.camera.locator("img.ghost")).to_be_visible()
    phone.shoot().finish_camera()
    expect(card.get_by_text("将记为一项问题")).to_be_visible()
    card.get_by_role("button", name="现场指导").tap()
    card.get_by_label("指导内容").fill("当场指导整改")
    card.get_by_label("商定措施").fill("每周巡查")
    card.get_by_label("接受人").fill("王芳")
    card.get_by_label("职务").fill("护士长")


def _countersign(office: Office) -> None:
    office.stand_on(SITE, "禁烟标识")
    box = office.decision.get_by_role("region", name="现场整改")
    expect(box).to_contain_text("王芳 · 护士长")
    expect(box).to_contain_text("确认后即销号")
    office.device.screenshot("on-spot-office")
    office.press("a")
    expect(office.finding(SITE, "禁烟标识")).to_have_count(0)


def _refuse(office: Office) -> None:
    office.stand_on(SITE, LITTER)
    box = office.decision.get_by_role("region", name="现场整改")
    box.get_by_label("不同意现场销号，转为整改任务").check()
    office.decision.get_by_role("button", name="确认").first.click()
    expect(box.get_by_role("alert")).to_be_visible()
    box.get_by_label("不同意的原因").fill("纸箱只是挪到了隔壁")
    office.decision.get_by_role("button", name="确认").first.click()
    expect(office.finding(SITE, LITTER)).to_have_count(0)
