"""T20: bits flip, objects go, strays appear; all are reported, none is served as good, and good bytes heal."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from server.photos.desk import photo_key
from server.settings import Settings
from tests.conftest import SignIn
from tests.factories import uploads
from tests.factories.crew import problem
from tests.faults.conftest import DRILL, Tell, how_many
from tests.faults.phone import small_photo
from tests.servers.app import ROOT

COPIES = ("screen", "declaration", "stamped")


def run_verify(settings: Settings) -> tuple[int, list[str]]:
    """`python -m server verify` on this district: its exit code and its lines."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("XUNGAI_")},
        "XUNGAI_DATABASE_URL": settings.database_url,
        "XUNGAI_DATA_DIR": str(settings.data_dir),
        "XUNGAI_SECRET_KEY": settings.secret_key,
    }
    command = [sys.executable, "-m", "server", "verify"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.stderr == "", done.stderr
    return done.returncode, done.stdout.splitlines()


def stored(settings: Settings, digest: str) -> Path:
    return settings.data_dir / "objects" / photo_key(digest)


def flip_one_bit(path: Path, dice: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    path.write_bytes(data)


def leave_stray(settings: Settings, *, hours_old: float) -> str:
    data = small_photo()
    path = stored(settings, uploads.sha256(data))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    then = time.time() - hours_old * 3600
    os.utime(path, (then, then))
    return photo_key(uploads.sha256(data))


async def deliver(who: httpx.AsyncClient, data: bytes) -> None:
    answer = await uploads.send(who, data)
    assert answer.headers.get("x-photo-sha256") == uploads.sha256(data), answer.text


@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"] if DRILL else ["sqlite"])
async def test_t20_all_damage_is_reported_and_none_is_served_as_good(
    sign_in: SignIn, settings: Settings, tell: Tell
) -> None:
    dice = random.Random(20)
    flips, gone, cut, extra, sound = how_many(50, 500), 10, 5, 10, 20
    inspector = await sign_in("inspector")
    photos = {uploads.sha256(data): data for data in (small_photo() for _ in range(flips + gone + cut + sound))}
    for data in photos.values():
        await deliver(inspector, data)
    assert run_verify(settings) == (0, ["the audit chain holds", f"photos read from end to end: {len(photos)}"])

    names = list(photos)
    flipped, removed = names[:flips], names[flips : flips + gone]
    shortened, good = names[flips + gone : -sound], names[-sound:]
    for name in flipped:
        flip_one_bit(stored(settings, name), dice)
    for name in removed:
        stored(settings, name).unlink()
    for name in shortened:
        stored(settings, name).write_bytes(photos[name][:-1])
    strays = [leave_stray(settings, hours_old=49) for _ in range(extra)]
    leave_stray(settings, hours_old=1)  # an upload under way

    code, lines = run_verify(settings)
    told = {line.split(", the first ")[0]: line.split(", the first ")[1] for line in lines[2:]}
    assert code == 1
    assert told == {
        f"photos, other bytes: {flips}": photo_key(min(flipped)),
        f"photos, missing: {gone}": photo_key(min(removed)),
        f"photos, other size: {cut}": photo_key(min(shortened)),
        f"photos, without a receipt: {extra}": told[f"photos, without a receipt: {extra}"],
    }
    assert told[f"photos, without a receipt: {extra}"] in strays

    for name in [*flipped, *removed, *shortened]:
        whole = await inspector.get(f"/api/photos/{name}/original")
        part = await inspector.get(f"/api/photos/{name}/original", headers={"Range": "bytes=0-9"})
        made = await inspector.get(f"/api/photos/{name}/{dice.choice(COPIES)}")
        for answer in (whole, part, made):
            assert (answer.status_code, problem(answer)) == (500, "photo-damaged")
        assert (await inspector.get(f"/api/photos/{name}")).status_code == 200  # what is known of it stays
    for name in good:
        kept = await inspector.get(f"/api/photos/{name}/original")
        assert (kept.status_code, kept.content) == (200, photos[name])

    # The phone keeps its bytes for some days yet: sent again, they take the place of what was lost.
    for name in [*flipped, *removed, *shortened]:
        await deliver(inspector, photos[name])
        assert (await inspector.get(f"/api/photos/{name}/original")).content == photos[name]
    code, lines = run_verify(settings)
    assert (code, len(lines)) == (1, 3)  # the strays are left to the sweeper
    tell(f"{flips} bits flipped, {gone} removed, {cut} cut short, {extra} strays: all reported, 0 served, all healed")
