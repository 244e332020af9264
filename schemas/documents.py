"""The content of an official document: every word that is printed, and the facts behind the words. No layout.

Both renderers draw this struct and add no text of their own. Photos are named by their hash: the caller hands their
bytes to the renderer, so that a signed content stays small and can be kept as it was.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from schemas.marks import Mark
from schemas.wire import Sha256

DocumentKind = Literal[
    "assignment",  # 交办函
    "supervision",  # 督办函
    "reply",  # 回复
    "circular",  # 督查情况通报
    "approval",  # 呈批件
    "situation_report",  # 情况报告
    "notice",  # 通知
    "minutes",  # 会议纪要
    "work_summary",  # 每周小结、每月总结
]


class Content(msgspec.Struct, frozen=True, rename="camel"):
    """A part of a document's content: plain values that do not change."""


class DocumentNumber(Content, frozen=True, kw_only=True):
    """The parts of a 发文字号 and its printed form; `number` is None until the document is numbered."""

    code: str
    year: int
    number: int | None = None
    text: str


class Dated(Content, frozen=True, kw_only=True):
    """A Shanghai date and its printed form; `on` is None where a draft leaves the day open."""

    on: date | None = None
    text: str


class Labelled(Content, frozen=True):
    """A label and what stands behind it: 签发人：张三, 出席：…"""

    label: str
    text: str


class Markings(Content, frozen=True, kw_only=True):
    """份号, 密级 and 紧急程度 as printed; an empty one is not used."""

    copy: str = ""
    secrecy: str = ""
    urgency: str = ""


class Paragraph(Content, frozen=True, kw_only=True):
    """A paragraph of the body. `heading` carries its own number and is set in the face of its level (1–4)."""

    level: Literal[0, 1, 2, 3, 4] = 0
    heading: str = ""
    text: str = ""


class ProblemRow(Content, frozen=True, kw_only=True):
    """One line of a 问题清单; `due_on` is the 整改时限 that `due` prints, `photos` a reference or a reason."""

    serial: str
    site: str
    problem: str
    basis: str
    severity: str
    reason: str
    due: str
    photos: str
    due_on: date | None = None


class ProblemList(Content, frozen=True):
    """问题清单: the headings of the eight columns in the order of ProblemRow's fields, and the rows."""

    headings: tuple[str, str, str, str, str, str, str, str]
    rows: tuple[ProblemRow, ...]


class Table(Content, frozen=True, kw_only=True):
    """Any other table. A column of numbers is aligned as one; `wide` columns take the room that is left."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: tuple[int, ...] = ()


class Picture(Content, frozen=True, kw_only=True):
    """A photo by its hash with its caption, or the reason why there is none (`sha256` None).

    `marks` were drawn over it by whoever took it, and are printed with it.
    """

    caption: str
    sha256: Sha256 | None = None
    absence: str = ""
    marks: tuple[Mark, ...] = ()


class PhotoPair(Content, frozen=True, kw_only=True):
    """What was found and what became of it: `after` None where only the problem is shown."""

    caption: str
    before: tuple[Picture, ...]
    after: tuple[Picture, ...] = ()


class Annex(Content, frozen=True, kw_only=True):
    """One 附件 that follows the text on a page of its own."""

    label: str
    title: str
    paragraphs: tuple[Paragraph, ...] = ()
    problems: ProblemList | None = None
    table: Table | None = None
    photos: tuple[PhotoPair, ...] = ()
    footnote: str = ""


class ReplyCode(Content, frozen=True):
    """A link that is printed as a QR code, with the words beside it. A page draws `path` (SVG) of `size` units."""

    url: str
    captions: tuple[str, ...]
    size: int = 0
    path: str = ""


class Imprint(Content, frozen=True):
    """印发机关 and 印发日期 of the 版记."""

    office: str
    printed: str


class Signature(Content, frozen=True):
    """The issuing body as it signs, the 成文日期, and whether a seal is set on both."""

    body: str
    dated: Dated
    sealed: bool


class FormBox(Content, frozen=True, kw_only=True):
    """One box of the 呈批 sheet: short ones stand two in a row, `room` asks for blank space to write in."""

    label: str
    text: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    size: Literal["half", "line", "text", "room"] = "line"


class Document(Content, frozen=True, kw_only=True):
    """One official document, complete."""

    kind: DocumentKind
    issuer: str
    masthead: str
    title: str
    title_words: tuple[str, ...] = ()
    markings: Markings = Markings()
    number: DocumentNumber | None = None
    signer: Labelled | None = None
    signed: Dated | None = None
    addressees: tuple[str, ...] = ()
    salutation: str = ""
    body: tuple[Paragraph, ...] = ()
    attachments_label: str = ""
    attachments: tuple[str, ...] = ()
    signature: Signature | None = None
    note: str = ""
    reply_by: Dated | None = None
    reply_code: ReplyCode | None = None
    lists: tuple[Labelled, ...] = ()
    form: tuple[FormBox, ...] = ()
    copied_to: str = ""
    imprint: Imprint | None = None
    annexes: tuple[Annex, ...] = ()
    status_mark: str = ""
