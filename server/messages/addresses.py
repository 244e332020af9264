"""Addresses of chat robots and mailboxes: which are taken, and how they are kept.

An address is a secret (whoever has a robot's address may speak in its group), so it is sealed with AES-GCM under a key
of its own that is derived from the installation's secret.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Final
from urllib.parse import parse_qs, urlsplit

from apprise import Apprise, AppriseAsset
from Crypto.Cipher import AES

from server.settings import is_loopback

SCHEMES: Final = frozenset({"wecombot", "dingtalk", "feishu", "lark", "mailto", "mailtos", "json"})
_LOCAL_ONLY: Final = frozenset({"json"})
# An address does not decide how often it is tried, how long a worker waits, or that nobody checks its certificate.
_NOT_ITS_MATTER: Final = frozenset({"retry", "wait", "rto", "cto", "verify", "overflow", "interpret"})


def fault_of(address: str) -> str | None:
    """Why an address is not taken, as a field error's code; None where it is."""
    try:
        parts = urlsplit(address)
        host, query = parts.hostname or "", parse_qs(parts.query, keep_blank_values=True)
    except ValueError:
        return "target-address"
    if parts.scheme not in SCHEMES or (parts.scheme in _LOCAL_ONLY and not is_loopback(host)):
        return "target-scheme"
    if _NOT_ITS_MATTER & {name.lower() for name in query}:
        return "target-address"
    return None if open_service(address) else "target-address"


def open_service(address: str) -> Apprise | None:
    """What sends to an address; None where it cannot be understood. It loads no plug-ins and writes no files."""
    service = Apprise(asset=AppriseAsset(plugin_paths=[], async_mode=False, secure_logging=True))
    return service if service.add(address) and len(service) == 1 else None


def seal(address: str, *, secret: str, target_id: str) -> str:
    """Encrypt an address for one target's row; in another row it does not open."""
    cipher = AES.new(_key(secret), AES.MODE_GCM)
    cipher.update(target_id.encode())
    sealed, tag = cipher.encrypt_and_digest(address.encode())
    return base64.b64encode(cipher.nonce + tag + sealed).decode()


def unseal(sealed: str, *, secret: str, target_id: str) -> str:
    """The address again. Raises ValueError where the secret is another one or the row was changed."""
    raw = base64.b64decode(sealed)
    cipher = AES.new(_key(secret), AES.MODE_GCM, nonce=raw[:16])
    cipher.update(target_id.encode())
    return cipher.decrypt_and_verify(raw[32:], raw[16:32]).decode()


def _key(secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"xungai message targets", hashlib.sha256)
