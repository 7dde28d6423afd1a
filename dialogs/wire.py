"""Turns what is sent through the SDK's models into JSON, as the SDK would but without its serialiser."""

from typing import Any

from msrest.serialization import Model
from pydantic_core import to_json


def body_of(model: Model) -> bytes:
    """The JSON of an activity, or of whatever else the Connector is sent; ValueError where it cannot be."""
    return to_json(_fields(model))


def _fields(model: Model) -> dict[str, Any]:
    """A model's fields under their names on the wire, without those that are None.

    What stands in a field as plain JSON, above all a card, is taken as it is: the SDK's serialiser looks at
    each word of it several times, and took a quarter of all that is done for a message.
    """
    found: dict[str, Any] = {}
    for name, described in model._attribute_map.items():
        value = getattr(model, name)
        if value is not None:
            found[described["key"]] = _value(value)
    return found


def _value(value: Any) -> Any:
    if isinstance(value, Model):
        return _fields(value)
    return [_value(one) for one in value] if isinstance(value, list) else value
