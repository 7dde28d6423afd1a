"""Builds a value of the domain from the plain fields of a file, every one known and of its type."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from bplan_bot.errors import Refused

T = TypeVar("T")


def built(kind: type[T], entry: Mapping[str, Any], where: str) -> T:
    """A domain value from plain fields, every field known and of its type."""
    adapter = _adapter(cast(Any, kind))
    try:
        value: T = adapter.validate_python(entry)
    except ValidationError as fault:
        first = fault.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise Refused("plan_files.wrong_value", where=f"{where}: {place}", problem=first["msg"]) from fault
    # An unquoted comma in a YAML text makes a new field of what follows it, so strangers are refused.
    for stranger in _strangers(entry, adapter.dump_python(value)):
        raise Refused("plan_files.unknown_field", where=where, field=stranger)
    return value


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    # Each takes 10 ms to make, and a plan is made of a hundred values.
    return TypeAdapter(kind)


def _strangers(given: Any, kept: Any) -> Iterator[str]:
    """The fields at any depth of `given` that did not become part of the value."""
    if isinstance(given, dict) and isinstance(kept, dict):
        yield from (str(key) for key in given.keys() - kept.keys())
        for key in given.keys() & kept.keys():
            yield from _strangers(given[key], kept[key])
    elif isinstance(given, list | tuple) and isinstance(kept, list | tuple):
        for one, other in zip(given, kept, strict=True):
            yield from _strangers(one, other)
