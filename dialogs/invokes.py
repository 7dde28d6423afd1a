"""What an invoke gets that the bot has nothing to say to: an empty answer in the shape its asker expects."""

from collections.abc import Callable, Mapping
from typing import Any

Body = dict[str, Any]

PRESSED = "adaptiveCard/action"
FEEDBACK = "message/submitAction"

CARD = "application/vnd.microsoft.card.adaptive"
MESSAGE = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"


def outcome(status: int, kind: str, value: Any) -> Body:
    """The answer to a pressed button. The outcome stands in the body; HTTP only says that the bot was
    reached."""
    return {"statusCode": status, "type": kind, "value": value}


def _nothing(_: str) -> Body:
    return {}


def _dialog(words: str) -> Body:
    return {"task": {"type": "message", "value": words}}


def _no_results(_: str) -> Body:
    return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": []}}


def _no_settings(_: str) -> Body:
    return {"composeExtension": {"type": "config", "suggestedActions": {"actions": []}}}


def _no_choices(_: str) -> Body:
    return outcome(200, "application/vnd.microsoft.search.searchResponse", {"results": []})


def _empty_tab(_: str) -> Body:
    return {"tab": {"type": "continue", "value": {"cards": []}}}


def _configuration(words: str) -> Body:
    return {"responseType": "config", "config": {"type": "message", "value": words}}


POLITE: Mapping[str, Callable[[str], Body]] = {
    "actionableMessage/executeAction": _nothing,
    "application/search": _no_choices,
    "composeExtension/anonymousQueryLink": _no_results,
    "composeExtension/fetchTask": _dialog,
    "composeExtension/onCardButtonClicked": _nothing,
    "composeExtension/query": _no_results,
    "composeExtension/queryLink": _no_results,
    "composeExtension/querySettingUrl": _no_settings,
    "composeExtension/selectItem": _no_results,
    "composeExtension/setting": _nothing,
    "composeExtension/submitAction": _dialog,
    "config/fetch": _configuration,
    "config/submit": _configuration,
    "fileConsent/invoke": _nothing,
    "handoff/action": _nothing,
    "message/fetchTask": _dialog,
    "signin/failure": _nothing,
    "signin/tokenExchange": _nothing,
    "signin/verifyState": _nothing,
    "suggestedAction/submit": _nothing,
    "tab/fetch": _empty_tab,
    "tab/submit": _empty_tab,
    "task/fetch": _dialog,
    "task/submit": _dialog,
}
"""Every invoke of Teams but a pressed button and a thumb. The manifest offers none of them, yet a client may
send any; answered with 501 or 5xx, it shows the person an error of its own."""


def polite(name: object, words: str) -> Body:
    """The answer to an invoke of that name, with `words` where the person is shown some; empty if unknown."""
    return POLITE.get(name if isinstance(name, str) else "", _nothing)(words)
