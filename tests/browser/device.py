"""A phone or a desk: one browser profile that outlives its browser, as a real device does."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Playwright

from tests.browser.camera import write_film

OUTPUT = Path(__file__).resolve().parent.parent / "output" / "screens"

_NUMBERS = itertools.count()

FLAGS = [
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-default-apps",
    "--disable-features=Translate,OptimizationHints,MediaRouter",
    "--enable-unsafe-swiftshader",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]


@dataclass(frozen=True)
class Screen:
    """A kind of device: CSS pixels, and whether it is held in a hand."""

    width: int
    height: int
    handheld: bool


PHONE = Screen(390, 844, handheld=True)
SMALL_PHONE = Screen(360, 640, handheld=True)
DESK = Screen(1440, 900, handheld=False)


@dataclass(frozen=True)
class Position:
    """Where the device believes it is, WGS-84."""

    lat: float
    lon: float
    accuracy_m: float = 12.0


class Device:
    """One profile on disk. `open` starts the browser cold; `kill` is the battery falling out."""

    def __init__(
        self, playwright: Playwright, profile: Path, base_url: str, screen: Screen, position: Position
    ) -> None:
        self.profile = profile
        self.base_url = base_url
        self.screen = screen
        self.faults: list[str] = []  # uncaught errors of the pages; console errors but refused connections
        self._playwright = playwright
        self._position = position
        self._offline = False
        self._context: BrowserContext | None = None

    @property
    def page(self) -> Page:
        """The page in front."""
        return self.context.pages[-1]

    @property
    def context(self) -> BrowserContext:
        assert self._context is not None, "the browser is not running: open() first"
        return self._context

    @property
    def running(self) -> bool:
        return self._context is not None

    def open(self, path: str = "/") -> Page:
        """Start the browser if it does not run, and go to a page of the site."""
        if self._context is None:
            self._context = self._launch()
        page = self.context.pages[0] if self.context.pages else self.context.new_page()
        page.goto(self.base_url + path)
        return page

    def go_offline(self) -> None:
        """Cut the device's own network, until `go_online`."""
        self._offline = True
        self.context.set_offline(True)

    def go_online(self) -> None:
        self._offline = False
        self.context.set_offline(False)

    def walk_to(self, position: Position) -> None:
        """Move the device."""
        self._position = position
        self.context.set_geolocation(self._geolocation())

    def close(self) -> None:
        """Close the browser in good order."""
        context, self._context = self._context, None
        if context is not None:
            with contextlib.suppress(Error):
                context.close()

    def kill(self) -> None:
        """SIGKILL every process of the browser; what it had not written to disk is gone."""
        for pid in _processes_of(self.profile):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.close()
        for lock in self.profile.glob("Singleton*"):
            lock.unlink(missing_ok=True)

    def screenshot(self, name: str, *, full_page: bool = False) -> Path:
        """Keep what is seen as tests/output/screens/NAME.png, for people to look at."""
        OUTPUT.mkdir(parents=True, exist_ok=True)
        path = OUTPUT / f"{name}.png"
        self.page.screenshot(path=path, full_page=full_page)
        return path

    def _launch(self) -> BrowserContext:
        context = self._playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=chromium(),
            args=[*FLAGS, f"--use-file-for-fake-video-capture={self._film()}"],
            viewport={"width": self.screen.width, "height": self.screen.height},
            is_mobile=self.screen.handheld,
            has_touch=self.screen.handheld,
            device_scale_factor=2 if self.screen.handheld else 1,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            permissions=["geolocation", "camera"],
            geolocation=self._geolocation(),
            offline=self._offline,
        )
        context.set_default_timeout(20_000)
        context.on("weberror", lambda error: self.faults.append(str(error.error)))
        context.on("console", self._note)
        return context

    def _film(self) -> Path:
        number = next(_NUMBERS)
        return write_film(self.profile.with_suffix(".mjpeg"), f"{self.profile} {number}", number)

    def _geolocation(self) -> Any:
        here = self._position
        return {"latitude": here.lat, "longitude": here.lon, "accuracy": here.accuracy_m}

    def _note(self, message: ConsoleMessage) -> None:
        # A failed request is written to the console by the browser itself: offline that is no fault.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(message.text)


def chromium() -> str | None:
    """The machine's Chromium; None where only Playwright's own can be there."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def _processes_of(profile: Path) -> list[int]:
    """The browser that runs on a profile, and all its descendants."""
    parents: dict[int, int] = {}
    browsers: set[int] = set()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with contextlib.suppress(OSError, IndexError, ValueError):
            command = (entry / "cmdline").read_bytes().decode(errors="replace")
            # The process's name is in parentheses and may hold spaces: count from behind it.
            parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            if f"--user-data-dir={profile}" in command.split("\0"):
                browsers.add(int(entry.name))
    family = set(browsers)
    while grown := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= grown
    return sorted(family)
