"""The page that a letter's printed code opens: what somebody without an account sees and does there."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.device import Device


class ReplyPage:
    """A browser that has scanned the code of a letter."""

    def __init__(self, device: Device) -> None:
        self.device = device

    @property
    def page(self) -> Page:
        return self.device.page

    def scan(self, url: str) -> ReplyPage:
        """Open what stands in the code; its server is the one of this test."""
        self.device.open("/reply" + url[url.index("#") :])
        return self

    def tell(self, name: str, post: str, phone: str) -> ReplyPage:
        for label, text in (("姓名", name), ("职务", post), ("联系电话", phone)):
            field = self.page.get_by_label(label, exact=True)
            field.fill(text)
            field.blur()
        return self

    def task(self, problem: str) -> Locator:
        return self.page.get_by_role("article").filter(has_text=problem).first

    def sign_for(self, problem: str) -> ReplyPage:
        self.task(problem).get_by_role("button", name="签收", exact=True).tap()
        expect(self.task(problem).get_by_text("已签收")).to_be_visible()
        return self

    def write_reply(self, problem: str, *, measure: str, text: str, photo: Path) -> Locator:
        """Fill the form of a task, a photo taken on the spot with it; the form."""
        card = self.task(problem)
        card.get_by_role("button", name="回复整改情况").tap()
        form = card.get_by_role("form")
        form.get_by_label("整改措施").fill(measure)
        form.get_by_label("整改结果").fill(text)
        form.get_by_label("拍照").set_input_files(photo)
        expect(form.get_by_role("img", name="整改照片")).to_be_visible()
        return form

    def send(self, form: Locator, name: str = "提交回复") -> ReplyPage:
        form.get_by_role("button", name=re.compile(f"^{name}")).tap()
        return self
