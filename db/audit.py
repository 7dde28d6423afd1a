"""The audit in the database: who did what to what, and when; rows are only added."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.tables import audit_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """That `actor` (an Entra object id, or the job or command that acted) did `action` to `subject`.

    The subject is a person's id, or a goal as plan/number. `detail` holds JSON values.
    """

    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, Any]
    id: int


async def add_entry(
    session: AsyncSession, *, at: datetime, actor: str, action: str, subject: str, detail: Mapping[str, Any]
) -> None:
    """Write an entry in the transaction of what it tells, so that neither is there without the other."""
    row = {"at": at, "actor": actor, "action": action, "subject": subject, "detail": dict(detail)}
    await session.execute(insert(audit_entry), [row])


async def entries(session: AsyncSession, *, subject: str | None = None, limit: int) -> tuple[AuditEntry, ...]:
    """The newest entries, of one subject or of all, newest first."""
    query = select(audit_entry).order_by(audit_entry.c.id.desc()).limit(limit)
    if subject is not None:
        query = query.where(audit_entry.c.subject == subject)
    return tuple(AuditEntry(**row) for row in (await session.execute(query)).mappings())
