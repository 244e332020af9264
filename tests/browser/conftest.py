"""Real devices in front of a real server process."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.browser.device import DESK, PHONE, Device, Position, Screen
from tests.servers.app import AppServer

# Somewhere in the demo district; a test walks on from here.
START = Position(27.83, 113.13)

NewDevice = Callable[[str, Screen], Device]


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    # Only while this folder's tests run: it holds an event loop, in which no asyncio test could.
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def installed_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a freshly installed demo district, to be copied."""
    folder = tmp_path_factory.mktemp("installed") / "data"
    AppServer(folder).start().stop()
    return folder


@pytest.fixture
def server(installed_data: Path, tmp_path: Path) -> Iterator[AppServer]:
    """A running server on a demo district of this test's own. It may be stopped, killed and started again."""
    data_dir = tmp_path / "data"
    shutil.copytree(installed_data, data_dir)
    running = AppServer(data_dir).start()
    yield running
    running.stop()


@pytest.fixture
def new_device(playwright: Playwright, server: AppServer, tmp_path: Path) -> Iterator[NewDevice]:
    """`new_device("inspector's phone", PHONE)`: a device with an empty profile, pointed at the server."""
    made: list[Device] = []

    def make(name: str, screen: Screen) -> Device:
        device = Device(playwright, tmp_path / f"profile-{name}", server.url, screen, START)
        made.append(device)
        return device

    yield make
    for device in made:
        device.close()


@pytest.fixture
def phone(new_device: NewDevice) -> Device:
    """A phone, 390 x 844."""
    return new_device("phone", PHONE)


@pytest.fixture
def desk(new_device: NewDevice) -> Device:
    """A desktop browser, 1440 x 900."""
    return new_device("desk", DESK)
