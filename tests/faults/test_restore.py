"""T10: a district is backed up, lost, and put back on another kind of database; a bad backup changes nothing."""

from __future__ import annotations

import gzip
import hashlib
import random
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace as replaced
from pyrage import encrypt_file
from pyrage.x25519 import Identity
from sqlalchemy import select, update

from server import clock, ids
from server.audit import service as audit
from server.audit.chain import GENESIS, event_hash, fields_of
from server.audit.heads import KeptHead, encoded, head_key, keep_head, kept_heads
from server.auth.actor import System
from server.backups.errors import BackupDamaged, BackupError, BackupUnreadable, NotEmpty
from server.backups.making import make_backup
from server.backups.manifest import MANIFEST, OBJECTS
from server.backups.reading import check, opened_backup
from server.backups.restoring import restore
from server.backups.rows import encode_row, tables
from server.backups.seal import Seal
from server.district import District
from server.imports.filing import file_key
from server.installation import install_district, opened_district
from server.letters.scans import scan_key
from server.photos.desk import photo_key
from server.settings import Settings
from server.verification import verify
from storage.database.models import AuditEvent, AuditHead, Import, LetterScan, Person, Photo
from tests.districts import Templates, settings_for
from tests.faults.conftest import Tell, how_many

KEY = Identity.generate()
SEAL = Seal(str(KEY.to_public()), str(KEY))
LOADER = System(client="load")
Harm = Callable[[Path, random.Random], None]


async def rows_of(district: District) -> dict[str, list[bytes]]:
    """Every row of a backup as a line, by table; without the event that a restore adds."""
    found = {}
    async with district.database.reading() as session:
        for table in tables():
            query = select(table)
            if table.name == AuditEvent.__tablename__:
                query = query.where(table.c.action != "restore")
            found[table.name] = sorted(encode_row(tuple(row)) for row in await session.execute(query))
    found.pop(AuditHead.__tablename__)
    return found


async def grow(district: District, *, events: int, photos: int) -> None:
    """More rows and objects than the demo has."""
    async with district.database.writing() as session:
        for number in range(events):
            audit.record(session, actor=LOADER, action="load", subject=("load", str(number)), detail={"n": number})
    for number in range(photos):
        data = b"\xff\xd8" + number.to_bytes(4, "big") * 200
        sha256 = hashlib.sha256(data).hexdigest()
        await district.objects.put(photo_key(sha256), data)
        async with district.database.writing() as session:
            session.add(
                Photo(
                    sha256=sha256, kind="jpeg", size_bytes=len(data), width=1, height=1,
                    dhash="0" * 16, dhash_1=0, dhash_2=0, dhash_3=0, dhash_4=0, exif={}, received_at=clock.now(),
                )
            )  # fmt: skip
            told = {"sizeBytes": len(data), "kind": "jpeg"}
            audit.record(session, actor=LOADER, action="photo.received", subject=("photo", sha256), detail=told)


@contextmanager
def elsewhere(templates: Templates, kind: str, folder: Path) -> Iterator[Settings]:
    """Another machine: an empty database of this kind and an empty store."""
    folder.mkdir()
    with templates.empty(kind, folder) as url:
        yield settings_for(url, folder)


@pytest.fixture
async def lived_in(request: pytest.FixtureRequest, templates: Templates, tmp_path: Path) -> AsyncIterator[Settings]:
    """A demo district with two months behind it."""
    with templates.empty(request.param, tmp_path) as url:
        settings = settings_for(url, tmp_path)
        async with opened_district(settings) as district:
            await install_district(district)
        yield settings


@pytest.mark.parametrize(
    ("lived_in", "there"), [("sqlite", "postgresql"), ("postgresql", "sqlite")], indirect=["lived_in"]
)
async def test_t10_a_lost_district_is_put_back_row_by_row_and_photo_by_photo(
    lived_in: Settings, there: str, templates: Templates, tmp_path: Path, tell: Tell
) -> None:
    async with opened_district(lived_in) as district:
        await grow(district, events=how_many(4_000, 20_000), photos=how_many(150, 2_000))
        heads = await keep_heads(district, 3)
        before = await rows_of(district)
        dated = await make_backup(district, tmp_path / "backups", SEAL)
    shutil.rmtree(lived_in.data_dir / "objects")
    with elsewhere(templates, there, tmp_path / "there") as settings, opened_backup(dated, SEAL) as backup:
        async with opened_district(settings) as district:
            files = await restore(district, backup)
            assert await rows_of(district) == before
            assert {key: await district.objects.get(key) for key in heads} == heads
            verdict = await verify(district)
    assert (verdict.broken_event, dict(verdict.faults)) == (None, {})
    assert before["declaration_file"]  # reports that were handed in come back too
    assert verdict.photos == len(before["photo"]) == files - len(heads) - len(before["declaration_file"])
    tell(f"{sum(map(len, before.values()))} rows and {files} files put back on {there}, every hash the same")


