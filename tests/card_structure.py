"""Whether a card is one that Teams can draw: known elements only, with fallbacks, and small enough."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from microsoft_teams import cards
from pydantic import BaseModel

LARGEST = 28 * 1024
"""Bytes; incoming webhooks and channel posts take no more (research on Teams' limits)."""

OF_VERSION_1_5 = {
    "AdaptiveCard", "TextBlock", "Container", "ColumnSet", "Column", "FactSet", "Fact", "ActionSet", "Image",
    "Action.Execute", "Action.Submit", "Action.ToggleVisibility", "Action.OpenUrl", "Action.ShowCard",
    "Data.Query",  # part of an Input.ChoiceSet, which is whole without it
    "Input.Text", "Input.Number", "Input.Date", "Input.Toggle", "Input.ChoiceSet", "Table", "RichTextBlock",
    "TextRun",
}  # fmt: skip
"""What every client of version 1.5 draws; anything else must bring its own fallback."""

IGNORED_WHERE_UNKNOWN = {"Data.Query", "mention"}
"""What a client that does not know it leaves out by itself: a search among people, and who is mentioned."""

MODELS: dict[str, type[BaseModel]] = {
    model.model_fields["type"].default: model
    for model in vars(cards).values()
    if isinstance(model, type) and issubclass(model, BaseModel) and "type" in model.model_fields
}
"""Element type -> Microsoft's typed model of it."""


def faults(card: Mapping[str, Any]) -> list[str]:
    """Everything that is wrong with a card, in sentences."""
    found = [] if card.get("version") == "1.5" else ["the version is not 1.5"]
    size = len(json.dumps(card, ensure_ascii=False).encode())
    if size >= LARGEST:
        found.append(f"the card has {size} bytes")
    return [*found, *(fault for element in elements(card) for fault in _faults_of(element))]


def elements(node: Any) -> Iterator[Mapping[str, Any]]:
    """Every typed element of a card, outermost first; the values of a chart have no type."""
    if isinstance(node, Mapping):
        if "type" in node:
            yield node
        for value in node.values():
            yield from elements(value)
    elif isinstance(node, list):
        for value in node:
            yield from elements(value)


def texts(card: Mapping[str, Any]) -> list[str]:
    """Every word a person reads, in order."""
    keys = ("text", "title", "value", "legend")
    return [str(e[k]) for e in elements(card) for k in keys if isinstance(e.get(k), str)] + [
        str(part[key])
        for e in elements(card)
        for part in (*e.get("facts", []), *e.get("choices", []))
        for key in ("title", "value")
    ]


def _faults_of(element: Mapping[str, Any]) -> Iterator[str]:
    kind = element["type"]
    model = MODELS.get(kind)
    if model is None:
        yield f"{kind} is no element"
        return
    known = {field.serialization_alias or field.alias or name for name, field in model.model_fields.items()}
    unknown = set(element) - known - set(model.model_fields) - {"$schema"}
    if unknown:
        yield f"{kind} has no {', '.join(sorted(unknown))}"
    try:
        model.model_validate(element)
    except ValueError as problem:
        yield f"{kind}: {problem}"
    if kind not in OF_VERSION_1_5 | IGNORED_WHERE_UNKNOWN and not element.get("fallback"):
        yield f"{kind} is newer than 1.5 and has no fallback"
    if kind == "Action.Execute" and not (element.get("verb") and element.get("fallback")):
        yield "Action.Execute needs a verb, and a fallback for clients without it"
    if kind == "Image" and not str(element.get("url", "")).startswith("https://"):
        yield "an image needs an https address"
    if kind == "ActionSet" and len(element["actions"]) > 6:
        yield "Teams shows six actions of a set and hides the rest"
    if kind == "TextBlock" and not element["text"].strip():
        yield "an empty text"
