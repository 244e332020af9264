"""The settings are one list: in server/settings.py, in .env.example and in the compose file."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.lint.files import ROOT

NAME = re.compile(r"XUNGAI_[A-Z_]+[A-Z]")
ENTRY = re.compile(r"^#? ?([A-Z][A-Z0-9_]+)=", re.MULTILINE)
USED = re.compile(r"\$\{([A-Z][A-Z0-9_]+)")
# What the pages' own build is read from, and the demo: neither belongs into an installation.
NOT_FOR_INSTALLATIONS = {"XUNGAI_DEMO", "XUNGAI_PWA_DIR"}


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_example_names_every_setting_and_no_other() -> None:
    known = set(NAME.findall(text("server/settings.py")))
    listed = {name for name in ENTRY.findall(text(".env.example")) if name.startswith("XUNGAI_")}
    assert listed == known - NOT_FOR_INSTALLATIONS


def test_the_compose_file_sets_what_the_server_reads_and_asks_for_what_the_example_gives() -> None:
    compose = text("docker-compose.yml")
    assert set(NAME.findall(compose)) <= set(NAME.findall(text("server/settings.py")))
    assert set(USED.findall(compose)) <= set(ENTRY.findall(text(".env.example")))


def beside(program: str) -> str:
    return str(Path(sys.executable).with_name(program))


def checked(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a checker with an empty environment, so that only the named files count."""
    return subprocess.run(command, cwd=ROOT, env={"PATH": ""}, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def filled(tmp_path: Path) -> str:
    """The example with every secret given."""
    path = tmp_path / "filled.env"
    path.write_text(re.sub(r"^(\w+)=$", r"\1=" + "s" * 40, text(".env.example"), flags=re.MULTILINE))
    return str(path)


STORES = {"minio": "pgsty/minio:", "seaweedfs": "chrislusf/seaweedfs:", "rustfs": "rustfs/rustfs:"}


@pytest.mark.parametrize("store", STORES)
def test_compose_accepts_its_file_with_each_store(filled: str, tmp_path: Path, store: str) -> None:
    chosen = tmp_path / "compose.yml"
    chosen.write_text(text("docker-compose.yml").replace("<<: [*minio,", f"<<: [*{store},"), encoding="utf-8")
    place = ["-f", str(chosen), "--project-directory", str(ROOT), "--env-file", filled]
    answer = checked(beside("docker-compose"), *place, "config", "--images")
    assert answer.returncode == 0, answer.stderr
    assert any(image.startswith(STORES[store]) for image in answer.stdout.splitlines())


def test_compose_refuses_to_start_without_secrets() -> None:
    answer = checked(beside("docker-compose"), "--env-file", ".env.example", "config", "-q")
    assert answer.returncode != 0
    assert "XUNGAI_SECRET_KEY is missing" in answer.stderr


def test_the_dockerfile_is_clean() -> None:
    answer = checked(beside("hadolint"), "Dockerfile")
    assert answer.returncode == 0, answer.stdout