async def keep_heads(district: District, days: int) -> dict[str, bytes]:
    """Heads of the chain as it is now, as of these last days; their bytes by key."""
    today = clock.today()
    for before in range(days):
        assert await keep_head(district, on=today - timedelta(days=before), now=clock.now()) == 1
    return await heads_of(district)


@pytest.mark.parametrize("lived_in", ["sqlite"], indirect=True)
async def test_t10_r89_a_chain_that_was_written_anew_is_found_after_a_restore_too(
    lived_in: Settings, templates: Templates, tmp_path: Path
) -> None:
    async with opened_district(lived_in) as district:
        heads = await keep_heads(district, 1)
        await rewrite_the_chain(district)
        assert (await verify(district)).broken_event is None  # the rows alone do not tell
        dated = await make_backup(district, tmp_path / "backups", SEAL)
    with elsewhere(templates, "sqlite", tmp_path / "there") as settings, opened_backup(dated, SEAL) as backup:
        check(backup)
        async with opened_district(settings) as district:
            await restore(district, backup)
            verdict = await verify(district)
    assert (dict(verdict.faults), verdict.first) == (
        {"heads, of another chain": 1}, dict.fromkeys(["heads, of another chain"], *heads),
    )  # fmt: skip


async def rewrite_the_chain(district: District) -> None:
    """Change what the first event says, and make every later one fit it."""
    async with district.database.writing() as session:
        previous = GENESIS
        for event in await session.scalars(select(AuditEvent).order_by(AuditEvent.seq)):
            event.client = "somebody else" if event.seq == 1 else event.client
            event.previous_hash, event.hash = previous, event_hash(previous, fields_of(event))
            previous = event.hash
        await session.execute(update(AuditHead).values(hash=previous))


@pytest.mark.parametrize("lived_in", ["sqlite"], indirect=True)
async def test_t10_each_backup_keeps_a_head_as_it_was_and_none_of_a_later_event(
    lived_in: Settings, templates: Templates, tmp_path: Path
) -> None:
    async with opened_district(lived_in) as district:
        await keep_heads(district, 1)
        first, plain = await make_backup(district, tmp_path / "backups", SEAL), await heads_of(district)
        (key,) = plain
        known = msgspec.json.decode(plain[key], type=KeptHead)
        await district.objects.put(key, encoded(replaced(known, stamp="AAAA")))
        later = replaced(known, head=replaced(known.head, seq=known.head.seq + 1))
        await district.objects.put(head_key(clock.today() + timedelta(days=1)), encoded(later))
        stamped = {key: await district.objects.get(key)}
        second = await make_backup(district, tmp_path / "backups", SEAL)
    for number, (dated, expected) in enumerate([(first, plain), (second, stamped)]):
        with elsewhere(templates, "sqlite", tmp_path / str(number)) as settings, opened_backup(dated, SEAL) as backup:
            async with opened_district(settings) as district:
                await restore(district, backup)
                assert await heads_of(district) == expected


async def heads_of(district: District) -> dict[str, bytes]:
    return {key: data async for key, data, _ in kept_heads(district)}


async def test_t10_brought_lists_and_scans_are_put_back_too(templates: Templates, tmp_path: Path) -> None:
    data = {file_key: b"a list", scan_key: b"%PDF-1.7 a scan"}
    keys = {key(hashlib.sha256(content).hexdigest()): content for key, content in data.items()}
    with templates.empty("sqlite", tmp_path) as url:
        async with opened_district(settings_for(url, tmp_path)) as district:
            await install_district(district)
            for key, content in keys.items():
                await district.objects.put(key, content)
            async with district.database.writing() as session:
                person = (await session.scalars(select(Person.id).limit(1))).one()
                session.add(
                    LetterScan(
                        sha256=hashlib.sha256(data[scan_key]).hexdigest(), size_bytes=15, received_at=clock.now(),
                        received_from=person,
                    )
                )  # fmt: skip
                session.add(
                    Import(
                        id=ids.uuid7(), kind="ledger", state="preview", file_name="台账.csv", format="csv",
                        sha256=hashlib.sha256(data[file_key]).hexdigest(), size_bytes=6,
                        source_name="", source_number="",
                        wants_letter=False, tables=[], table=0, heading_row=0, titles=[], fields=[],
                        received_at=clock.now(), received_by=person, version=1,
                    )
                )  # fmt: skip
            dated = await make_backup(district, tmp_path / "backups", SEAL)
    with elsewhere(templates, "sqlite", tmp_path / "there") as settings, opened_backup(dated, SEAL) as backup:
        async with opened_district(settings) as district:
            await restore(district, backup)
            assert {key: await district.objects.get(key) for key in keys} == keys


