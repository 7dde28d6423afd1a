"""The cards of a round: how it goes, whether to close it, what one person or everybody still owes it."""

from microsoft_teams.cards import CardElement, ExecuteAction, SubmitAction

from bplan_bot.answers import RoundClosing, RoundStanding, Suggestion
from bplan_bot.cards import round_words as words
from bplan_bot.cards.goal_words import in_brackets
from bplan_bot.cards.parts import DO, block, buttons, fact_rows, heading, reply
from bplan_bot.message import message
from bplan_bot.reply import Reply
from bplan_bot.round_picture import RoundPicture
from bplan_bot.texts.speaker import Speaker

CLOSE = "close_round"
"""What the button does that closes a round; the plan's key and the half stand beside it."""

_SHOW = Suggestion(message("round.button.show"), "vis runden")
_CLOSE = Suggestion(message("round.button.close"), "luk runden")


def standing(answer: RoundStanding, speaker: Speaker) -> Reply:
    """The dates of a round, what is in, and what is missing from whom."""
    seen = answer.seen
    speaker = speaker.of(seen.round.plan)
    left = seen.left()
    title, plan = words.title(seen, speaker), speaker(seen.picture.plan.title)
    status = speaker(words.status(seen, left))
    notes = [speaker(note) for note in answer.notes]
    dates, lacking = words.dates(seen, speaker), words.missing(seen, left, speaker)
    answered = words.written(words.answered(seen, left, speaker))
    body: list[CardElement] = [
        heading(plan, title, status, band=words.band(seen, left)),
        *(block(note, weight="Bolder") for note in notes),
        fact_rows(dates),
        *(
            [fact_rows(lacking).model_copy(update={"separator": True, "spacing": "Medium"})]
            if lacking
            else []
        ),
        *(block(line, isSubtle=True, spacing="Small") for line in answered),
    ]
    if answer.may_run and seen.round.is_open:
        body.append(buttons([_CLOSE], speaker))
    lines = [f"{title} · {plan}", status, *notes, *words.written([*dates, *lacking]), *answered]
    summary = " ".join([f"{title}: {status}.", *notes])
    return reply(body, lines=lines, summary=summary, speaker=speaker)


def closing(answer: RoundClosing, speaker: Speaker) -> Reply:
    """Whether to close a round, with what would then stay missing."""
    seen = answer.seen
    speaker = speaker.of(seen.round.plan)
    left = seen.left()
    question = speaker.say("round.close.question", half=seen.round.half)
    name = "round.close.missing" if left else "round.close.complete"
    what = speaker.say(name, goals=words.numbers(left, speaker), n=len(left))
    title, plan = speaker.say("round.button.close"), speaker(seen.picture.plan.title)
    carried = {DO: CLOSE, "plan": seen.round.plan, "half": seen.round.half}
    close = ExecuteAction(
        title=title, verb=CLOSE, data=carried, fallback=SubmitAction(title=title, data=carried)
    )
    body: list[CardElement] = [
        heading(plan, question, None, band="warning"),
        block(what),
        buttons([_SHOW], speaker, close),
    ]
    return reply(body, lines=[f"{question} · {plan}", what], summary=f"{question} {what}", speaker=speaker)


def missing(seen: RoundPicture, speaker: Speaker, *, repeated: bool = False) -> Reply:
    """What the planansvarlig is told: what a round still lacks, from whom, and the deadline."""
    speaker = speaker.of(seen.round.plan)
    left = seen.left()
    head, deadline = speaker.say("round.missing.head", n=len(left)), speaker(words.deadline(seen))
    rows, points = words.missing(seen, left, speaker), [words.point(due, speaker) for due in left]
    again = _again(speaker, repeated=repeated)
    body: list[CardElement] = [
        heading(words.where(seen, speaker), head, deadline, band="warning"),
        *(block(line, isSubtle=True) for line in again),
        fact_rows(rows),
        block("\n".join(f"- {point}" for point in points), spacing="Medium"),
        buttons([_SHOW], speaker),
    ]
    lines = [f"{head} · {words.where(seen, speaker)}", deadline, *again, *words.written(rows)]
    lines += [f"  - {point}" for point in points]
    named = in_brackets([due.goal.number for due in left], speaker)
    return reply(body, lines=lines, summary=f"{head}{named}. {deadline}.", speaker=speaker)


def _again(speaker: Speaker, *, repeated: bool) -> list[str]:
    return [speaker.say("alert.repeated")] if repeated else []
