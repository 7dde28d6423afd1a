"""The tables: what SQL asks about is a column, the rest of a definition is JSON."""

from db.tables.contexts import context
from db.tables.handed_on import handed_on
from db.tables.marks import last_change
from db.tables.metadata import metadata
from db.tables.notices import acknowledgement, notice, snooze, status_change
from db.tables.people import conversation, opt_out, person, role_grant
from db.tables.plans import goal, indicator, plan, source, target, theme
from db.tables.records import audit_entry, job_run
from db.tables.reports import document, observation, stated_assessment
from db.tables.rounds import question, round_, round_answer
from db.tables.sources import source_state

__all__ = [
    "acknowledgement",
    "audit_entry",
    "context",
    "conversation",
    "document",
    "goal",
    "handed_on",
    "indicator",
    "job_run",
    "last_change",
    "metadata",
    "notice",
    "observation",
    "opt_out",
    "person",
    "plan",
    "question",
    "role_grant",
    "round_",
    "round_answer",
    "snooze",
    "source",
    "source_state",
    "stated_assessment",
    "status_change",
    "target",
    "theme",
]
