"""What the log is told of a source: each failure once, a fault of the bot's own with where it was, and that
tables are back."""

from collections.abc import Iterable, Mapping

import structlog

from bplan_bot.errors import frames_of
from bplan_bot.source_state import FailureKind, SourceState

log = structlog.get_logger(__name__)


def tell(
    source: str, changes: Iterable[tuple[SourceState, SourceState]], problems: Mapping[str, Exception]
) -> None:
    """Tell of each failure that is new, once for all its tables, and of each that is over; `problems` has by
    table what the bot itself failed on."""
    failing: dict[tuple[FailureKind, str], list[str]] = {}
    back = []
    for old, new in changes:
        if new.failure is not None and not new.failure.is_like(old.failure):
            failing.setdefault((new.failure.kind, new.failure.reason), []).append(new.table)
        elif new.failure is None and old.failure is not None:
            back.append(new.table)
    for (kind, reason), tables in failing.items():
        if kind is FailureKind.FAULT and (problem := problems.get(tables[0])):
            log.error("source_fault", source=source, tables=tables, id=reason, traceback=frames_of(problem))
        else:
            log.warning("source_fails", source=source, tables=tables, kind=kind, reason=reason)
    if back:
        log.info("source_is_back", source=source, tables=back)
