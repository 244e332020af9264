"""From a submitted document to verdicts, score and sightings. Pure: everything looked up is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from schemas.checklists import AnswerValue, Item, TemplateVersion
from schemas.inspections import AnswerIn, InspectionIn
from server.checklists.answers import Fault, Reading, Sent, lacks_proof, read_answers
from server.checklists.circumstances import Carried, Circumstances
from server.checklists.pass_rules import date_of
from server.checklists.scoring import Judgement, entry_checks_failed, findings_of, judge_inspection
from server.inspections.wording import problem_of
from server.org.rules import Rules
from server.tasks.responsibility import SiteFacts, responsible
from server.tasks.sightings import Sighting


@dataclass(frozen=True, slots=True)
class Ground:
    """What an inspection is judged on: template, circumstances, earlier answers, site, units by code, settings.

    `told_on` is the date that the phone's own clock had.
    """

    version: TemplateVersion
    where: Circumstances
    told_on: date
    last_answers: Mapping[str, Carried]
    site: SiteFacts
    units: Mapping[str, str]
    rules: Rules


@dataclass(frozen=True, slots=True)
class Judged:
    """What came out: verdicts with their answers, the score (0–100 or none), failing items, flags, faults."""

    results: dict[str, dict[str, Any]]
    score: float | None
    sightings: list[Sighting]
    flags: list[dict[str, Any]]
    faults: list[Fault]


def judge(document: InspectionIn, ground: Ground) -> Judged:
    """Judge a whole inspection. `faults` is what cannot be stored (R85); anything else that is odd is a flag."""
    if document.outcome == "no_access":
        return _no_access(document, ground)
    sent = [Sent(answer.item, _in_our_days(answer.value, ground), len(answer.photos)) for answer in document.answers]
    reading = read_answers(ground.version, sent, ground.last_answers, ground.where)
    faults = _refused(reading, ground)
    if faults:
        return Judged({}, None, [], [], faults)
    judgement = judge_inspection(ground.version, reading, ground.where)
    answers = {answer.item: answer for answer in document.answers}
    sightings = []
    for item in findings_of(ground.version, judgement):
        sighting = _sighting(item, answers.get(item.code), ground)
        if sighting is not None:
            sightings.append(sighting)
    odd = [
        {"code": "entry-check", "detail": {"item": item.label.zh}}
        for item in entry_checks_failed(ground.version, judgement)
        if not (answers[item.code].note if item.code in answers else "")
    ]
    score = None if judgement.score is None else float(judgement.score)
    return Judged(_results(reading, judgement, ground), score, sightings, odd, [])


def _in_our_days(value: AnswerValue, ground: Ground) -> AnswerValue:
    """A date up to the day that a phone running ahead took for today is our today: nobody could mend it later."""
    on = date_of(value)
    return ground.where.inspected_on.isoformat() if on and ground.where.inspected_on < on <= ground.told_on else value


def _refused(reading: Reading, ground: Ground) -> list[Fault]:
    """What cannot be stored (R85). A quarterly or yearly answer that the phone held for given is not among it: the
    inspector has left, and an inspection that arrived late may be the one that gave it.
    """
    monthly = {item.code for item in ground.version.items if item.frequency == "month"}
    return [fault for fault in reading.faults if fault.code != "answer-missing" or fault.params.get("item") in monthly]


def _results(reading: Reading, judgement: Judgement, ground: Ground) -> dict[str, dict[str, Any]]:
    results: dict[str, dict[str, Any]] = {}
    for code, verdict in judgement.verdicts.items():
        last = reading.carried.get(code)
        given = reading.counting.get(code)
        results[code] = {
            "verdict": verdict,
            "value": given.value if given else None,
            "photos": given.photo_count if given else 0,
            "on": (last.answered_on if last else ground.where.inspected_on).isoformat(),
            "carried": last is not None,
        }
    return results


def _sighting(item: Item, answer: AnswerIn | None, ground: Ground) -> Sighting | None:
    owner = responsible(item.unit_type, ground.site, ground.units)
    if owner is None:
        return None
    note = answer.note if answer else ""
    photo_count = len(answer.photos) if answer else 0
    unproved = lacks_proof(item, "fail", photo_count, answer.no_photo_reason if answer else "")
    return Sighting(
        item_code=item.code,
        problem=problem_of(item, answer.value if answer else None, note),
        requirement=item.label.zh,
        note=note,
        answer=answer.value if answer else None,
        severity=item.severity,
        working_days=item.working_days,
        closing=item.closing,
        responsibility=owner,
        flag_codes=("no-proof",) if unproved else (),
        on_spot=bool(answer and fresh_photos(answer)),
        guidance=_guidance(answer),
    )


def fresh_photos(answer: AnswerIn) -> list[str]:
    """The hashes that show a finding put right on the spot (R40): a photo of the fault proves no repair."""
    return [sha256 for sha256 in answer.fixed_photos if sha256 not in answer.photos]


def _guidance(answer: AnswerIn | None) -> dict[str, Any] | None:
    """The guidance record of a finding (R40), or none where nothing was written."""
    told = answer.guidance if answer else None
    if told is None:
        return None
    words = {name: getattr(told, name).strip() for name in ("words", "measure", "receiver", "receiver_post")}
    if not any(words.values()) and told.agreed_on is None:
        return None
    return {**words, "agreed_on": told.agreed_on.isoformat() if told.agreed_on else None}


def _no_access(document: InspectionIn, ground: Ground) -> Judged:
    """未能入内: no answers, no score, one finding; severity and days are settings (R37)."""
    faults = []
    if document.answers:
        faults.append(Fault("/answers", "no-access-with-answers", {}))
    if not document.guidance.strip():
        faults.append(Fault("/guidance", "required", {}))
    words = ground.version.no_access
    owner = responsible(words.unit_type, ground.site, ground.units)
    if faults or owner is None:
        return Judged({}, None, [], [], faults)
    sighting = Sighting(
        item_code=words.item,
        problem=document.guidance.strip(),
        requirement=words.label.zh,
        note=document.guidance.strip(),
        answer=None,
        severity=ground.rules.no_access_severity,
        working_days=ground.rules.no_access_days,
        closing=words.closing,
        responsibility=owner,
        flag_codes=() if document.shots else ("no-access-without-photo",),
    )
    return Judged({}, None, [sighting], [], [])
