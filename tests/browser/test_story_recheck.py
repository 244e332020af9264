"""A planned re-check without any network: ghost, slider, three results; the office sees what came of it (R41)."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.conftest import NewDevice
from tests.browser.device import DESK, PHONE, Device
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.test_story_rectification import LITTER, SIGNS, SITE, confirm_both, reply, two_findings

VERIFIER = "督查员二"


def test_r41_a_planned_re_check_is_made_offline_survives_a_kill_and_is_seen_by_the_office(
    new_device: NewDevice,
) -> None:
    two_findings(Phone(new_device("inspector", PHONE)).start().sign_in("inspector"))
    office = Office(new_device("desk", DESK)).sign_in()
    confirm_both(office)
    unit = Phone(new_device("health", PHONE)).start().sign_in("health")
    reply(unit, SIGNS, "已在三楼候诊区张贴禁烟标识 4 处")
    reply(unit, LITTER, "杂物已清理")
    _plan_both(office)

    device = new_device("inspector2", PHONE)
    verifier = Phone(device).start().sign_in("inspector2").ready_offline()
    _wait_for_pictures(verifier)
    verifier.next_day()
    device.go_offline()
    _strike_off_with_ghost_and_slider(verifier)
    _killed_in_the_middle_of_a_return(device, verifier)
    verifier.button("不合格，退回").tap()
    expect(verifier.page.get_by_text("2 项均已复查")).to_be_visible()
    device.screenshot("recheck-all-seen")
    verifier.page.get_by_role("link", name="回到本月").tap()
    expect(_planned(verifier).filter(has_text="复查 2/2")).to_have_count(1)
    expect(verifier.tab_bar.get_by_label("2 项待传")).to_be_visible()

    device.go_online()
    verifier.expect_all_delivered()
    _the_office_sees_both(office)


def _plan_both(office: Office) -> None:
    office.go("整改")
    sheet = office.open_row(SITE, SIGNS)
    sheet.get_by_role("button", name="安排复查").click()
    form = office.page.get_by_role("dialog", name="安排复查")
    send = form.get_by_role("button", name="确定安排")
    expect(send).to_be_disabled()
    form.get_by_label(LITTER).check()
    form.get_by_label(VERIFIER).check()
    office.device.screenshot("recheck-plan-office")
    send.click()
    expect(form).to_have_count(0)
    expect(sheet.get_by_text("已排复查：")).to_be_visible()
    office.press("Escape")


def _planned(verifier: Phone) -> Locator:
    return verifier.page.get_by_role("list", name="复查任务").locator("a.card")


def _wait_for_pictures(verifier: Phone) -> None:
    """Both faults and both repairs are on the phone before the network goes, and the card says so."""
    expect(_planned(verifier)).to_have_count(1)
    expect(_planned(verifier).get_by_text("对比照片已存本机")).to_be_visible()


def _strike_off_with_ghost_and_slider(verifier: Phone) -> None:
    page = verifier.page
    verifier.tab("本月")
    _planned(verifier).first.tap()
    expect(page.get_by_role("heading", name=SIGNS)).to_be_visible()
    slider = page.get_by_role("slider", name="左右拖动，对比整改前后")
    expect(page.get_by_role("img", name="整改前")).to_be_visible()
    expect(page.get_by_role("img", name="整改后")).to_be_visible()
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_value("51")
    handle = page.locator(".line i").bounding_box()
    assert handle is not None
    assert min(handle["width"], handle["height"]) >= 44
    verifier.device.screenshot("recheck-slider")

    submit = verifier.button("提交复查结果")
    expect(submit).to_be_disabled()
    verifier.button("合格 销号").tap()
    expect(page.get_by_text("销号须拍复查照片")).to_be_visible()
    verifier.button("拍复查照片").tap()
    expect(verifier.camera.locator("img.ghost")).to_be_visible()
    verifier.shoot()
    verifier.device.screenshot("recheck-ghost")
    verifier.finish_camera()
    verifier.button("合格，销号").tap()


def _killed_in_the_middle_of_a_return(device: Device, verifier: Phone) -> None:
    expect(verifier.page.get_by_role("heading", name=LITTER)).to_be_visible()
    verifier.button("不合格 退回").tap()
    verifier.page.get_by_label("退回原因").fill("楼道仍有纸箱")
    device.page.wait_for_timeout(1000)
    device.kill()
    verifier.start()
    # Back at the very task, with the result and its reason.
    expect(verifier.page.get_by_role("heading", name=LITTER)).to_be_visible()
    expect(verifier.button("不合格 退回")).to_have_attribute("aria-pressed", "true")
    expect(verifier.page.get_by_label("退回原因")).to_have_value("楼道仍有纸箱")


def _the_office_sees_both(office: Office) -> None:
    office.look_again("整改")
    office.page.get_by_role("button", name="复查安排").click()
    sheet = office.sheet
    sheet.get_by_role("button", name="已复查").click()
    results = sheet.get_by_role("article", name=SITE)
    expect(results.get_by_role("listitem").filter(has_text=SIGNS)).to_contain_text("已销号")
    returned = results.get_by_role("listitem").filter(has_text=LITTER)
    expect(returned).to_contain_text("已退回")
    expect(returned).to_contain_text("楼道仍有纸箱")
    office.device.screenshot("recheck-results-office")
    results.get_by_role("button", name=SIGNS).click()
    expect(office.sheet).to_contain_text("已销号")
