"""Real devices in front of a real server process: one server a module, one profile a device."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect, sync_playwright

from tests.browser.device import DESK, PHONE, Device, Position, Screen
from tests.servers.app import ROOT, AppServer

# Beside 东门社区卫生服务站 of the demo district; a test walks on from here.
START = Position(27.8713, 113.1263)
_PATIENCE_MS = 30_000

NewDevice = Callable[[str, Screen], Device]


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    # Only while this folder's tests run: it holds an event loop, in which no asyncio test could.
    with sync_playwright() as running:
        expect.set_options(timeout=_PATIENCE_MS)
        yield running


@pytest.fixture(scope="package")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built pages as they were when the tests began: whoever builds them anew meanwhile changes nothing here."""
    copy = tmp_path_factory.mktemp("pages") / "dist"
    shutil.copytree(os.environ.get("XUNGAI_PWA_DIR", ROOT / "pwa" / "dist"), copy)
    return copy


@pytest.fixture(scope="package")
def installed_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a freshly installed demo district, to be copied.

    Its offices have written nothing yet: the stories write the year's first letters, meetings and summaries themselves.
    """
    folder = tmp_path_factory.mktemp("installed") / "data"
    # In a process of its own: no second event loop may run beside Playwright's.
    subprocess.run([sys.executable, "-m", "tests.servers.demo", str(folder)], cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="module")
def server(
    installed_data: Path, pages: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[AppServer]:
    """A running server on a demo district of this module's own. It may be stopped, killed and started again."""
    data_dir = tmp_path_factory.mktemp(request.module.__name__.rpartition(".")[2]) / "data"
    shutil.copytree(installed_data, data_dir)
    served = data_dir.with_name("dist")
    shutil.copytree(pages, served)
    running = AppServer(data_dir, XUNGAI_PWA_DIR=str(served)).start()
    yield running
    running.stop()


@pytest.fixture
def new_device(playwright: Playwright, server: AppServer, tmp_path: Path) -> Iterator[NewDevice]:
    """`new_device("inspector's phone", PHONE)`: a device with an empty profile, pointed at the server.

    When the test is over no page may have failed: no uncaught error, no broken content security policy.
    """
    made: list[Device] = []

    def make(name: str, screen: Screen) -> Device:
        device = Device(playwright, tmp_path / f"profile-{name}", server.url, screen, START)
        made.append(device)
        return device

    yield make
    for device in made:
        device.close()
    assert [fault for device in made for fault in device.faults] == []


@pytest.fixture
def phone(new_device: NewDevice) -> Device:
    """A phone, 390 x 844."""
    return new_device("phone", PHONE)


@pytest.fixture
def desk(new_device: NewDevice) -> Device:
    """A desktop browser, 1440 x 900."""
    return new_device("desk", DESK)
