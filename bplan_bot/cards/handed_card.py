"""The cards of a question that is handed on: the button, the receipt, the form to answer it, the answer."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from microsoft_teams.cards import ActionSet, AdaptiveCard, CardElement, Container, ShowCardAction

from bplan_bot.access import Grant, Person, Role
from bplan_bot.cards.parts import (
    DO,
    LANGUAGE,
    act_button,
    block,
    heading,
    mention_of,
    reply,
    text_input,
    verbatim,
)
from bplan_bot.handed_on import ANSWER, HAND_ON, LONGEST, TYPED, WORDS, HandedOn, QuestionCard
from bplan_bot.message import Message, message
from bplan_bot.object_id import object_id
from bplan_bot.reply import Reply
from bplan_bot.texts.speaker import Speaker


def hand_on_button(words: str, speaker: Speaker) -> ShowCardAction:
    """The button that unfolds what would be sent, and to whom; only the one below that sends it."""
    send = act_button(
        speaker.say("handed.button.send"), HAND_ON, {DO: HAND_ON, WORDS: words, LANGUAGE: speaker.language}
    )
    body = [block(speaker.say("handed.preview")), verbatim(words), ActionSet(actions=[send])]
    return ShowCardAction(
        title=speaker.say("handed.button"), card=AdaptiveCard(body=list(body), version="1.5")
    )


def sent(question: HandedOn, speaker: Speaker, *, before: bool, zone: tzinfo | None) -> Reply:
    """The receipt to whoever asked; `before`: it had been sent already."""
    head = speaker.say("handed.sent.before" if before else "handed.sent")
    what = speaker.say(
        "handed.sent.before.what" if before else "handed.sent.what", day=_day(question.asked_at, zone)
    )
    body = [
        heading(speaker.say("handed.own"), head, None, band="accent"),
        _quoted(question.text),
        block(what),
    ]
    lines = [head, speaker.say("text.quoted", words=question.text), what]
    return reply(body, lines=lines, summary=f"{head}. {what}", speaker=speaker)


def to_answer(card: QuestionCard, speaker: Speaker) -> Reply:
    """The question put to a planansvarlig: with the field for an answer, or with the answer that counts."""
    head, asked = speaker.say("handed.question"), card.question
    known = object_id(asked.asker)
    who = speaker.say(
        "handed.asker",
        who=mention_of(known) if known else message("handed.asker.unnamed"),
        role=_role(card.asker),
    )
    plain = speaker.say("handed.asker", who=message("handed.asker.unnamed"), role=_role(card.asker))
    body: list[CardElement] = [
        heading(speaker.say("handed.planner"), head, None, band="good" if asked.answered_at else "accent"),
        *(block(line, isSubtle=True) for line in _repeated(card, speaker)),
        block(who),
        _quoted(asked.text),
        *_below(card, speaker),
    ]
    quoted = speaker.say("text.quoted", words=asked.text)
    return reply(
        body,
        lines=lambda: [head, *_repeated(card, speaker), plain, quoted, *_said_below(card, speaker)],
        summary=speaker.say("handed.question.summary", question=asked.text),
        speaker=speaker,
        people=(known,) if known else (),
    )


def answered(question: HandedOn, speaker: Speaker, *, repeated: bool = False) -> Reply:
    """The answer to whoever asked, with their question above it."""
    again = [speaker.say("alert.repeated")] if repeated else []
    head = speaker.say("handed.answer")
    body: list[CardElement] = [
        heading(speaker.say("handed.own"), head, None, band="good"),
        *(block(line, isSubtle=True) for line in again),
        block(speaker.say("handed.answer.to"), isSubtle=True, size="Small"),
        verbatim(question.text, spacing="None"),
        _quoted(question.answer),
    ]
    said = f"{head}: {question.answer}"
    lines = [*again, speaker.say("text.quoted", words=question.text), said]
    return reply(body, lines=lines, summary=said, speaker=speaker)


def _below(card: QuestionCard, speaker: Speaker) -> Iterator[CardElement]:
    """What follows the question: the answer and whose it is, or the field for one."""
    if card.question.answered_at:
        yield block(speaker(_whose(card)), weight="Bolder", spacing="Medium")
        yield verbatim(card.question.answer)
        return
    if card.problem:
        yield Container.model_validate(
            {"style": "attention", "items": [block(speaker(card.problem), weight="Bolder")]}
        )
    yield block(speaker.say("handed.how"), spacing="Medium")
    yield text_input(
        TYPED, speaker.say("handed.field"), card.typed[:LONGEST], isMultiline=True, maxLength=LONGEST
    )
    # The notice's row, since the digits of a digest may look like a CPR number.
    carried = {DO: ANSWER, "notice": str(card.notice.id)}
    button = act_button(speaker.say("handed.button.answer"), ANSWER, carried, style="positive")
    yield ActionSet.model_validate({"actions": [button]})


def _said_below(card: QuestionCard, speaker: Speaker) -> list[str]:
    if card.question.answered_at:
        return [speaker(_whose(card)), f"  {card.question.answer}"]
    return [*([speaker(card.problem)] if card.problem else []), speaker.say("handed.how")]


def _whose(card: QuestionCard) -> Message:
    """By whom it was answered and when: the reader, or a colleague. No names are kept."""
    at = card.question.answered_at or card.now
    if card.question.answered_by == card.reader:
        return message("handed.answered.you", day=_day(at, card.now.tzinfo))
    return message(
        "handed.answered.late" if card.late else "handed.answered.colleague", day=_day(at, card.now.tzinfo)
    )


def _role(asker: Person) -> Message | tuple[Message, ...]:
    """What the asker is to the plan, goals first, since that is what they ask from."""
    place = {role: number for number, role in enumerate(Role)}
    ordered = sorted(asker.grants, key=lambda each: (each.goal is None, place[each.role], each.goal or ""))
    return tuple(map(_said, ordered)) or message("handed.asker.no_role")


def _said(grant: Grant) -> Message:
    role = message(f"role.{grant.role}")
    return message("people.role_on", role=role, goal=grant.goal) if grant.goal else role


def _quoted(words: str) -> Container:
    return Container.model_validate({"style": "emphasis", "items": [verbatim(words)], "spacing": "Medium"})


def _repeated(card: QuestionCard, speaker: Speaker) -> list[str]:
    return [speaker.say("alert.repeated")] if card.notice.repeat_of else []


def _day(at: datetime, zone: tzinfo | None) -> object:
    return at.astimezone(zone).date()
