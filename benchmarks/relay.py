"""A plain aiohttp relay, what the HTTP alone costs: it reads the activity and posts one fixed reply."""

import os
from collections.abc import AsyncIterator
from urllib.parse import quote

from aiohttp import ClientSession, web
from yarl import URL

from benchmarks.activities import FIXED

SESSION = web.AppKey("session", ClientSession)


async def messages(request: web.Request) -> web.Response:
    """Answer one activity through its connector, then say that it is done."""
    activity = await request.json()
    conversation, activity_id = activity["conversation"]["id"], activity["id"]
    path = f"v3/conversations/{quote(conversation, safe='')}/activities/{quote(activity_id, safe='')}"
    reply = {
        "type": "message",
        "text": FIXED,
        "conversation": activity["conversation"],
        "from": activity["recipient"],
        "recipient": activity["from"],
        "replyToId": activity_id,
    }
    url = URL(activity["serviceUrl"].rstrip("/") + "/" + path, encoded=True)
    async with request.app[SESSION].post(url, json=reply) as response:
        response.raise_for_status()
        await response.read()
    return web.Response()


async def _session(app: web.Application) -> AsyncIterator[None]:
    async with ClientSession() as session:
        app[SESSION] = session
        yield


def main() -> None:
    """Serve on the loopback address until told to stop."""
    app = web.Application()
    app.router.add_post("/api/messages", messages)
    app.cleanup_ctx.append(_session)
    web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), access_log=None)


if __name__ == "__main__":
    main()
