"""Where photo bytes are kept: one contract, a file-system store and an S3 store."""

import re
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from storage.objects.contract import BadKey, ObjectInfo, ObjectMissing, ObjectStore, ObjectStoreError
from storage.objects.filesystem import FilesystemStore
from storage.objects.minio import MinioStore, S3Address

__all__ = [
    "BadKey",
    "ObjectInfo",
    "ObjectMissing",
    "ObjectStore",
    "ObjectStoreError",
    "open_store",
]


def open_store(url: str) -> ObjectStore:
    """The store that `url` names: `file:///abs/dir` or `s3://key:secret@host:port/bucket?secure=true|false`, where the
    bucket has object lock perhaps with `&lock_days=3650`.

    Nothing is opened yet: `ready()` makes the directory or the bucket. Raises ValueError, whose text never
    holds the secret, when the address is not understood.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        if parts.netloc or not parts.path.startswith("/"):
            raise ValueError("an object store in files needs file:///absolute/directory")
        return FilesystemStore(Path(unquote(parts.path)))
    if parts.scheme == "s3":
        return MinioStore(_s3_address(url))
    raise ValueError(f"an object store is file:///… or s3://…, not {parts.scheme or 'nothing'}://")


def _s3_address(url: str) -> S3Address:
    parts = urlsplit(url)
    bucket = parts.path.strip("/")
    if not (parts.hostname and parts.username and parts.password and bucket) or "/" in bucket:
        raise ValueError("an S3 store needs s3://key:secret@host:port/bucket")
    options = parse_qs(parts.query)
    secure = options.get("secure", ["true"])[0].lower()
    if secure not in ("true", "false"):
        raise ValueError("secure= is true or false")
    lock_days = options.get("lock_days", ["0"])[0]
    if not re.fullmatch(r"\d{1,5}", lock_days):
        raise ValueError("lock_days= is a whole number of days")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return S3Address(
        endpoint=f"{host}:{parts.port}" if parts.port else host,
        bucket=bucket,
        access_key=unquote(parts.username),
        secret_key=unquote(parts.password),
        secure=secure == "true",
        region=options.get("region", [None])[0],
        lock_days=int(lock_days),
    )
