"""Turns JSON into the SDK's models and back, as the SDK would but without its slow serialiser."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from botbuilder.schema import Activity
from msrest import Deserializer
from msrest.serialization import Model
from pydantic_core import to_json

_MODELS: Mapping[str, type[Model]] = Activity._infer_class_models()
_VALUES: Any = Deserializer(_MODELS)  # type: ignore[no-untyped-call]


def body_of(model: Model) -> bytes:
    """The JSON of an activity, or of whatever else the Connector is sent; ValueError where it cannot be."""
    return to_json(_fields(model))


def activity_of(found: Mapping[str, Any]) -> Activity:
    """The activity of a JSON object. Raises whatever a wrongly typed field makes the SDK trip over.

    Only the fields that are there are looked at, a tenth of those that an activity could have.
    """
    return _model("Activity", found)


def without_nul(found: Any) -> Any:
    """The same without NULs, wherever they stand: PostgreSQL cannot store them, and nobody can type them."""
    if isinstance(found, str):
        return found.replace("\x00", "")
    if isinstance(found, dict):
        return {without_nul(key): without_nul(value) for key, value in found.items()}
    return [without_nul(one) for one in found] if isinstance(found, list) else found


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


@cache
def _names(kind: str) -> dict[str, tuple[str, str]]:
    """By its name on the wire each field's own name and type, of one kind of model."""
    fields = _MODELS[kind]._attribute_map
    return {described["key"]: (name, described["type"]) for name, described in fields.items()}


def _model(kind: str, found: Mapping[str, Any]) -> Any:
    names = _names(kind)
    known = {names[key][0]: _read(raw, names[key][1]) for key, raw in found.items() if key in names}
    model = _MODELS[kind](**known)
    if strange := {key: raw for key, raw in found.items() if key not in names}:
        model.additional_properties = strange
    return model


def _read(raw: Any, kind: str) -> Any:
    if raw is None:
        return None
    if kind in _MODELS:
        return _model(kind, raw)
    if kind.startswith("[") and isinstance(raw, list):
        return [_read(one, kind[1:-1]) for one in raw]
    return _VALUES.deserialize_data(raw, kind)
