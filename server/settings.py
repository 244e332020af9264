"""Everything that an installation may set, read once from XUNGAI_* variables. The only reader of the environment."""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from schemas.maps import Datum

_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?")


class SettingsError(ValueError):
    """A setting is missing or unsafe; the text says which one and what to do."""


@dataclass(frozen=True)
class Settings:
    """How one process runs. Paths are absolute; the public URL is where browsers reach it."""

    database_url: str
    objects_url: str
    host: str
    port: int
    public_url: str
    data_dir: Path
    secret_key: str
    demo: bool
    trusted_proxies: frozenset[str]
    sweep_seconds: int
    tsa_url: str
    tsa_roots: Path | None
    pwa_dir: Path
    map_tiles: tuple[str, ...] = ()
    map_datum: Datum = "wgs84"
    map_attribution: str = ""
    map_archive: Path | None = None
    backup_recipient: str | None = None
    backup_identity_file: Path | None = None

    @property
    def public_origin(self) -> str:
        """Scheme and authority of the public URL, as a browser's Origin header has it."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}"


def is_loopback(host: str) -> bool:
    """Whether a host name or address never leaves this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings, from the process's environment by default.

    Raises SettingsError where a needed one is missing or an unsafe one would be used off loopback.
    """
    env = dict(os.environ if environment is None else environment)
    data_dir = Path(env.get("XUNGAI_DATA_DIR", "data")).resolve()
    host = env.get("XUNGAI_HOST", "127.0.0.1")
    port = _whole_number(env, "XUNGAI_PORT", 8000)
    public_url = env.get("XUNGAI_PUBLIC_URL", f"http://{host}:{port}").rstrip("/")
    _refuse_unsafe_public_url(host, public_url, chosen="XUNGAI_PUBLIC_URL" in env)
    return Settings(
        database_url=env.get("XUNGAI_DATABASE_URL", f"sqlite+aiosqlite:///{data_dir / 'xungai.sqlite3'}"),
        objects_url=env.get("XUNGAI_OBJECTS_URL", (data_dir / "objects").as_uri()),
        host=host,
        port=port,
        public_url=public_url,
        data_dir=data_dir,
        secret_key=_secret_key(env, data_dir, host),
        demo=env.get("XUNGAI_DEMO", "") == "1",
        trusted_proxies=frozenset(part for part in env.get("XUNGAI_TRUSTED_PROXIES", "").split(",") if part),
        sweep_seconds=_whole_number(env, "XUNGAI_SWEEP_SECONDS", 300),
        tsa_url=_web_address(env, "XUNGAI_TSA_URL"),
        tsa_roots=Path(env["XUNGAI_TSA_ROOTS"]).resolve() if env.get("XUNGAI_TSA_ROOTS") else None,
        pwa_dir=Path(env.get("XUNGAI_PWA_DIR", Path(__file__).resolve().parent.parent / "pwa" / "dist")),
        map_tiles=_tiles(env),
        map_datum=_datum(env),
        map_attribution=env.get("XUNGAI_MAP_ATTRIBUTION", ""),
        map_archive=_path(env, "XUNGAI_MAP_PMTILES"),
        backup_recipient=env.get("XUNGAI_BACKUP_RECIPIENT") or None,
        backup_identity_file=_path(env, "XUNGAI_BACKUP_IDENTITY_FILE"),
    )


def _whole_number(env: Mapping[str, str], name: str, default: int) -> int:
    try:
        return int(env.get(name, default))
    except ValueError as error:
        raise SettingsError(f"{name} must be a whole number") from error


def _path(env: Mapping[str, str], name: str) -> Path | None:
    given = env.get(name)
    return Path(given).resolve() if given else None


def _tiles(env: Mapping[str, str]) -> tuple[str, ...]:
    """Addresses of tiles with the service's key filled in; several are drawn one over the other."""
    key = quote(env.get("XUNGAI_MAP_TILES_KEY", ""), safe="")
    templates = tuple(env.get("XUNGAI_MAP_TILES", "").split())
    for template in templates:
        parts = urlsplit(template)
        safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
        # The host stands in a header (the content security policy): nothing but a host may be there.
        if not (safe and _HOST.fullmatch(parts.netloc) and all(place in template for place in ("{z}", "{x}", "{y}"))):
            raise SettingsError("XUNGAI_MAP_TILES must be https addresses that contain {z}, {x} and {y}")
        if "{key}" in template and not key:
            raise SettingsError("XUNGAI_MAP_TILES_KEY is missing: an address of XUNGAI_MAP_TILES asks for {key}")
    return tuple(template.replace("{key}", key) for template in templates)


def _datum(env: Mapping[str, str]) -> Datum:
    match env.get("XUNGAI_MAP_TILES_DATUM") or "wgs84":
        case "wgs84":
            return "wgs84"
        case "gcj02" if env.get("XUNGAI_MAP_PMTILES"):
            raise SettingsError("XUNGAI_MAP_PMTILES is in wgs84 and cannot lie under tiles in gcj02: choose one")
        case "gcj02":
            return "gcj02"
        case _:
            raise SettingsError("XUNGAI_MAP_TILES_DATUM must be wgs84 or gcj02")


def _web_address(env: Mapping[str, str], name: str) -> str:
    url = env.get(name, "")
    if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
        raise SettingsError(f"{name} must be the http or https address of a service")
    return url


def _refuse_unsafe_public_url(host: str, public_url: str, *, chosen: bool) -> None:
    parts = urlsplit(public_url)
    if parts.scheme == "https" and parts.hostname:
        return
    if is_loopback(host) and parts.scheme == "http" and is_loopback(parts.hostname or ""):
        return
    problem = "is missing" if not chosen else "is not https"
    raise SettingsError(
        f"XUNGAI_PUBLIC_URL {problem}: off this machine (XUNGAI_HOST={host}) the session cookie and the camera need "
        "an https address, for example XUNGAI_PUBLIC_URL=https://xungai.example"
    )


def _secret_key(env: Mapping[str, str], data_dir: Path, host: str) -> str:
    """The key that signs links. On loopback it is made once and kept in the data directory."""
    given = env.get("XUNGAI_SECRET_KEY", "")
    if given:
        if len(given) < 32:
            raise SettingsError("XUNGAI_SECRET_KEY must have at least 32 characters")
        return given
    if not is_loopback(host):
        raise SettingsError("XUNGAI_SECRET_KEY is missing: give the installation a secret of at least 32 characters")
    path = data_dir / "secret-key"
    if not path.exists() or not path.read_text().strip():
        data_dir.mkdir(parents=True, exist_ok=True)
        # Written beside and renamed: a process that dies here leaves no empty key for the next to sign with.
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        fresh.replace(path)
    return path.read_text().strip()
