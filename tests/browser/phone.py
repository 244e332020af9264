"""What a person does on the phone, in their own steps. No call of the API: taps, typing, looking."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.device import Device

PASSWORD = "xungai-demo"
HANDED_IN = re.compile("已保存在本机，有网即传|^已送达")


@dataclass(frozen=True)
class VisitLine:
    """A visit as the month's list shows it. The distance in metres, None where the phone does not know its place."""

    site: str
    distance_m: float | None
    standing: str


class Phone:
    """A person's phone: the shell, the month, the tasks, the outbox."""

    def __init__(self, device: Device) -> None:
        self.device = device
        self._filmed_s = 0.0

    @property
    def page(self) -> Page:
        return self.device.page

    def start(self) -> Phone:
        """Open the app, cold if it does not run; its camera then sees another film."""
        if not self.device.running:
            self._filmed_s = 0.0
        self.device.open("/")
        return self

    def sign_in(self, login: str, password: str = PASSWORD) -> Phone:
        """Give name and password on the first page."""
        if self.device.page.url == "about:blank":
            self.start()
        self.page.get_by_label("用户名").fill(login)
        self.page.get_by_label("密码").fill(password)
        self.button("登录").tap()
        expect(self.tab_bar).to_be_visible()
        return self

    def sign_in_again_if_asked(self, name: str, password: str = PASSWORD) -> Phone:
        """Give the password again where the page asks for it: a killed browser may have lost a young session."""
        self.leave_work().tab("待传")
        asked = self.page.get_by_label(f"{name} 的密码")
        expect(asked.or_(self.page.get_by_text(re.compile("^(全部)?已送达")).first)).to_be_visible()
        if asked.is_visible():
            asked.fill(password)
            self.button("继续").tap()
        return self

    def sign_out(self, *, leaving_work: bool = False) -> None:
        """Sign out on 我的; with work unsent the page asks first."""
        self.tab("我的")
        self.button("退出登录").tap()
        if leaving_work:
            expect(self.page.get_by_text(re.compile("还有 .* 项没有传完"))).to_be_visible()
            self.button("仍然退出").tap()
        expect(self.page.get_by_label("用户名")).to_be_visible()

    def ready_offline(self) -> Phone:
        """Wait for what the app needs without a network: the month's data, and its own files kept by the worker."""
        expect(self.page.locator("li a.card").first).to_be_visible()
        self.page.evaluate("async () => { await navigator.serviceWorker.ready }")
        self.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
        return self

    def next_day(self) -> Phone:
        """Close the browser in good order and open the app again.

        Chromium writes cookies to disk within half a minute; a kill right after signing in would take the session.
        """
        self.device.close()
        return self.start()

    @property
    def tab_bar(self) -> Locator:
        return self.page.get_by_role("navigation", name="主要页面")

    def tab(self, name: str) -> Phone:
        """Go to 本月, 整改, 待传 or 我的."""
        self.tab_bar.get_by_role("link", name=name).tap()
        return self

    def leave_work(self) -> Phone:
        """Go back from a checklist to the month, where the tabs are."""
        back = self.button("返回")
        expect(self.tab_bar.or_(back)).to_be_visible()
        if not self.tab_bar.is_visible():
            back.tap()
        expect(self.tab_bar).to_be_visible()
        return self

    def button(self, name: str | re.Pattern[str], *, exact: bool = True) -> Locator:
        return self.page.get_by_role("button", name=name, exact=exact)

    # --- the month

    def rows(self) -> Locator:
        return self.page.get_by_role("list", name="本月巡查任务").locator("a.card")

    def visits(self) -> list[VisitLine]:
        """The month's list as it stands, from the top."""
        expect(self.rows().first).to_be_visible()
        return [_visit_line(row) for row in self.rows().all()]

    def open_visit(self, site: str, nth: int = 0) -> Phone:
        """Open a visit from the month's list; of a site with two checklists the `nth`."""
        self.tab("本月")
        everyone = self.button("看全部")
        if everyone.is_visible():
            everyone.tap()
        self.rows().filter(has_text=site).nth(nth).tap()
        expect(self.page.get_by_role("heading", name=site)).to_be_visible()
        return self

    def begin(self) -> Phone:
        """Start the checklist of the visit that is open."""
        self.button("开始检查").tap()
        expect(self.page.get_by_role("navigation", name="检查表各节")).to_be_visible()
        return self

    def report_no_access(self, site: str, *pictures: tuple[str, bytes], reason: str = "锁门") -> Phone:
        """Hand in that nobody could get in, with a photo of the door and perhaps some from the gallery."""
        self.open_visit(site)
        self.button("未能入内").tap()
        self.button(reason).tap()
        self.button("拍现场照片").tap()
        self.shoot()
        if pictures:
            self.pick(*pictures)
        self.finish_camera()
        self.button("提交“未能入内”").tap()
        self.expect_handed_in()
        return self.go_home()

    # --- the camera

    def shoot(self, times: int = 1) -> Phone:
        """Press the shutter of the camera view that is open; each shot must be seen as kept before the next."""
        before = self._kept()
        for count in range(1, times + 1):
            self.press_shutter()
            self.expect_kept(before + count)
            self._mark_the_film()
        return self

    def press_shutter(self) -> None:
        """Take one photo, without looking what becomes of it."""
        expect(self.button("拍照")).to_be_enabled()
        # The film begins again each time the camera is opened; the same bytes are one photo. So each is taken later in
        # the film than any before, however slow the machine was at those.
        self.page.wait_for_function(f"() => document.querySelector('video').currentTime > {self._filmed_s + 0.2:.2f}")
        self.button("拍照").tap()
        self._mark_the_film()

    def pick(self, *files: tuple[str, bytes]) -> Phone:
        """Choose files from the gallery in the camera view that is open."""
        before = self._kept()
        chosen = [FilePayload(name=name, mimeType="image/jpeg", buffer=content) for name, content in files]
        self.page.get_by_label("从相册选择").set_input_files(chosen)
        self.expect_kept(before + len(files))
        return self

    def look_at_last_shot(self) -> Locator:
        """Open the last shot from the camera, to look at it and to draw over it."""
        self.camera.get_by_role("button", name="查看 · 标注").tap()
        expect(self.photo.get_by_role("img", name=re.compile("^照片，已画"))).to_be_visible()
        return self.photo

    @property
    def photo(self) -> Locator:
        """The photo that is open, large."""
        return self.page.get_by_role("dialog", name="标注照片")

    def close_photo(self) -> Phone:
        self.photo.get_by_role("button", name="完成").tap()
        expect(self.photo).to_have_count(0)
        return self

    def expect_kept(self, count: int) -> None:
        expect(self.camera).to_contain_text(f"已存 {count} 张")

    def finish_camera(self) -> Phone:
        self.button("完成").tap()
        expect(self.camera).to_have_count(0)
        return self

    @property
    def camera(self) -> Locator:
        return self.page.get_by_role("region", name=re.compile("^拍照："))

    def _mark_the_film(self) -> None:
        """How far the film is: what was just taken is no later, once it is kept."""
        self._filmed_s = self.page.evaluate("() => document.querySelector('video')?.currentTime ?? 0") or self._filmed_s

    def _kept(self) -> int:
        expect(self.camera).to_be_visible()
        expect(self.button("拍照")).to_be_enabled()
        found = re.search(r"已存 (\d+) 张", self.camera.inner_text())
        return int(found.group(1)) if found else 0

    # --- the outbox

    def outbox_row(self, title: str) -> Locator:
        return self.page.get_by_role("article", name=title)

    def go_home(self) -> Phone:
        """Leave the page that says "kept on this phone"."""
        self.page.get_by_role("link", name=re.compile("^回到")).tap()
        expect(self.tab_bar).to_be_visible()
        return self

    def expect_handed_in(self) -> None:
        """Wait for the page that says that the work is kept, or already with the server."""
        expect(self.page.get_by_role("heading", name=HANDED_IN)).to_be_visible()

    def expect_all_delivered(self) -> None:
        """Wait until the server has everything that was handed in, and takes all of it."""
        self.expect_ended("全部已送达")

    def expect_ended(self, words: str) -> None:
        """Wait until the outbox has nothing more to send and says so in these words."""
        self.tab("待传")
        expect(self.page.get_by_role("status").get_by_text(words, exact=True)).to_be_visible()


def _visit_line(row: Locator) -> VisitLine:
    text = row.inner_text()
    found = re.search(r"([\d.]+) (米|公里)", text)
    distance_m = float(found.group(1)) * (1000 if found.group(2) == "公里" else 1) if found else None
    standing = next(word for word in ("未查", "进行中", "已查") if word in text)
    return VisitLine(text.splitlines()[0], distance_m, standing)
