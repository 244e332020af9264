"""All tables of a district. Importing this module makes `Base.metadata` complete."""

from storage.database.base import Base
from storage.database.models.audit import AuditEvent, AuditHead
from storage.database.models.auth import KnownDevice, Session, SignInFailure
from storage.database.models.checklists import ChecklistDraft, TemplateVersion
from storage.database.models.declaration import (
    DeclarationAsk,
    DeclarationEdition,
    DeclarationFile,
    DeclarationFileDelivery,
    DeclarationMaterial,
    DeclarationPaper,
    DeclarationReopening,
    DeclarationRound,
)
from storage.database.models.evaluation import EvaluationEntry
from storage.database.models.handover import Handover
from storage.database.models.imports import Import, ImportRow
from storage.database.models.inspections import Finding, Inspection
from storage.database.models.letters import (
    Disqualification,
    Letter,
    LetterRecipient,
    LetterScan,
    LetterStep,
    LetterTask,
)
from storage.database.models.matrix import BasisDocument, CatalogueEdition, IndicatorDuty
from storage.database.models.meetings import Meeting, MeetingArrangement, MeetingDocument, MeetingUnit
from storage.database.models.messages import Chase, DigestLine, DigestRun, Feedback, Message, MessageTarget, Outgoing
from storage.database.models.negative_list import CityEvaluation, CityStatusSpan, NegativeEvent
from storage.database.models.org import CalendarDay, CalendarYear, Person, Post, Setting, Site, Unit, UnitName
from storage.database.models.photos import (
    Fix,
    Photo,
    PhotoComparison,
    PhotoDelivery,
    PhotoFlag,
    PhotoReview,
    PhotoUse,
    Shot,
    Upload,
)
from storage.database.models.rechecks import Recheck, RecheckAssignee, RecheckTask
from storage.database.models.replies import ReplyLink, ReplyTold
from storage.database.models.science import ScienceEntry, ScienceRoom
from storage.database.models.search import SearchEntry
from storage.database.models.tasks import Counter, Task, TaskAction, TaskWatcher
from storage.database.models.visits import Visit, VisitAssignee, VisitDraw
from storage.database.models.workplans import (
    DecompositionDone,
    DecompositionFocus,
    DecompositionLine,
    Highlight,
    MilestoneReached,
    PlanMilestone,
    Summary,
    SummaryTemplate,
    WorkPlan,
)

__all__ = [
    "AuditEvent",
    "AuditHead",
    "Base",
    "BasisDocument",
    "CalendarDay",
    "CalendarYear",
    "CatalogueEdition",
    "Chase",
    "ChecklistDraft",
    "CityEvaluation",
    "CityStatusSpan",
    "Counter",
    "DeclarationAsk",
    "DeclarationEdition",
    "DeclarationFile",
    "DeclarationFileDelivery",
    "DeclarationMaterial",
    "DeclarationPaper",
    "DeclarationReopening",
    "DeclarationRound",
    "DecompositionDone",
    "DecompositionFocus",
    "DecompositionLine",
    "DigestLine",
    "DigestRun",
    "Disqualification",
    "EvaluationEntry",
    "Feedback",
    "Finding",
    "Fix",
    "Handover",
    "Highlight",
    "Import",
    "ImportRow",
    "IndicatorDuty",
    "Inspection",
    "KnownDevice",
    "Letter",
    "LetterRecipient",
    "LetterScan",
    "LetterStep",
    "LetterTask",
    "Meeting",
    "MeetingArrangement",
    "MeetingDocument",
    "MeetingUnit",
    "Message",
    "MessageTarget",
    "MilestoneReached",
    "NegativeEvent",
    "Outgoing",
    "Person",
    "Photo",
    "PhotoComparison",
    "PhotoDelivery",
    "PhotoFlag",
    "PhotoReview",
    "PhotoUse",
    "PlanMilestone",
    "Post",
    "Recheck",
    "RecheckAssignee",
    "RecheckTask",
    "ReplyLink",
    "ReplyTold",
    "ScienceEntry",
    "ScienceRoom",
    "SearchEntry",
    "Session",
    "Setting",
    "Shot",
    "SignInFailure",
    "Site",
    "Summary",
    "SummaryTemplate",
    "Task",
    "TaskAction",
    "TaskWatcher",
    "TemplateVersion",
    "Unit",
    "UnitName",
    "Upload",
    "Visit",
    "VisitAssignee",
    "VisitDraw",
    "WorkPlan",
]
