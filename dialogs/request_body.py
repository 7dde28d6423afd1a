"""Reads the body of `POST /api/messages` into an activity, or says with which status it is turned away."""

import json
from http import HTTPStatus
from typing import Any

from aiohttp import web
from botbuilder.schema import Activity

from dialogs.wire import activity_of, without_nul

MAX_BODY_BYTES = 256 * 1024


class Refusal(Exception):
    """A request is turned away; `sentence` tells whoever sent it why, `check` only the log."""

    def __init__(self, status: HTTPStatus, sentence: str, *, check: str = "") -> None:
        super().__init__(sentence)
        self.check = check
        self.status = status
        self.sentence = sentence


async def body(request: web.Request) -> bytes:
    """The bytes of a request, at most 256 KB."""
    too_large = Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body must not be over 256 KB.")
    if (request.content_length or 0) > MAX_BODY_BYTES:
        raise too_large
    raw = bytearray()
    try:
        # Counted while reading: a chunked body states no length, a compressed one states the wrong one.
        async for chunk in request.content.iter_chunked(16 * 1024):
            raw += chunk
            if len(raw) > MAX_BODY_BYTES:
                raise too_large
    except (web.HTTPException, web.RequestPayloadError) as problem:
        raise Refusal(HTTPStatus.BAD_REQUEST, "The body could not be read.") from problem
    return bytes(raw)


def as_json(raw: bytes) -> dict[str, Any]:
    """The JSON object in them."""
    try:
        found = json.loads(raw, parse_constant=_no_constant)
        # A lone surrogate parses, but no database and no answer could carry it.
        json.dumps(found, ensure_ascii=False).encode()
        if b"\\u0000" in raw:
            found = without_nul(found)
    except (ValueError, RecursionError) as problem:
        raise Refusal(HTTPStatus.BAD_REQUEST, "The body is not JSON.") from problem
    if not isinstance(found, dict):
        raise Refusal(HTTPStatus.BAD_REQUEST, "The body must be a JSON object, an activity.")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def check_shape(found: dict[str, Any]) -> None:
    """Refuse an activity that lacks what every answer needs."""
    conversation = found.get("conversation")
    required = {
        "type": found.get("type"),
        "serviceUrl": found.get("serviceUrl"),
        "conversation.id": conversation.get("id") if isinstance(conversation, dict) else None,
    }
    for name, value in required.items():
        if not isinstance(value, str) or not value:
            raise Refusal(HTTPStatus.BAD_REQUEST, f"The activity has no {name}.")
    if not isinstance(found.get("text"), str | None):
        raise Refusal(HTTPStatus.BAD_REQUEST, "The activity's text is not a string.")


def as_activity(found: dict[str, Any]) -> Activity:
    """The activity, as the SDK knows it."""
    try:
        return activity_of(found)
    except Exception as problem:
        # The SDK's deserialiser throws whatever a wrongly typed field makes it trip over.
        raise Refusal(HTTPStatus.BAD_REQUEST, "The activity has a field of the wrong type.") from problem
