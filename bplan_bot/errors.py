"""What goes wrong for a reason a person can act on: typed, and said in one sentence of the catalogue."""

from traceback import format_tb

from bplan_bot.message import Message, message


class Refused(Exception):
    """Something cannot be done, and `said` is the sentence that tells the person why and what to do."""

    def __init__(self, message_id: str, **args: object) -> None:
        super().__init__(message_id)
        self.said: Message = message(message_id, **args)

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in self.said.args.items())
        return f"{self.said.id}({shown})"


class Unavailable(Refused):
    """What the bot stands on is at fault, and nobody who asks it something: its database is away, locked,
    full or without a plan."""


class WrongUse(Refused):
    """The command line was called wrongly: exit code 2."""


def frames_of(problem: BaseException) -> str:
    """Where something unexpected happened, for the log: the bare frames, since an exception's own words may
    quote what somebody wrote, and pretty tracebacks print local variables."""
    return "".join(format_tb(problem.__traceback__))
