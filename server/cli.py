"""`python -m server`: run, install, first-admin, sweep, verify, head, openapi; backup, check-backup, restore."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import msgspec
import uvicorn

from server import clock
from server.app import create_app
from server.audit.heads import KeptHead, current_head, encoded
from server.audit.stamps import StampError
from server.auth.first_admin import LOGIN as FIRST_LOGIN
from server.auth.first_admin import make_first_admin
from server.auth.passwords import DEMO_PASSWORD
from server.backups.commands import run_backup, run_check, run_restore
from server.demo.people import PEOPLE
from server.installation import install, install_district, opened_district
from server.settings import Settings, SettingsError, read_settings
from server.sweep import sweep
from server.tasks.desk import open_desk
from server.verification import Verdict, verify

OPENAPI = Path(__file__).resolve().parent.parent / "schemas" / "openapi.json"


def main() -> int:
    """Run one command; 0 when it went well."""
    parser = argparse.ArgumentParser(prog="xungai", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name in _COMMANDS:
        commands.add_parser(name, help=_COMMANDS[name].__doc__)
    for name in _WITH_FOLDER:
        commands.add_parser(name, help=_WITH_FOLDER[name].__doc__).add_argument("folder", type=Path)
    chosen = parser.parse_args()
    try:
        settings = read_settings()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    if chosen.command in _WITH_FOLDER:
        return _WITH_FOLDER[chosen.command](settings, chosen.folder)
    return _COMMANDS[chosen.command](settings)


def run(settings: Settings) -> int:
    """Serve until stopped."""
    print(f"Xungai 巡改  {settings.public_url}", flush=True)
    if settings.demo:
        logins = " ".join(person.login for person in PEOPLE)
        print(f"  demo logins 演示账号: {logins}\n  password 密码: {DEMO_PASSWORD}\n", end="", flush=True)
        print(f"  phone 手机端 {settings.public_url}/   desk 电脑端 {settings.public_url}/office", flush=True)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=10,
    )
    return 0


def run_install(settings: Settings) -> int:
    """Install or upgrade the district."""
    asyncio.run(install(settings))
    return 0


def run_first_admin(settings: Settings) -> int:
    """Make the first administrator of a fresh installation and print a password for one sign-in."""

    async def make() -> str | None:
        async with opened_district(settings) as district:
            await install_district(district)
            async with district.database.writing() as session:
                return await make_first_admin(session)

    password = asyncio.run(make())
    if password is None:
        print("there is an administrator already; they give out one-time passwords", file=sys.stderr)
        return 1
    print(f"login: {FIRST_LOGIN}\none-time password (15 minutes): {password}")
    return 0


def run_sweep(settings: Settings) -> int:
    """Do once what the calendar asks for."""

    async def once() -> dict[str, int]:
        async with opened_district(settings) as district:
            with closing(open_desk(district)) as desk:
                return await sweep(district, desk)

    for what, count in asyncio.run(once()).items():
        print(f"{what}: {count}")
    return 0


def run_verify(settings: Settings) -> int:
    """Read the audit chain and every photo from end to end; 1 and the first of each that does not fit."""

    async def walk() -> Verdict:
        async with opened_district(settings) as district:
            return await verify(district)

    verdict = asyncio.run(walk())
    print("\n".join(verdict.lines()))
    return 0 if verdict.holds else 1


def run_head(settings: Settings) -> int:
    """Write the audit chain's head of now into a file, stamped where a service is set; print it for paper."""

    async def read() -> KeptHead | None:
        async with opened_district(settings) as district:
            return await current_head(district, on=clock.today(), now=clock.now())

    try:
        kept = asyncio.run(read())
    except StampError as error:
        print(f"no time stamp: {error}", file=sys.stderr)
        return 1
    if kept is None:
        print("nothing has happened yet", file=sys.stderr)
        return 1
    path = settings.data_dir / "heads" / f"{kept.head.at:%Y-%m-%dT%H%M%SZ}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encoded(kept))
    print(f"{kept.head.on} event {kept.head.seq} {kept.head.hash}\n{path}")
    return 0


def write_openapi(settings: Settings) -> int:
    """Write the committed description of the wire anew."""
    schema = create_app(settings).openapi_schema.to_schema()
    # Defaults of structs stand in the schema as structs.
    text = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True, default=msgspec.to_builtins)
    OPENAPI.write_text(text + "\n", encoding="utf-8")
    return 0


_COMMANDS: Mapping[str, Callable[[Settings], int]] = {
    "run": run,
    "first-admin": run_first_admin,
    "install": run_install,
    "sweep": run_sweep,
    "verify": run_verify,
    "head": run_head,
    "openapi": write_openapi,
}
_WITH_FOLDER: Mapping[str, Callable[[Settings, Path], int]] = {
    "backup": run_backup,
    "check-backup": run_check,
    "restore": run_restore,
}
