"""An outbox can always finish: a locked door, a photo that is none, a photo that will never come."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.device import Device
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.fixtures.photos import jpeg

LOCKED, BROKEN, LOST = "东门社区卫生服务站", "北门社区卫生服务站", "铁东社区卫生服务站"


def test_a_locked_door_is_a_finding_and_no_coverage(phone: Device, desk: Device) -> None:
    inspector = Phone(phone).start().sign_in("inspector")
    inspector.report_no_access(LOCKED)
    inspector.expect_all_delivered()
    expect(inspector.outbox_row(LOCKED)).to_contain_text("发现 1 个问题")
    inspector.tab("本月")
    # Whoever could not get in comes again: a second visit is planned.
    expect(inspector.rows().filter(has_text=LOCKED).filter(has_text="未查")).to_have_count(1)

    office = Office(desk).sign_in().go("审核").stand_on(LOCKED, "未能入内")
    expect(office.decision).to_contain_text("锁门")
    office.go("检查记录")
    sheet = office.open_row(LOCKED, "未能入内")
    expect(sheet).to_contain_text("不计分")


def test_a_file_that_is_no_photo_is_refused_with_a_reason_and_the_outbox_ends(phone: Device) -> None:
    inspector = Phone(phone).start().sign_in("inspector")
    half = jpeg(seed=5)[:4000]
    inspector.report_no_access(BROKEN, ("半张.jpg", half))
    inspector.expect_ended("已送达；1 张照片未被采用，见下")
    _the_badge_reminds_until_it_was_read(inspector)

    row = inspector.outbox_row(BROKEN)
    expect(row).to_contain_text("照片 1/2 已收到")
    refused = row.get_by_role("listitem").filter(has_text="服务器未接受")
    expect(refused).to_have_count(1)
    assert len(refused.inner_text().split("·")[1].strip()) > 5, "the reason is said"
    expect(refused.get_by_role("button", name="重试")).to_be_visible()


def _the_badge_reminds_until_it_was_read(inspector: Phone) -> None:
    badge = inspector.tab_bar.get_by_label("1 项请留意")
    expect(badge).to_be_visible()
    inspector.tab("本月")
    expect(inspector.rows().filter(has_text=BROKEN).filter(has_text="请留意待传页")).to_have_count(1)
    inspector.tab("待传")
    inspector.button("知道了").tap()
    expect(badge).to_have_count(0)
    expect(inspector.page.get_by_text("已送达；1 张照片未被采用，见下")).to_be_visible()


def test_a_photo_that_never_comes_is_waived_by_the_office_with_a_reason_and_the_outbox_ends(
    phone: Device, desk: Device
) -> None:
    inspector = Phone(phone).start().sign_in("inspector")
    # The way for photos is broken: the answers get through, no byte of a photo does.
    phone.context.route("**/api/uploads**", lambda route: route.abort())
    inspector.report_no_access(LOST).tab("待传")
    row = inspector.outbox_row(LOST)
    expect(row).to_contain_text("答案已收到")
    expect(row).to_contain_text("照片 0/1 已收到")

    office = Office(desk).sign_in().go("检查记录")
    sheet = office.open_row(LOST)
    sheet.get_by_role("button", name="不再等待").click()
    sheet.get_by_label("不再等待的原因").fill("手机进水，照片无法恢复")
    sheet.get_by_role("button", name="不再等待").click()
    expect(sheet.get_by_text("尚缺 1 张照片")).to_have_count(0)

    inspector.expect_ended("已送达；1 张照片经办公室同意免传，见下")
    expect(row).to_contain_text("办公室已免传")
    expect(row).to_contain_text("手机进水，照片无法恢复")
