"""Keeps what strangers send out of the web server's own log: tokens, message texts, whatever it quotes."""

import logging

from bplan_bot.errors import frames_of

SERVER = "aiohttp.server"


class WithoutQuotations(logging.Filter):
    """Leaves where it happened and what kind of error it was.

    aiohttp logs a request that it cannot read with the line it stumbled over, which can be a token or a text.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record through, without the exception's own words."""
        problem = record.exc_info[1] if record.exc_info else None
        if problem is not None:
            where = frames_of(problem).rstrip()
            record.msg = "%s: %s\n%s"
            record.args = ("The web server could not answer a request", type(problem).__name__, where)
            record.exc_info = record.exc_text = None
        return True


def keep_quotations_out() -> None:
    """Set the filter on aiohttp's server log, once."""
    server = logging.getLogger(SERVER)
    if not any(isinstance(one, WithoutQuotations) for one in server.filters):
        server.addFilter(WithoutQuotations())
