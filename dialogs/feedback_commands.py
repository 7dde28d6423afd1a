"""The command line's questions: what people asked, and what the answers got."""

import asyncio
import json
from datetime import tzinfo
from typing import Annotated, Any

import typer

from bplan_bot.asked import KeptQuestion, Thumb
from bplan_bot.errors import WrongUse
from bplan_bot.handed_on import HandedOn
from bplan_bot.texts.speaker import Speaker
from db.handed_on import all_handed_on
from db.questions import kept_questions
from dialogs.command_parts import Parts, Wiring


def feedback(
    context: typer.Context,
    unclear: Annotated[bool, typer.Option("--unclear", help="Kun dem, der ikke blev forstået.")] = False,
    thumbs: Annotated[str, typer.Option(help="Kun dem med tommel op (up) eller ned (down).")] = "",
    handed_on: Annotated[
        bool, typer.Option("--handed-on", help="Kun dem, der er sendt videre til planansvarlig.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Vis som JSON, ét objekt pr. spørgsmål.")] = False,
) -> None:
    """Vis spørgsmålene, tommelfingrene og det, planansvarlig svarede; de nyeste først."""
    wiring: Wiring = context.obj
    thumb = _thumb(thumbs)
    kept = asyncio.run(_found(wiring.build(), unclear=unclear, thumb=thumb))
    found = tuple(one for one in kept if one.handed_on or not handed_on)
    if as_json:
        print(json.dumps([_fields(one) for one in found], ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(found, wiring.now().tzinfo)))


async def _found(parts: Parts, *, unclear: bool, thumb: Thumb | None) -> tuple[KeptQuestion, ...]:
    try:
        await parts.prepare()
        async with parts.database.reading() as session:
            kept = await kept_questions(session, unclear=unclear, thumb=thumb)
            # Each of them was unclear, and none got a thumb.
            handed = () if thumb else tuple(map(_as_kept, await all_handed_on(session)))
            return tuple(sorted((*kept, *handed), key=lambda one: one.at, reverse=True))
    finally:
        await parts.close()


def _as_kept(question: HandedOn) -> KeptQuestion:
    return KeptQuestion(
        at=question.asked_at,
        text=question.text,
        topic="",
        unclear=True,
        thumb=None,
        comment="",
        handed_on=True,
        answer=question.answer,
    )


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
    asked = [one for one in found if not one.handed_on]
    unclear, handed = sum(one.unclear for one in asked), len(found) - len(asked)
    heads = [say("feedback.head", n=len(asked), up=up, down=down, unclear=unclear)] if asked else []
    heads += [say("feedback.head.handed_on", n=handed)] if handed else []
    return [*heads, "", *(_line(one, zone) for one in found)]


def _line(one: KeptQuestion, zone: tzinfo | None) -> str:
    say = Speaker("da").say
    at = one.at.astimezone(zone)
    marks = [say(f"feedback.thumb_{one.thumb}")] if one.thumb else []
    if one.handed_on:
        marks.append(say("feedback.handed_on" if one.answer else "feedback.handed_on.open"))
    elif one.unclear:
        marks.append(say("feedback.unclear"))
    # One question is one line, whatever was written.
    text, comment, answer = (" ".join(words.split()) for words in (one.text, one.comment, one.answer))
    said = [f"{say('feedback.at', day=at.date())} {at:%H:%M}", *marks, text]
    said += [say("feedback.comment", comment=comment)] if comment else []
    said += [say("feedback.answer", answer=answer)] if answer else []
    return " · ".join(said)


def _fields(one: KeptQuestion) -> dict[str, Any]:
    return {
        "at": one.at.isoformat(),
        "text": one.text,
        "topic": one.topic or None,
        "unclear": one.unclear,
        "thumb": one.thumb,
        "comment": one.comment or None,
        "handed_on": one.handed_on,
        "answer": one.answer or None,
    }
