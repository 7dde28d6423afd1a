"""Writes what was measured: the table, the conditions it was measured under, the section of the page."""

import argparse
import os
import platform
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import median

from benchmarks.figures import Result, middle, ratios
from benchmarks.questions import Questions

BEGIN = "<!-- measured: make bench BENCH=--write -->"
END = "<!-- end of measured -->"

Cell = Callable[[Result], str]

ROWS: tuple[tuple[str, Cell], ...] = (
    ("messages answered a second (median)", lambda r: _figure(median(r.rates))),
    ("… round by round", lambda r: ", ".join(_figure(rate) for rate in r.rates)),
    ("under load, p50 ms", lambda r: _figure(median(t.many.p50 for t in r.turns))),
    ("under load, p95 ms", lambda r: _figure(median(t.many.p95 for t in r.turns))),
    ("under load, p99 ms", lambda r: _figure(median(t.many.p99 for t in r.turns))),
    ("one person alone, p50 ms", lambda r: _figure(median(t.alone.p50 for t in r.turns))),
    ("one person alone, p99 ms", lambda r: _figure(median(t.alone.p99 for t in r.turns))),
    ("processor time a message, ms", lambda r: _figure(middle([t.cpu_ms for t in r.turns]))),
    ("peak memory, MB", lambda r: _figure(r.peak_mb)),
    ("start-up, s", lambda r: _figure(r.start_up)),
    (
        "start-up with an empty database, s",
        lambda r: _figure(r.first_start_up),
    ),
    ("different replies", lambda r: f"{max(t.different for t in r.turns)}"),
    ("messages measured", lambda r: _figure(float(sum(t.many.answered for t in r.turns)))),
    ("errors", lambda r: ", ".join(f"{count} {kind}" for kind, count in r.errors.items()) or "none"),
    ("load generator busy, % of a core", lambda r: f"{100 * max(t.generator_busy for t in r.turns):.0f}"),
)


def table(results: Sequence[Result]) -> str:
    """All figures as a Markdown table, and the ratios that matter below it."""
    head = ["", *(result.name for result in results)]
    rows = [
        head,
        ["---"] * len(head),
        *([name, *(cell(result) for result in results)] for name, cell in ROWS),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = [
        f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |"
        for row in rows
    ]
    stock, ours, relay = results
    lines += [
        "",
        _ratio("Ours / stock echo", ratios(ours, stock)),
        "",
        _ratio("Ours / relay", ratios(ours, relay)),
    ]
    return "\n".join(lines)


def conditions(asked: argparse.Namespace, questions: Questions, *, busy: float, today: date) -> str:
    """When, on what and how it was measured."""
    database = (asked.database_url or "sqlite").partition(":")[0].partition("+")[0]
    return (
        f"{today.isoformat()}, {os.cpu_count()} cores{_processor()}, {_memory()}, "
        f"Python {platform.python_version()}, {database}. {asked.rounds} rounds of {asked.seconds:g} s, "
        f"{asked.users} people, {asked.together} of them waiting for an answer at a time; {questions}. "
        f"Load of the machine before the start: {busy:.1f}."
    )


def renew(page: Path, measured: str) -> None:
    """Put what was measured between the page's two marks; ValueError when they are not there."""
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page.name} has no section between {BEGIN} and {END}")
    page.write_text(f"{before}{BEGIN}\n\n{measured}\n\n{END}{after}", encoding="utf-8")


def _ratio(name: str, values: Sequence[float]) -> str:
    written = ", ".join(f"{value:.2f}" for value in values)
    return f"{name}, round by round: {written}; median **{median(values):.2f}**"


def _figure(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _processor() -> str:
    lines = _lines(Path("/proc/cpuinfo"))
    name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return f" ({name})" if name else ""


def _memory() -> str:
    total = next(
        (line.split()[1] for line in _lines(Path("/proc/meminfo")) if line.startswith("MemTotal:")), ""
    )
    return f"{int(total) / 1024 / 1024:.0f} GB memory" if total else "memory not known"


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
