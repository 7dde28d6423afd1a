"""Runs a file of questions through the real dialogs and says how many were answered right, kind by kind."""

from collections.abc import Iterable, Sequence
from secrets import token_hex

from bplan_bot.evaluation import Asked, Judged, judge_reply, tally
from bplan_bot.texts.speaker import Speaker
from dialogs.incoming import Answering, Event, Incoming

WORTH_A_SHARE = 20
"""Questions that a kind needs for its share to say something; failures of the smaller ones are listed too."""


async def evaluate(questions: Iterable[Asked], answer: Answering) -> tuple[Judged, ...]:
    """Each question with its reply judged, in a conversation of its own after what was said before it."""
    run = token_hex(4)  # or a run would lean on what was asked in the one before it
    return tuple(
        [await _judged(question, answer, f"evaluation-{run}-{question.id}") for question in questions]
    )


async def _judged(question: Asked, answer: Answering, chat: str) -> Judged:
    # A conversation without a service URL is not kept as one that can be written to.
    for text in question.before:
        await answer(Incoming(event=Event.MESSAGE, text=text, conversation_id=chat))
    reply = await answer(Incoming(event=Event.MESSAGE, text=question.text, conversation_id=chat))
    return judge_reply(question, reply)


def as_lines(judged: Sequence[Judged], speaker: Speaker) -> list[str]:
    """The share of each kind and of all, then each failure with what was lacking or wrong."""
    counted = tally(judged)
    right = sum(one.right for one in judged)
    shares = [
        _share(speaker, kind, *counts, few=counts[1] < WORTH_A_SHARE) for kind, counts in counted.items()
    ]
    failures = [_failure(speaker, one) for one in judged if not one.right]
    return [*shares, _share(speaker, speaker.say("evaluation.all"), right, len(judged)), "", *failures]


def _share(speaker: Speaker, kind: str, right: int, total: int, *, few: bool = False) -> str:
    percent = speaker.say("evaluation.few") if few else f"{100 * right / max(total, 1):.0f} %"
    return f"{kind:<12} {right:>4} / {total:<4} {percent}"


def _failure(speaker: Speaker, judged: Judged) -> str:
    asked = judged.asked
    before = "".join(f"{text} > " for text in asked.before)
    lacking = [" | ".join(group[:3]) for group in judged.lacking]
    parts = [speaker.say("evaluation.lacking", what="; ".join(lacking))] if lacking else []
    if judged.wrong:
        parts.append(speaker.say("evaluation.wrong", what="; ".join(judged.wrong)))
    return f"{asked.id} {asked.kind}: {before}{asked.text}\n    {' '.join(parts)}"
