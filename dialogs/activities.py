"""Reads an activity from Teams into an `Incoming`: who spoke, where, and which words or button."""

import html
import json
import re
from collections.abc import Mapping
from typing import Any

from botbuilder.schema import Activity

from dialogs.incoming import ConversationKind, Event, Incoming, Mention

MAX_BUTTON_CHARACTERS = 32 * 1024

MOST_MENTIONS = 10

_MENTION = re.compile(r"<at\b[^<>]*>([^<]*)</at>", re.IGNORECASE)
"""A mention's markup and its name. Neither runs past the next tag, so that a long row of halves takes no
longer than other words."""


def spoken_text(activity: Activity) -> str:
    """What was said to the bot: its own mention out, other people's names kept, entities decoded, trimmed."""
    text = activity.text or ""
    before = text
    for mention in _own_mentions(activity):
        text = text.replace(mention, " ", 1)
    # Some clients leave the markup and send no entity for it.
    own_name = getattr(activity.recipient, "name", None) or ""
    text = _MENTION.sub(lambda found: " " if _same_name(found[1], own_name) else found[1], text)
    mentioned = text != before
    # Teams escapes once, and puts &nbsp; around a mention. Unescaping comes last: a "<at>" somebody typed
    # arrives as &lt;at&gt; and is text.
    text = html.unescape(text)
    text = re.sub(r"[^\S\n]+", " ", text).strip()
    return text.lstrip(" ,:;") if mentioned else text


def _own_mentions(activity: Activity) -> list[str]:
    own_id = getattr(activity.recipient, "id", None)
    mentions = []
    for entity in activity.entities or []:
        found = getattr(entity, "additional_properties", {})
        mentioned = found.get("mentioned")
        is_own = isinstance(mentioned, dict) and bool(own_id) and mentioned.get("id") == own_id
        if is_own and entity.type == "mention" and isinstance(found.get("text"), str):
            mentions.append(found["text"])
    return [mention for mention in mentions if mention]


def _people_mentioned(activity: Activity) -> tuple[Mention, ...]:
    """Whom the message mentions, without the bot; some clients tell the directory's id too."""
    own_id = getattr(activity.recipient, "id", None)
    found: dict[str, Mention] = {}
    for entity in activity.entities or []:
        mentioned = getattr(entity, "additional_properties", {}).get("mentioned")
        if getattr(entity, "type", None) != "mention" or not isinstance(mentioned, dict):
            continue
        id_ = mentioned.get("id")
        if isinstance(id_, str) and id_ and id_ != own_id and len(found) < MOST_MENTIONS:
            aad = mentioned.get("aadObjectId")
            found[id_] = Mention(id_, aad if isinstance(aad, str) else "")
    return tuple(found.values())


def _same_name(markup: str, name: str) -> bool:
    return bool(name) and html.unescape(markup).strip().casefold() == name.strip().casefold()


def incoming_of(
    activity: Activity, *, event: Event, text: str = "", value: Mapping[str, Any] | None = None
) -> Incoming:
    """An activity as the dialogs know it; `text` and `value` are what of it counts as said and as carried."""
    sender = activity.from_property
    return Incoming(
        event=event,
        text=text,
        value=value or {},
        kind=_kind(activity),
        conversation_id=activity.conversation.id,
        # The directory's id is the same whatever bot asks; the channel's own id only where there is none.
        user_id=(sender.aad_object_id or sender.id or "") if sender else "",
        tenant_id=_tenant(activity),
        service_url=activity.service_url or "",
        bot_id=getattr(activity.recipient, "id", None) or "",
        locale=activity.locale or "",
        mentions=_people_mentioned(activity),
        activity_id=activity.id or "",
        reply_to=activity.reply_to_id or "",
    )


def _kind(activity: Activity) -> ConversationKind:
    # Whatever is not surely somebody's own chat counts as one where others read along.
    conversation = activity.conversation
    if conversation.conversation_type == "channel":
        return ConversationKind.CHANNEL
    personal = conversation.conversation_type in (None, "", "personal") and not conversation.is_group
    return ConversationKind.PERSONAL if personal else ConversationKind.GROUP


def _tenant(activity: Activity) -> str:
    # The SDK's model spells the wire key "tenantID", Teams "tenantId", so the model's own field stays empty.
    channel_data = activity.channel_data if isinstance(activity.channel_data, dict) else {}
    tenant = channel_data.get("tenant")
    found = tenant.get("id") if isinstance(tenant, dict) else None
    found = found or activity.conversation.additional_properties.get("tenantId")
    return found if isinstance(found, str) else ""


def chat_of(activity: Activity) -> str:
    """Its conversation without the thread of a channel."""
    # In a channel one of the two events may name the thread, the other the channel itself.
    return str(activity.conversation.id).partition(";")[0]


def has_bot(activity: Activity, members: list[Any] | None) -> bool:
    """Whether the bot itself is among these members."""
    own_id = getattr(activity.recipient, "id", None)
    return bool(own_id) and any(getattr(member, "id", None) == own_id for member in members or [])


def pressed_value(value: Any) -> Mapping[str, Any] | None:
    """What the button carries, or None when it is not a button's value."""
    action = value.get("action") if isinstance(value, dict) else None
    if not isinstance(action, dict):
        return None
    carried = action.get("data", {})
    carried = {} if carried is None else carried
    if not isinstance(carried, dict) or len(json.dumps(carried)) > MAX_BUTTON_CHARACTERS:
        return None
    return carried
