"""A word to the person: welcome, help, "that goal does not exist", "that I do not have", an apology."""

from microsoft_teams.cards import CardElement

from bplan_bot.answers import PlainAnswer
from bplan_bot.cards.handed_card import hand_on_button
from bplan_bot.cards.parts import block, buttons, reply, with_mentions
from bplan_bot.reply import Reply
from bplan_bot.texts.speaker import Speaker


def render(answer: PlainAnswer, speaker: Speaker) -> Reply:
    """A heading, sentences, points and buttons."""
    said = speaker(answer.heading)
    sentences = " ".join(speaker(sentence) for sentence in answer.sentences)
    stop = "" if said.endswith(("?", ".", "!")) else "."
    summary = f"{said}{stop} {sentences}".strip()
    points = [speaker(point) for point in answer.points]
    body: list[CardElement] = [block(said, weight="Bolder", size="Medium", style="heading")]
    if sentences:
        body.append(block(with_mentions(sentences, answer.people), spacing="Small"))
    if points:
        listed = "\n".join(f"- {point}" for point in points)
        body.append(block(with_mentions(listed, answer.people), spacing="Small"))
    lines = [said, *([sentences] if sentences else []), *(f"  - {point}" for point in points)]
    if answer.suggestions:
        offered = buttons(answer.suggestions, speaker)
        if answer.hand_on:
            offered.actions = [*(offered.actions or [])[:5], hand_on_button(answer.hand_on, speaker)]
        body.append(offered)
        lines.append(asking(answer, speaker))
        lines += [speaker.say("handed.offer")] if answer.hand_on else []
    return reply(body, lines=lines, summary=summary, speaker=speaker, people=answer.people)


def asking(answer: PlainAnswer, speaker: Speaker) -> str:
    """The buttons as words, for the terminal."""
    quoted = [
        speaker.say("text.quoted", words=speaker(one.label) if one.plan else one.asks)
        for one in answer.suggestions
    ]
    return speaker.say("text.try", questions=", ".join(quoted))
