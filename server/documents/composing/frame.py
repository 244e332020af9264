"""The parts round the text that every kind shares: number, signature, contact, copies, imprint."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.documents import DocumentNumber, Imprint, Labelled, Markings, ReplyCode, Signature
from server.documents.composing.dates import date_text, dated
from server.documents.composing.facts import Frame, ReplyLink
from server.documents.composing.phrases import say, sayings


def number_of(frame: Frame) -> DocumentNumber:
    """代字〔年份〕序号号, with a blank where a draft has no number yet."""
    shown = say("number_open") if frame.number is None else str(frame.number)
    text = say("number", code=frame.issuer.code, year=frame.year, number=shown)
    return DocumentNumber(code=frame.issuer.code, year=frame.year, number=frame.number, text=text)


def letter_masthead(frame: Frame) -> str:
    """The name alone: 信函格式 has no 文件 behind it."""
    return frame.issuer.masthead or frame.issuer.name


def file_masthead(frame: Frame) -> str:
    return say("file_masthead", body=letter_masthead(frame))


def signature_of(frame: Frame) -> Signature:
    """The issuing body as it signs; one that borrows a seal says so."""
    issuer = frame.issuer
    body = say("proxy_seal", body=issuer.name) if issuer.sealed and issuer.proxy_seal else issuer.name
    return Signature(body=body, dated=dated(frame.signed_on, frame.year), sealed=issuer.sealed)


def signer_of(frame: Frame) -> Labelled:
    return Labelled(label=say("signer_label"), text=frame.signer)


def note_of(frame: Frame) -> str:
    return say("note", name=frame.contact.name, phone=frame.contact.phone) if frame.contact else ""


def copied_to(frame: Frame) -> str:
    return say("copied_to", names=say("copied_to_separator").join(frame.copied_to)) if frame.copied_to else ""


def imprint_of(frame: Frame) -> Imprint:
    """印发机关 and 印发日期; the day of printing is that of signing."""
    office = frame.issuer.imprint_office or frame.issuer.name
    on = dated(frame.signed_on, frame.year).text if frame.signed_on is None else date_text(frame.signed_on)
    return Imprint(office=office, printed=say("printed", date=on))


def markings_of(frame: Frame) -> Markings:
    return Markings(secrecy=frame.secrecy, urgency=frame.urgency)


def status_mark(frame: Frame) -> str:
    """What an unfinished copy is marked with: 草稿 or 未用印."""
    return say(f"status.{frame.status}")


def salutation(addressees: Sequence[str]) -> str:
    return say("salutation", names=say("item_separator").join(addressees)) if addressees else ""


def annex_label(number: int, count: int) -> str:
    """附件 alone where there is one, else 附件1, 附件2 …"""
    return say("annex_label") if count == 1 else say("annex_label_numbered", number=number)


def reply_code(link: ReplyLink | None) -> ReplyCode | None:
    if link is None:
        return None
    first, second = sayings("reply_code")
    return ReplyCode(url=link.url, captions=(first, second.format(unit=link.unit, until=date_text(link.until))))
