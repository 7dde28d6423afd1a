"""What the channel says by itself, when the dialogs were not asked or did not answer in time."""

from bplan_bot.answers import PlainAnswer
from bplan_bot.cards.render import render
from bplan_bot.message import Message, message
from bplan_bot.reply import Reply
from bplan_bot.texts.speaker import Speaker
from dialogs import words


class Phrases:
    """The channel's own phrases in one language."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker

    def apology(self, error_id: str, locale: str) -> Reply:
        """Said when answering failed."""
        return render(words.apology(error_id), self._speaker)

    def pause(self) -> Reply:
        """Said, once a minute, to somebody who writes too fast."""
        return self._plain(message("pause.heading"), message("pause.what"))

    def slow(self) -> Reply:
        """Said when an answer takes long; the answer follows."""
        return self._plain(message("slow.heading"), message("slow.what"))

    def not_offered(self) -> str:
        """Said where Teams asks for a dialog that the bot does not have."""
        return self._speaker.say("not_offered.what")

    def _plain(self, heading: Message, what: Message) -> Reply:
        return render(PlainAnswer(heading=heading, sentences=(what,)), self._speaker)
