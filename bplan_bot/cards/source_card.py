"""The card that tells administrators that figures of a source do not come, or that they do again."""

from microsoft_teams.cards import CardElement

from bplan_bot.answers import Suggestion
from bplan_bot.cards.parts import block, buttons, heading, reply
from bplan_bot.message import message
from bplan_bot.reply import Reply
from bplan_bot.source_news import SourceNews, sentences
from bplan_bot.texts.speaker import Speaker


def source_news(news: SourceNews, speaker: Speaker) -> Reply:
    """The news of one source, table by table."""
    name, source = "late" if news.late else "back", message(f"source.name.{news.source}")
    head = speaker.say(f"source.{name}.head", source=source)
    again = [speaker.say("alert.repeated")] if news.repeated else []
    points = [speaker(one) for one in sentences(news)]
    rest = [speaker.say(f"source.{name}.goals", numbers=news.goals, n=len(news.goals))] if news.goals else []
    rest += [speaker.say("source.late.how", source=source)] if news.late else []
    body: list[CardElement] = [
        heading(speaker.say("alert.administrator"), head, None, band="warning" if news.late else "good"),
        *(block(line, isSubtle=True) for line in again),
        *(block(point) for point in points),
        *(block(line, spacing="Small") for line in rest),
        buttons([Suggestion(message("button.works", source=source), f"virker {news.source}?")], speaker),
    ]
    return reply(
        body,
        lines=[head, *again, *points, *rest],
        summary=f"{head}. {' '.join(points)}",
        speaker=speaker,
    )
