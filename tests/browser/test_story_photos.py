"""Photos on the phone: drawn over, held for Wi-Fi, and rescued from a phone that never came home."""

from __future__ import annotations

import io
import json
import re
import zipfile

from playwright.sync_api import Locator, Page, expect

from tests.browser.device import Device
from tests.browser.evidence import hashes_in_store, hashes_on_phone, sha256
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.fixtures.photos import jpeg
from tests.servers.app import AppServer

MARKED = "东门社区卫生服务站"
HELD = "北门社区卫生服务站"
RESCUED = "田心示范医院"
ZOOMED = "田心示范医院"
NOTE = "门上贴着停诊通知"


def test_what_was_drawn_over_a_photo_reaches_the_office_and_the_bytes_stay_as_taken(
    server: AppServer, phone: Device, desk: Device
) -> None:
    inspector = Phone(phone).start().sign_in("inspector").ready_offline().next_day()
    inspector.open_visit(MARKED)
    _open_the_door_camera(inspector)
    inspector.shoot()
    taken = hashes_on_phone(phone.page)
    view = inspector.look_at_last_shot()
    view.get_by_role("button", name="箭头").tap()
    _draw(phone.page, view, (0.2, 0.2), (0.5, 0.45))
    view.get_by_role("button", name="圈").tap()
    _draw(phone.page, view, (0.45, 0.4), (0.7, 0.65))
    _draw(phone.page, view, (0.1, 0.7), (0.3, 0.9))
    expect(view.get_by_role("img", name="已画 3 笔")).to_be_visible()
    view.get_by_role("button", name="撤销").tap()
    view.get_by_label("照片说明").fill(NOTE)
    inspector.close_photo().finish_camera()

    # A killed browser forgets neither strokes nor words.
    phone.kill()
    inspector = Phone(phone).start()
    phone.page.get_by_role("button", name="查看或标注 第 1 张照片").tap()
    view = inspector.photo
    expect(view.get_by_role("img", name="已画 2 笔")).to_be_visible()
    expect(view.get_by_label("照片说明")).to_have_value(NOTE)
    inspector.close_photo()
    _hand_in_no_access(inspector)
    inspector.expect_all_delivered()
    assert hashes_on_phone(phone.page) == taken
    assert taken <= hashes_in_store(server.data_dir)

    office = Office(desk).sign_in().go("审核").show_arrived(MARKED).stand_on(MARKED)
    strokes = office.evidence.locator("svg.marks-over path.ink")
    expect(strokes).to_have_count(2)
    expect(office.evidence.get_by_text(NOTE)).to_be_visible()
    shown = office.evidence.get_by_role("button", name="标注")
    shown.click()
    expect(strokes).to_have_count(0)
    shown.click()
    expect(strokes).to_have_count(2)


def test_a_lens_that_can_be_drawn_nearer_is_and_a_retake_forgets_the_shot(phone: Device) -> None:
    inspector = Phone(phone).start().sign_in("inspector")
    # What a desktop browser asks for beside the camera; a phone's browser does not.
    session = phone.context.new_cdp_session(phone.page)
    session.send("Browser.grantPermissions", {"permissions": ["videoCapture", "cameraPanTiltZoom", "geolocation"]})
    inspector.open_visit(ZOOMED)
    _open_the_door_camera(inspector)
    zoom = inspector.camera.get_by_role("slider", name="变焦")
    expect(zoom).to_have_attribute("aria-valuetext", "0%")  # this lens counts from nought
    zoom.fill(str(zoom.get_attribute("max")))
    expect(zoom).to_have_attribute("aria-valuetext", "100%")
    lens = "() => document.querySelector('video').srcObject.getVideoTracks()[0].getSettings().zoom"
    phone.page.wait_for_function(f"() => ({lens})() > 0")
    inspector.shoot()
    assert len(hashes_on_phone(phone.page)) == 1

    inspector.look_at_last_shot().get_by_role("button", name="重拍").tap()
    expect(inspector.photo).to_have_count(0)
    expect(inspector.camera).not_to_contain_text("已存")
    assert hashes_on_phone(phone.page) == set()


