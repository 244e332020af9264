"""RFC 3161 time stamps: a third party's word that some bytes existed at an instant."""

from __future__ import annotations

import urllib.request
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from cryptography import x509
from rfc3161_client import (
    PKIStatus,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

_PATIENCE_SECONDS = 20
_LARGEST_ANSWER_BYTES = 256 * 1024


class StampError(Exception):
    """The service gave no stamp, or a stamp does not stand for these bytes."""


def fetch_stamp(url: str, data: bytes) -> bytes:
    """Ask a time-stamping service for its word about `data`; the answer in DER. Blocks. Raises StampError."""
    asked = TimestampRequestBuilder().data(data).nonce(nonce=True).build()
    head = {"Content-Type": "application/timestamp-query", "User-Agent": "xungai"}
    request = urllib.request.Request(url, asked.as_bytes(), head, method="POST")  # noqa: S310  (settings check it)
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE_SECONDS) as answer:  # noqa: S310
            raw = bytes(answer.read(_LARGEST_ANSWER_BYTES))
    except OSError as error:
        raise StampError(f"{type(error).__name__}: {error}") from error
    told = _decoded(raw)
    stamped = told.tst_info
    if (stamped.nonce, stamped.message_imprint.message) != (asked.nonce, asked.message_imprint.message):
        raise StampError("the answer is to another question")
    return raw


def stamped_at(raw: bytes, data: bytes, roots: Sequence[x509.Certificate]) -> datetime:
    """When the service saw `data`, by a stamp that leads to one of these roots. Raises StampError.

    Without roots there is nobody to trust, and no stamp holds.
    """
    told = _decoded(raw)
    if not roots:
        raise StampError("no root certificate is given to check it by")
    verifier = VerifierBuilder(roots=list(roots)).build()
    try:
        verifier.verify_message(told, data)
    except VerificationError as error:
        raise StampError(str(error)) from error
    return told.tst_info.gen_time


def read_roots(path: Path | None) -> list[x509.Certificate]:
    """The root certificates of a PEM file; none without a file. Raises OSError, ValueError."""
    return [] if path is None else x509.load_pem_x509_certificates(path.read_bytes())


def _decoded(raw: bytes) -> TimeStampResponse:
    try:
        told = decode_timestamp_response(raw)
    except ValueError as error:
        raise StampError("no time stamp") from error
    if PKIStatus(told.status) not in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS):
        raise StampError(f"refused with status {told.status}")
    return told
