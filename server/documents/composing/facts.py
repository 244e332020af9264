"""What a caller knows when a document is drafted. Plain values: dates are Shanghai dates, days are working days."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from schemas.marks import Mark

Severity = Literal["minor", "major", "severe"]
Trigger = Literal["added", "no_progress", "unstable"]
Ground = Literal["silent", "unfixed"]


class Facts(msgspec.Struct, frozen=True):
    """A group of facts that does not change."""


class Issuer(Facts, frozen=True, kw_only=True):
    """A body that issues documents. `masthead` is the name on the head where it is a short one.

    `proxy_seal`: the body has no seal of its own and the one that seals for it is named by （代章）.
    """

    name: str
    code: str
    masthead: str = ""
    sealed: bool = True
    proxy_seal: bool = False
    imprint_office: str = ""


class Contact(Facts, frozen=True):
    """Who answers questions on the document."""

    name: str
    phone: str


class Frame(Facts, frozen=True, kw_only=True):
    """What every document has: `number` and `signed_on` are None in a draft, `year` is that of the series."""

    issuer: Issuer
    year: int
    number: int | None = None
    signer: str = ""
    signed_on: date | None = None
    contact: Contact | None = None
    copied_to: tuple[str, ...] = ()
    status: Literal["draft", "unsealed", "final"] = "final"
    secrecy: str = ""
    urgency: str = ""


class LetterRef(Facts, frozen=True):
    """A letter that another one quotes: `number` as printed, `deadline` its 回复期限 or 督办期限."""

    title: str
    number: str
    dated_on: date
    deadline: date


class Shot(Facts, frozen=True):
    """A photo by its hash, when it was taken, and what was drawn over it."""

    sha256: str
    taken_on: date | None = None
    marks: tuple[Mark, ...] = ()


class Problem(Facts, frozen=True, kw_only=True):
    """One task of a letter. `detail` says why the trigger holds; without photos `no_photo` says why there is none."""

    site: str
    description: str
    basis: str
    severity: Severity
    trigger: Trigger
    due_on: date
    detail: str = ""
    before: tuple[Shot, ...] = ()
    after: tuple[Shot, ...] = ()
    no_photo: str = ""


class ReplyLink(Facts, frozen=True):
    """A link by which one unit replies without an account, until a day."""

    url: str
    unit: str
    until: date
