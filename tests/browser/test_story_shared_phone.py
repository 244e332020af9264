"""One phone, several people; sessions that end. Nobody's work goes out as another's, and nothing is lost."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.device import Device
from tests.browser.office import Office
from tests.browser.phone import PASSWORD, Phone

FIRST, SECOND, THIRD = "东门社区卫生服务站", "北门社区卫生服务站", "铁东社区卫生服务站"


def test_a_shared_phone_never_sends_one_persons_work_as_anothers(phone: Device, desk: Device) -> None:
    person = Phone(phone).start().sign_in("inspector").ready_offline()
    phone.go_offline()
    person.report_no_access(FIRST)
    person.sign_out(leaving_work=True)

    phone.go_online()
    person.sign_in("inspector2").tab("待传")
    expect(phone.page.get_by_text("提交的检查和整改会显示在这里")).to_be_visible()
    person.report_no_access(SECOND).expect_all_delivered()
    expect(person.outbox_row(FIRST)).to_have_count(0)

    office = Office(desk).sign_in().go("检查记录")
    expect(office.row(SECOND, "督查员二", "未能入内")).to_have_count(1)
    expect(office.row(FIRST, "未能入内")).to_have_count(0)

    person.sign_out()
    person.sign_in("inspector").expect_all_delivered()
    expect(person.outbox_row(FIRST)).to_contain_text("答案已收到")
    office.look_again("检查记录")
    expect(office.row(FIRST, "督查员一", "未能入内")).to_have_count(1)


def test_a_session_ended_by_the_administrator_asks_for_the_password_and_loses_nothing(
    phone: Device, desk: Device
) -> None:
    inspector = Phone(phone).start().sign_in("inspector").ready_offline()
    phone.go_offline()
    inspector.report_no_access(THIRD)
    admin = Office(desk).sign_in("admin")
    row = admin.row("督查员一")
    row.get_by_role("button", name="督查员一").click()
    person = admin.page.get_by_role("complementary", name="人员")
    person.get_by_role("button", name="结束全部登录（手机遗失）").click()
    person.get_by_role("button", name="结束登录", exact=True).click()
    expect(person).to_contain_text("没有设备在登录状态")
    expect(row).to_contain_text("0 台设备")

    phone.go_online()
    inspector.tab("待传")
    asked = phone.page.get_by_role("region", name="登录已过期，请重新输入密码")
    expect(asked).to_contain_text("已保存的内容都在本机，没有丢失")
    expect(inspector.outbox_row(THIRD)).to_contain_text("答案待传")

    asked.get_by_label("督查员一 的密码").fill(PASSWORD)
    asked.get_by_role("button", name="继续").tap()
    inspector.expect_all_delivered()
    expect(inspector.outbox_row(THIRD)).to_contain_text("照片 1/1 已收到")
