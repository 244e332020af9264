"""T2: Chromium is killed at random moments while answers and photos are written. What it called saved is there."""

from __future__ import annotations

import os
from random import Random

from playwright.sync_api import expect

from tests.browser.checklist import Checklist
from tests.browser.device import Device
from tests.browser.phone import Phone

CYCLES = 200 if os.environ.get("XUNGAI_DRILL") else 10
SITE, SECTION = "北门社区卫生服务站", "YL-B"
CODES = [f"{SECTION}0{number}" for number in range(1, 7)]

# Press a button of a question, and say what the page claims at that very moment.
_PRESS = """([code, word]) => {
    const card = document.getElementById(`item-${code}`)
    ;[...card.querySelectorAll('.option')].find((one) => one.innerText.trim() === word).click()
}"""
_CLAIM = """() => ({
    saved: [...document.querySelectorAll('[role=status]')].some((one) => one.innerText.startsWith('✓ 已保存')),
    answers: Object.fromEntries([...document.querySelectorAll('article.item')].map((card) =>
        [card.id.slice(5), card.querySelector('[aria-pressed=true]')?.innerText.trim() ?? ''])),
})"""
_TORN = """() => new Promise((done, failed) => {
    const opening = indexedDB.open('xungai')
    opening.onsuccess = () => {
        const reading = opening.result.transaction(['photos', 'bytes'])
        const all = ['photos', 'bytes'].map((name) => reading.objectStore(name).getAll())
        reading.onerror = () => failed(reading.error)
        reading.oncomplete = async () => {
            const bytes = new Map(all[1].result.map((row) => [row.id, row.bytes]))
            const torn = []
            for (const photo of all[0].result) {
                const digest = await crypto.subtle.digest('SHA-256', bytes.get(photo.id) ?? new ArrayBuffer(0))
                const hash = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
                if (hash !== photo.sha256) torn.push(photo.id)
            }
            done([all[0].result.length, torn])
        }
    }
})"""


class Ledger:
    """What the page has claimed to be saved, and what was done after that: the truth lies between."""

    def __init__(self) -> None:
        self.saved = dict.fromkeys(CODES, "")
        self.later: dict[str, set[str]] = {code: set() for code in CODES}
        self.photos_saved = 0
        self.photos_tried = 0

    def pressed(self, code: str, word: str) -> None:
        self.later[code].add(word)

    def claimed(self, saved: bool, answers: dict[str, str]) -> None:
        if saved:
            self.saved = {code: answers[code] for code in CODES}
            self.later = {code: set() for code in CODES}

    def check(self, answers: dict[str, str], photos: int) -> None:
        for code in CODES:
            assert answers[code] in {self.saved[code]} | self.later[code], f"{code} was called saved"
        assert self.photos_saved <= photos <= self.photos_tried
        self.claimed(True, answers)
        self.photos_saved = self.photos_tried = photos


def test_what_the_page_called_saved_outlives_every_kill(phone: Device) -> None:
    dice, ledger = Random(20261124), Ledger()
    inspector = Phone(phone).start().sign_in("inspector").ready_offline().next_day()
    inspector.open_visit(SITE)
    Checklist(inspector.begin()).section_of(CODES[0]).answer(CODES[0], "是").expect_saved()
    ledger.claimed(**phone.page.evaluate(_CLAIM))
    for _ in range(CYCLES):
        _work(inspector, dice, ledger)
        phone.kill()
        checklist = Checklist(inspector.start())
        expect(checklist.card(CODES[0])).to_be_visible()
        photos, torn = phone.page.evaluate(_TORN)
        assert torn == []
        ledger.check(phone.page.evaluate(_CLAIM)["answers"], photos)
    assert ledger.photos_saved > 0


def _work(inspector: Phone, dice: Random, ledger: Ledger) -> None:
    """Some quick answers, sometimes a photo; the battery falls out right after the last one."""
    page = inspector.page
    for _ in range(dice.randrange(1, 9)):
        code, word = dice.choice(CODES), dice.choice(("是", "否"))
        ledger.pressed(code, word)
        page.evaluate(_PRESS, [code, word])
        ledger.claimed(**page.evaluate(_CLAIM))
    if dice.random() < 0.5:
        Checklist(inspector).open_camera(dice.choice(CODES))
        for _ in range(dice.randrange(1, 3)):
            ledger.photos_tried += 1
            inspector.shoot()
            ledger.photos_saved += 1
        if dice.random() < 0.7:
            ledger.photos_tried += 1
            inspector.press_shutter()
