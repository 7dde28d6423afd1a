"""A Bot Connector on loopback that records what the bot sends, and activities shaped as Teams shapes them."""

import asyncio
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import web

from tests.loopback import Loopback

BOT_ID = "28:11111111-2222-3333-4444-555555555555"
BOT_NAME = "Bplan"
USER_ID = "29:1abc-user"
USER_OBJECT_ID = "aaaaaaaa-0000-0000-0000-000000000001"
TENANT_ID = "bbbbbbbb-0000-0000-0000-000000000002"

PERSONAL_CHAT = "a:1personal-chat"
GROUP_CHAT = "19:group-chat@thread.v2"
CHANNEL = "19:channel@thread.tacv2"
CHANNEL_THREAD = f"{CHANNEL};messageid=1700000000000"

ACTIVITY_IDS = count(1700000000001)
"""Teams gives every activity an id of its own; the same one again is the same activity sent again."""

CONVERSATION_IDS = {"personal": PERSONAL_CHAT, "groupChat": GROUP_CHAT, "channel": CHANNEL_THREAD}


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One request the bot made to the Connector; `conversation_id` and `activity_id` are decoded."""

    method: str
    path: str
    conversation_id: str
    activity_id: str
    body: dict[str, Any]
    headers: dict[str, str]


@dataclass(slots=True, kw_only=True)
class Answer:
    """What the Connector answers with from now on."""

    status: int = 201
    body: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0


class FakeConnector(Loopback):
    """Use as `async with FakeConnector() as connector`; its address is `connector.service_url`."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.members: dict[str, dict[str, Any]] = {}
        self._answer = Answer()
        self._numbers = count(1)
        app = web.Application()
        conversation = "/v3/conversations/{conversation_id}/activities"
        app.router.add_post("/v3/conversations", self._record)
        app.router.add_get("/v3/conversations/{conversation_id}/members/{member_id}", self._member)
        app.router.add_post(conversation, self._record)
        for method in ("POST", "PUT", "DELETE"):
            app.router.add_route(method, conversation + "/{activity_id}", self._record)
        super().__init__(app)

    def answer_with(
        self,
        *,
        status: int = 201,
        body: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        delay: float = 0.0,
    ) -> None:
        """Answer every request like this from now on."""
        self._answer = Answer(status=status, body=body, headers=headers or {}, delay=delay)

    @property
    def activities(self) -> list[dict[str, Any]]:
        """The activities sent or updated, oldest first."""
        return [one.body for one in self.received if one.conversation_id and one.body]

    @property
    def cards(self) -> list[dict[str, Any]]:
        """The Adaptive Cards among them."""
        return [
            attachment["content"]
            for activity in self.activities
            for attachment in activity.get("attachments", [])
            if attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
        ]

    async def _member(self, request: web.Request) -> web.Response:
        found = self.members.get(request.match_info["member_id"])
        if found is None or ";" in request.match_info["conversation_id"]:
            return web.json_response({"error": {"code": "MemberNotFoundInConversation"}}, status=404)
        return web.json_response(found)

    async def _record(self, request: web.Request) -> web.Response:
        self.received.append(
            Received(
                method=request.method,
                path=request.raw_path,
                conversation_id=request.match_info.get("conversation_id", ""),
                activity_id=request.match_info.get("activity_id", ""),
                body=await request.json() if request.can_read_body else {},
                headers=dict(request.headers),
            )
        )
        answer = self._answer
        await asyncio.sleep(answer.delay)
        body = answer.body if answer.body is not None else {"id": f"sent-{next(self._numbers)}"}
        return web.json_response(body, status=answer.status, headers=answer.headers)


def teams_activity(
    service_url: str, *, type: str = "message", kind: str = "personal", **fields: Any
) -> dict[str, Any]:
    """An activity as Teams sends it; `kind` is personal, groupChat or channel, `fields` go over the rest."""
    channel_data: dict[str, Any] = {"tenant": {"id": TENANT_ID}}
    if kind == "channel":
        channel_data |= {"channel": {"id": CHANNEL}, "team": {"id": CHANNEL}}
    activity = {
        "type": type,
        "id": str(next(ACTIVITY_IDS)),
        "timestamp": "2026-11-21T09:00:00.000Z",
        "localTimestamp": "2026-11-21T10:00:00.000+01:00",
        "localTimezone": "Europe/Copenhagen",
        "serviceUrl": service_url,
        "channelId": "msteams",
        "locale": "da-DK",
        "from": {"id": USER_ID, "name": "En Medarbejder", "aadObjectId": USER_OBJECT_ID},
        "recipient": {"id": BOT_ID, "name": BOT_NAME},
        "conversation": {
            "id": CONVERSATION_IDS[kind],
            "conversationType": kind,
            "tenantId": TENANT_ID,
            "isGroup": kind != "personal",
        },
        "entities": [{"type": "clientInfo", "locale": "da-DK", "country": "DK", "platform": "Windows"}],
        "channelData": channel_data,
    }
    return activity | fields


def said(service_url: str, text: str, *, kind: str = "personal", **fields: Any) -> dict[str, Any]:
    """Somebody wrote `text`, plainly, as in a personal chat."""
    return teams_activity(service_url, kind=kind, text=text, textFormat="plain", **fields)


def said_to_bot(service_url: str, text: str, *, kind: str = "channel", **fields: Any) -> dict[str, Any]:
    """Somebody wrote `text` after mentioning the bot, which group chats and channels demand."""
    entities = [mention(BOT_ID, BOT_NAME)]
    return said(service_url, f"<at>{BOT_NAME}</at>&nbsp;{text}", kind=kind, entities=entities, **fields)


def mention(account_id: str, name: str) -> dict[str, Any]:
    """The entity that goes with a mention in the text."""
    return {"type": "mention", "text": f"<at>{name}</at>", "mentioned": {"id": account_id, "name": name}}


def pressed(service_url: str, data: Any, *, kind: str = "personal", **fields: Any) -> dict[str, Any]:
    """Somebody pressed an Action.Execute button that carries `data`."""
    action = {"type": "Action.Execute", "verb": "answer", "data": data}
    return invoke(service_url, {"action": action, "trigger": "manual"}, kind=kind, **fields)


def invoke(
    service_url: str, value: Any, *, name: str = "adaptiveCard/action", kind: str = "personal", **fields: Any
) -> dict[str, Any]:
    """An invoke of any name and value."""
    return teams_activity(service_url, type="invoke", kind=kind, name=name, value=value, **fields)


def submitted(service_url: str, data: dict[str, Any], *, kind: str = "personal") -> dict[str, Any]:
    """Somebody pressed the Action.Submit that older clients show for the same button."""
    return teams_activity(service_url, kind=kind, value=data, replyToId="1700000000000")


def installed(service_url: str, *, kind: str = "personal", action: str = "add") -> dict[str, Any]:
    """The app was installed (add) or removed (remove) here."""
    return teams_activity(service_url, type="installationUpdate", kind=kind, action=action)


def members_added(service_url: str, *ids: str, kind: str = "personal") -> dict[str, Any]:
    """These accounts came to the conversation."""
    members = [{"id": one} for one in ids]
    return teams_activity(service_url, type="conversationUpdate", kind=kind, membersAdded=members)


def members_removed(service_url: str, *ids: str, kind: str = "personal") -> dict[str, Any]:
    """These accounts left the conversation."""
    members = [{"id": one} for one in ids]
    return teams_activity(service_url, type="conversationUpdate", kind=kind, membersRemoved=members)
