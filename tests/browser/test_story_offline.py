"""No server anywhere: a killed phone does a whole visit, and owes nothing once the server is back."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.checklist import Checklist
from tests.browser.device import Device
from tests.browser.evidence import Recorder, hashes_in_store, hashes_on_phone, sha256
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.fixtures.photos import jpeg
from tests.servers.app import AppServer

SITE = "北门社区卫生服务站"


def test_a_visit_never_opened_before_is_done_without_any_server_and_drains_by_itself(
    server: AppServer, phone: Device, desk: Device
) -> None:
    Phone(phone).start().sign_in("inspector").ready_offline().next_day()
    phone.kill()
    server.stop()

    inspector = Phone(phone).start()
    inspector.open_visit(SITE)
    checklist = Checklist(inspector.begin())
    checklist.fill({"YL-B01": "否"})
    from_gallery = jpeg(seed=11)
    checklist.section_of("YL-B01").open_camera("YL-B01").shoot().pick(("三楼.jpg", from_gallery)).finish_camera()
    checklist.card("YL-B01").get_by_label("问题说明").fill("三楼候诊区无标识")
    checklist.review()
    checklist.submit()
    inspector.go_home().tab("待传")
    row = inspector.outbox_row(SITE)
    expect(row).to_contain_text("答案待传")
    expect(row.get_by_text("已存在本机")).to_have_count(5)
    seen = Recorder(phone.page)

    server.start()
    expect(phone.page.get_by_text("全部已送达")).to_be_visible()
    expect(row).to_contain_text("照片 5/5 已收到")
    _answers_came_first_and_green_only_with_the_receipt(seen)
    assert sha256(from_gallery) in hashes_on_phone(phone.page)
    assert hashes_on_phone(phone.page) <= hashes_in_store(server.data_dir)
    _the_office_reads_the_same_bytes(Office(desk).sign_in(), sha256(from_gallery))


def _answers_came_first_and_green_only_with_the_receipt(recorder: Recorder) -> None:
    kept, answers = recorder.first("已存在本机"), recorder.first("答案已收到")
    sending, received = recorder.first(r"正在上传 \d+%"), recorder.first("照片 [1-5]/5 已收到")
    assert kept < answers < sending < received
    greens = [green for seen in recorder.seen() for green in seen.greens]
    assert greens
    assert [green for green in greens if "已收到" not in green] == []


def _the_office_reads_the_same_bytes(office: Office, wanted: str) -> None:
    office.go("审核").stand_on(SITE, "禁烟标识")
    original = office.evidence.get_by_role("link", name="原图")
    office.evidence.get_by_role("button", name=re.compile("第 2 张")).click()
    expect(original).to_have_attribute("href", re.compile(wanted))
    answer = office.page.request.get(office.device.base_url + str(original.get_attribute("href")))
    assert sha256(answer.body()) == wanted
