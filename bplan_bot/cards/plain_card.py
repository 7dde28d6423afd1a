"""A word to the person: welcome, help, "that goal does not exist", "that I do not have", an apology."""

from microsoft_teams.cards import CardElement

from bplan_bot.answers import PlainAnswer
from bplan_bot.cards.parts import block, buttons, reply
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
        body.append(block(sentences, spacing="Small"))
    if points:
        body.append(block("\n".join(f"- {point}" for point in points), spacing="Small"))
    lines = [said, *([sentences] if sentences else []), *(f"  - {point}" for point in points)]
    if answer.suggestions:
        body.append(buttons(answer.suggestions, speaker))
        lines.append(asking(answer, speaker))
    return reply(body, lines=lines, summary=summary, speaker=speaker)


def asking(answer: PlainAnswer, speaker: Speaker) -> str:
    """The buttons as words, for the terminal."""
    quoted = [speaker.say("text.quoted", words=suggestion.asks) for suggestion in answer.suggestions]
    return speaker.say("text.try", questions=", ".join(quoted))
