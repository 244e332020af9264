"""Settings: safe defaults on this machine, and a refusal to start where there are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.settings import SettingsError, is_loopback, read_settings

SECRET = "thirty-two characters of a secret"


def test_on_this_machine_nothing_need_be_set_and_the_secret_is_kept(tmp_path: Path) -> None:
    settings = read_settings({"XUNGAI_DATA_DIR": str(tmp_path)})
    assert (settings.host, settings.port, settings.public_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert settings.demo is False
    assert settings.database_url == f"sqlite+aiosqlite:///{tmp_path / 'xungai.sqlite3'}"
    assert settings.objects_url == (tmp_path / "objects").as_uri()
    assert len(settings.secret_key) >= 32
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
    assert read_settings({"XUNGAI_DATA_DIR": str(tmp_path)}).secret_key == settings.secret_key


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"XUNGAI_HOST": "0.0.0.0"}, "XUNGAI_PUBLIC_URL"),
        ({"XUNGAI_HOST": "0.0.0.0", "XUNGAI_PUBLIC_URL": "http://xungai.example"}, "XUNGAI_PUBLIC_URL"),
        ({"XUNGAI_HOST": "0.0.0.0", "XUNGAI_PUBLIC_URL": "https://"}, "XUNGAI_PUBLIC_URL"),
        ({"XUNGAI_HOST": "0.0.0.0", "XUNGAI_PUBLIC_URL": "http://127.0.0.1:8000"}, "XUNGAI_PUBLIC_URL"),
        ({"XUNGAI_PUBLIC_URL": "http://xungai.example"}, "XUNGAI_PUBLIC_URL"),
        ({"XUNGAI_HOST": "0.0.0.0", "XUNGAI_PUBLIC_URL": "https://xungai.example"}, "XUNGAI_SECRET_KEY"),
        ({"XUNGAI_SECRET_KEY": "short"}, "XUNGAI_SECRET_KEY"),
        ({"XUNGAI_PORT": "eighty"}, "XUNGAI_PORT"),
    ],
)
def test_what_would_be_unsafe_does_not_start_and_says_what_is_missing(
    tmp_path: Path, given: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsError, match=named):
        read_settings({"XUNGAI_DATA_DIR": str(tmp_path), **given})


def test_off_this_machine_it_starts_with_https_and_a_secret(tmp_path: Path) -> None:
    settings = read_settings(
        {
            "XUNGAI_DATA_DIR": str(tmp_path),
            "XUNGAI_HOST": "0.0.0.0",
            "XUNGAI_PUBLIC_URL": "https://xungai.example/",
            "XUNGAI_SECRET_KEY": SECRET,
            "XUNGAI_TRUSTED_PROXIES": "10.0.0.1,10.0.0.2",
        }
    )
    assert (settings.public_url, settings.public_origin) == ("https://xungai.example", "https://xungai.example")
    assert settings.trusted_proxies == {"10.0.0.1", "10.0.0.2"}
    assert not (tmp_path / "secret-key").exists()


@pytest.mark.parametrize(
    ("host", "stays_here"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("localhost", True),
        ("::1", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.2", False),
        ("localhost.example", False),
        ("127.0.0.1.example", False),
        ("", False),
    ],
)
def test_which_hosts_never_leave_this_machine(host: str, stays_here: bool) -> None:
    assert is_loopback(host) is stays_here


def test_an_empty_key_of_a_process_that_died_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "secret-key").touch()
    key = read_settings({"XUNGAI_DATA_DIR": str(tmp_path)}).secret_key
    assert len(key) >= 32
    assert read_settings({"XUNGAI_DATA_DIR": str(tmp_path)}).secret_key == key
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


TILES = "https://t0.tiles.example/vec?z={z}&x={x}&y={y}&tk={key}"


def test_the_key_of_the_tiles_is_filled_in(tmp_path: Path) -> None:
    settings = read_settings(
        {
            "XUNGAI_DATA_DIR": str(tmp_path),
            "XUNGAI_MAP_TILES": f"{TILES}  http://localhost:9/{{z}}/{{x}}/{{y}}.png",
            "XUNGAI_MAP_TILES_KEY": "a&b",
            "XUNGAI_MAP_TILES_DATUM": "gcj02",
        }
    )
    first = "https://t0.tiles.example/vec?z={z}&x={x}&y={y}&tk=a%26b"
    assert settings.map_tiles == (first, "http://localhost:9/{z}/{x}/{y}.png")
    assert (settings.map_datum, settings.map_archive) == ("gcj02", None)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"XUNGAI_MAP_TILES": "http://t0.tiles.example/{z}/{x}/{y}"}, "XUNGAI_MAP_TILES"),
        ({"XUNGAI_MAP_TILES": "https://t0.tiles.example/{z}/{x}"}, "XUNGAI_MAP_TILES"),
        ({"XUNGAI_MAP_TILES": "https://a;script-src/{z}/{x}/{y}"}, "XUNGAI_MAP_TILES"),
        ({"XUNGAI_MAP_TILES": "https://*/{z}/{x}/{y}"}, "XUNGAI_MAP_TILES"),
        ({"XUNGAI_MAP_TILES": TILES}, "XUNGAI_MAP_TILES_KEY"),
        ({"XUNGAI_MAP_TILES_DATUM": "bd09"}, "XUNGAI_MAP_TILES_DATUM"),
        ({"XUNGAI_MAP_TILES_DATUM": "gcj02", "XUNGAI_MAP_PMTILES": "ground.pmtiles"}, "XUNGAI_MAP_PMTILES"),
    ],
)
def test_tiles_that_would_not_work_or_would_open_the_policy_are_refused(
    tmp_path: Path, given: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsError, match=named):
        read_settings({"XUNGAI_DATA_DIR": str(tmp_path), **given})
