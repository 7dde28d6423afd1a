"""The card that tells administrators what the bot needs of them."""

from microsoft_teams.cards import CardElement

from bplan_bot.cards.parts import block, heading, reply
from bplan_bot.message import Message
from bplan_bot.reply import Reply
from bplan_bot.texts.speaker import Speaker


def secret_expires(said: Message, speaker: Speaker) -> Reply:
    """When the bot's secret runs out, and what to do about it."""
    head, what, how = speaker.say("secret.heading"), speaker(said), speaker.say("secret.how")
    body: list[CardElement] = [
        heading(speaker.say("alert.administrator"), head, None, band="warning"),
        block(what),
        block(how, spacing="Small"),
    ]
    return reply(body, lines=lambda: [head, what, how], summary=f"{head}. {what}", speaker=speaker)