def test_photos_wait_for_wifi_while_answers_go_and_one_tap_lets_them_go(server: AppServer, phone: Device) -> None:
    inspector = Phone(phone).start().sign_in("inspector")
    inspector.tab("待传")
    page = phone.page
    page.get_by_role("switch", name="仅在 Wi-Fi 下上传照片").tap()
    expect(page.get_by_role("switch", name="仅在 Wi-Fi 下上传照片")).to_be_checked()
    picture = jpeg(seed=4242)
    inspector.report_no_access(HELD, ("门口.jpg", picture))

    inspector.tab("待传")
    row = inspector.outbox_row(HELD)
    expect(row).to_contain_text("答案已收到")
    expect(row.get_by_text("等 Wi-Fi")).to_have_count(2)
    expect(page.get_by_role("status").get_by_text("答案已送达，2 张照片等待上传")).to_be_visible()
    # Not by a cold start either, nor by a network that comes back.
    inspector.next_day()
    inspector.tab("待传")
    phone.go_offline()
    phone.go_online()
    expect(inspector.outbox_row(HELD).get_by_text("等 Wi-Fi")).to_have_count(2)
    assert sha256(picture) not in hashes_in_store(server.data_dir)

    phone.page.get_by_role("button", name="现在就传").tap()
    expect(phone.page.get_by_role("status").get_by_text("全部已送达")).to_be_visible()
    assert sha256(picture) in hashes_in_store(server.data_dir)
    # What comes after the tap waits again.
    expect(phone.page.get_by_role("switch", name="仅在 Wi-Fi 下上传照片")).to_be_checked()


def test_the_rescue_file_of_a_phone_without_network_holds_answers_and_every_photo(phone: Device) -> None:
    inspector = Phone(phone).start().sign_in("inspector").ready_offline()
    phone.go_offline()
    picture = jpeg(seed=4343)
    inspector.report_no_access(RESCUED, ("门口.jpg", picture))
    inspector.tab("待传")
    expect(phone.page.get_by_text("含 1 项、2 张照片")).to_be_visible()
    with phone.page.expect_download() as saving:
        inspector.button("导出未传内容 (ZIP)").tap()
    name, content = saving.value.suggested_filename, saving.value.path().read_bytes()

    assert re.fullmatch(r"xungai-\d{4}-\d{2}-\d{2}\.zip", name)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        files = {one: archive.read(one) for one in archive.namelist()}
    photos = {sha256(bytes_) for one, bytes_ in files.items() if one.startswith("photos/")}
    assert photos == hashes_on_phone(phone.page)
    assert sha256(picture) in photos
    [handed_in] = [json.loads(text) for one, text in files.items() if one.startswith("inspection-")]
    assert handed_in["body"]["outcome"] == "no_access"
    told = json.loads(files["photos.json"])
    assert {one["sha256"] for one in told} == photos
    assert all(one["file"] in files for one in told)
    assert "尚未送达" in files["README.txt"].decode()
    # Nothing was taken from the phone.
    expect(inspector.outbox_row(RESCUED).get_by_text("已存在本机")).to_have_count(2)
    phone.go_online()
    expect(phone.page.get_by_role("status").get_by_text("全部已送达")).to_be_visible()


def _open_the_door_camera(inspector: Phone) -> None:
    inspector.button("未能入内").tap()
    inspector.button("锁门").tap()
    inspector.button("拍现场照片").tap()


def _hand_in_no_access(inspector: Phone) -> None:
    inspector.button("提交“未能入内”").tap()
    inspector.expect_handed_in()
    inspector.go_home()


def _draw(page: Page, view: Locator, begin: tuple[float, float], end: tuple[float, float]) -> None:
    """One stroke of a finger, in shares of the board that lies over the photo."""
    box = view.locator("svg.board").bounding_box()
    assert box is not None
    points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (begin, end)]
    page.mouse.move(*points[0])
    page.mouse.down()
    page.mouse.move(*points[1], steps=6)
    page.mouse.up()