@pytest.fixture(scope="module")
async def kept_once(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One sealed backup of a demo district with its past."""
    folder = tmp_path_factory.mktemp("kept")
    with templates.empty("sqlite", folder) as url:
        async with opened_district(settings_for(url, folder)) as district:
            await install_district(district)
            await keep_heads(district, 1)
            return await make_backup(district, folder / "backups", SEAL)


@pytest.fixture
def dated(kept_once: Path, tmp_path: Path) -> Path:
    """A copy of that backup for one test to harm."""
    shutil.copytree(kept_once.parent, tmp_path / "backups")
    return tmp_path / "backups" / kept_once.name


def truncate(dated: Path, dice: random.Random) -> None:
    path = _some_rows(dated)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip_a_bit(dated: Path, dice: random.Random) -> None:
    path = _some_rows(dated)
    data = bytearray(path.read_bytes())
    data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    path.write_bytes(data)


def lose_an_object(dated: Path, dice: random.Random) -> None:
    dice.choice(_objects(dated)).unlink()


def exchange_an_object(dated: Path, dice: random.Random) -> None:
    one, other = dice.sample(_objects(dated), 2)
    shutil.copyfile(one, other)


def lose_a_head(dated: Path, dice: random.Random) -> None:
    _head(dated).unlink()


def rewrite_a_head(dated: Path, dice: random.Random) -> None:
    """Sealed for the right key, by somebody who would like another chain to fit."""
    plain = dated.parent / "plain.json"
    SEAL.open(_head(dated), plain, sealed=True)
    plain.write_bytes(plain.read_bytes().replace(b'"seq": ', b'"seq": 1'))
    encrypt_file(str(plain), str(_head(dated)), [KEY.to_public()])


def lose_the_manifest(dated: Path, dice: random.Random) -> None:
    (dated / MANIFEST).unlink()


def drop_a_row(dated: Path, dice: random.Random) -> None:
    """Rows that somebody with the public key wrote anew: sealed well, but not what the manifest sums."""
    path, plain = _some_rows(dated), dated.parent / "plain.gz"
    SEAL.open(path, plain, sealed=True)
    lines = gzip.decompress(plain.read_bytes()).splitlines(keepends=True)
    plain.write_bytes(gzip.compress(b"".join(lines[1:])))
    encrypt_file(str(plain), str(path), [KEY.to_public()])


def make_it_older(dated: Path, dice: random.Random) -> None:
    path = dated / MANIFEST
    path.write_text(path.read_text().replace('"revision": "', '"revision": "0000-'))


def _some_rows(dated: Path) -> Path:
    return dated / "finding.jsonl.gz"


def _head(dated: Path) -> Path:
    return next(path for path in _objects(dated) if "audit-heads" in path.parts)


def _objects(dated: Path) -> list[Path]:
    return sorted(path for path in (dated.parent / OBJECTS).rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("harm", "refused"),
    [
        (truncate, BackupError),
        (flip_a_bit, BackupError),
        (lose_an_object, BackupDamaged),
        (exchange_an_object, BackupDamaged),
        (lose_a_head, BackupDamaged),
        (rewrite_a_head, BackupDamaged),
        (lose_the_manifest, BackupDamaged),
        (drop_a_row, BackupDamaged),
        (make_it_older, BackupUnreadable),
    ],
)
async def test_t10_a_bad_backup_is_refused_and_nothing_is_written(
    dated: Path, harm: Harm, refused: type[BackupError], templates: Templates, tmp_path: Path
) -> None:
    harm(dated, random.Random(10))
    await _refused(dated, SEAL, refused, templates, tmp_path / "there")


async def test_t10_the_wrong_key_and_no_key_are_refused(dated: Path, templates: Templates, tmp_path: Path) -> None:
    wrong = replace(SEAL, identity=str(Identity.generate()))
    await _refused(dated, wrong, BackupUnreadable, templates, tmp_path / "wrong")
    await _refused(dated, Seal(), BackupUnreadable, templates, tmp_path / "none")


async def _refused(dated: Path, seal: Seal, refused: type[BackupError], templates: Templates, folder: Path) -> None:
    with elsewhere(templates, "sqlite", folder) as settings:
        async with opened_district(settings) as district:
            with pytest.raises(refused), opened_backup(dated, seal) as backup:
                await restore(district, backup)
        assert not list(folder.rglob("*.sqlite3")) or not (folder / "empty.sqlite3").stat().st_size
        assert not (settings.data_dir / "objects").exists()


@pytest.mark.parametrize("lived_in", ["sqlite"], indirect=True)
async def test_t10_a_district_that_is_there_is_never_overwritten_and_no_photo_is_copied_again(
    lived_in: Settings, tmp_path: Path
) -> None:
    async with opened_district(lived_in) as district:
        first = await make_backup(district, tmp_path / "backups", Seal())
        kept = {path: path.stat().st_mtime_ns for path in _objects(first)}
        second = await make_backup(district, tmp_path / "backups", Seal())
        assert {path: path.stat().st_mtime_ns for path in _objects(second)} == kept
        before = await rows_of(district)
        with pytest.raises(NotEmpty), opened_backup(second, Seal()) as backup:
            await restore(district, backup)
        assert await rows_of(district) == before
