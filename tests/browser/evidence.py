"""What became of the bytes: the phone's own hashes beside what the server keeps."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

_RECORD = """() => {
    const seen = (window.xungaiSeen = [])
    const note = () => {
        const text = document.querySelector('main')?.innerText ?? ''
        const greens = [...document.querySelectorAll('main .done')].map((one) => one.innerText).filter(Boolean)
        if (seen.at(-1)?.text !== text) seen.push({ text, greens })
    }
    const everything = { subtree: true, childList: true, characterData: true, attributes: true }
    new MutationObserver(note).observe(document.body, everything)
    note()
}"""
_HASHES = """() => new Promise((done, failed) => {
    const opening = indexedDB.open('xungai')
    opening.onerror = () => failed(opening.error)
    opening.onsuccess = () => {
        const reading = opening.result.transaction('photos').objectStore('photos').getAll()
        reading.onsuccess = () => done(reading.result.map((photo) => photo.sha256))
        reading.onerror = () => failed(reading.error)
    }
})"""


@dataclass(frozen=True)
class Seen:
    """One picture of a page: its words, and which of them were green."""

    text: str
    greens: list[str]


class Recorder:
    """Everything that a page showed from now on, however shortly."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.evaluate(_RECORD)

    def seen(self) -> list[Seen]:
        return [Seen(**one) for one in self._page.evaluate("() => window.xungaiSeen")]

    def first(self, pattern: str) -> int:
        """The place of the first picture that shows this; fails where none does."""
        return next(at for at, one in enumerate(self.seen()) if re.search(pattern, one.text))


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def hashes_on_phone(page: Page) -> set[str]:
    """The hashes of all photos that this phone keeps, as it sealed them at the shutter."""
    return set(page.evaluate(_HASHES))


def hashes_in_store(data_dir: Path) -> set[str]:
    """The hashes of everything in the server's object store, worked out from the bytes on its disk."""
    return {sha256(file.read_bytes()) for file in (data_dir / "objects").rglob("*") if file.is_file()}
