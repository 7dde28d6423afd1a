"""The command line's questions: what people asked, and what the answers got."""

import asyncio
import json
from datetime import tzinfo
from typing import Annotated, Any

import typer

from bplan_bot.asked import KeptQuestion, Thumb
from bplan_bot.errors import WrongUse
from bplan_bot.texts.speaker import Speaker
from db.questions import kept_questions
from dialogs.command_parts import Parts, Wiring


def feedback(
    context: typer.Context,
    unclear: Annotated[bool, typer.Option("--unclear", help="Kun dem, der ikke blev forstået.")] = False,
    thumbs: Annotated[str, typer.Option(help="Kun dem med tommel op (up) eller ned (down).")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Vis som JSON, ét objekt pr. spørgsmål.")] = False,
) -> None:
    """Vis spørgsmålene og de tommelfingre, svarene fik; de nyeste først."""
    wiring: Wiring = context.obj
    thumb = _thumb(thumbs)
    found = asyncio.run(_found(wiring.build(), unclear=unclear, thumb=thumb))
    if as_json:
        print(json.dumps([_fields(one) for one in found], ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(found, wiring.now().tzinfo)))


async def _found(parts: Parts, *, unclear: bool, thumb: Thumb | None) -> tuple[KeptQuestion, ...]:
    try:
        await parts.prepare()
        async with parts.database.reading() as session:
            return await kept_questions(session, unclear=unclear, thumb=thumb)
    finally:
        await parts.close()


def _thumb(text: str) -> Thumb | None:
    if not text:
        return None
    try:
        return Thumb(text)
    except ValueError:
        raise WrongUse("feedback.unknown_thumb", text=text) from None


def _lines(found: tuple[KeptQuestion, ...], zone: tzinfo | None) -> list[str]:
    say = Speaker("da").say
    if not found:
        return [say("feedback.none")]
    up = sum(one.thumb is Thumb.UP for one in found)
    down = sum(one.thumb is Thumb.DOWN for one in found)
    unclear = sum(one.unclear for one in found)
    head = say("feedback.head", n=len(found), up=up, down=down, unclear=unclear)
    return [head, "", *(_line(one, zone) for one in found)]


def _line(one: KeptQuestion, zone: tzinfo | None) -> str:
    say = Speaker("da").say
    at = one.at.astimezone(zone)
    marks = [say(f"feedback.thumb_{one.thumb}")] if one.thumb else []
    marks += [say("feedback.unclear")] if one.unclear else []
    # One question is one line, whatever was written.
    text, comment = " ".join(one.text.split()), " ".join(one.comment.split())
    said = [f"{say('feedback.at', day=at.date())} {at:%H:%M}", *marks, text]
    return " · ".join([*said, say("feedback.comment", comment=comment)] if comment else said)


def _fields(one: KeptQuestion) -> dict[str, Any]:
    return {
        "at": one.at.isoformat(),
        "text": one.text,
        "topic": one.topic or None,
        "unclear": one.unclear,
        "thumb": one.thumb,
        "comment": one.comment or None,
    }
