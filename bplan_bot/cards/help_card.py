"""What can be asked: each kind of question with an example that is asked when it is pressed."""

from collections.abc import Sequence

from microsoft_teams.cards import CardElement, Container

from bplan_bot.answers import HelpAnswer, HelpGroup, Suggestion
from bplan_bot.cards.parts import ask_button, block, buttons, heading, reply
from bplan_bot.message import message
from bplan_bot.reply import Reply
from bplan_bot.texts.speaker import Speaker


def render(answer: HelpAnswer, speaker: Speaker) -> Reply:
    """The kinds of question, and below them what the reader's roles allow."""
    say = speaker.say
    head = say("help.heading")
    what = say("help.what", plan=answer.plan.title, committee=answer.plan.committee)
    why, own = say("help.why"), say("help.own_heading")
    shown = (
        Suggestion(message("button.overview"), "overblik"),
        Suggestion(message("button.not_met"), "hvilke mål er ikke nået?"),
    )
    body: list[CardElement] = [
        heading(speaker(answer.plan.title), head, None, band="accent"),
        block(what),
        block(say("help.press"), isSubtle=True, size="Small", spacing="Small"),
        *(_row(group, speaker) for group in answer.groups),
        block(why, spacing="Medium", separator=True),
    ]
    if answer.own:
        body += [block(own, weight="Bolder", spacing="Medium"), *(_row(one, speaker) for one in answer.own)]
    body.append(buttons(shown, speaker))
    lines = [head, what, *_lines(answer.groups, speaker), why]
    lines += [own, *_lines(answer.own, speaker)] if answer.own else []
    return reply(body, lines=lines, summary=f"{head}. {what}", speaker=speaker)


def _row(group: HelpGroup, speaker: Speaker) -> Container:
    """The kind, and the example in words that can be pressed or typed."""
    if group.example is None:
        return Container(items=[block(speaker(group.name))], spacing="Small", separator=True)
    asks = speaker(group.example)
    items: list[CardElement] = [
        block(speaker(group.name), size="Small", isSubtle=True),
        block(speaker.say("text.quoted", words=asks), weight="Bolder", spacing="None"),
    ]
    asking = ask_button(asks, asks, speaker)
    return Container(items=items, separator=True, spacing="Small", select_action=asking)


def _lines(groups: Sequence[HelpGroup], speaker: Speaker) -> list[str]:
    return [
        speaker.say("help.line", name=group.name, example=group.example)
        if group.example
        else speaker.say("help.line.plain", name=group.name)
        for group in groups
    ]
