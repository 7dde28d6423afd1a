"""Decides which service URLs are Teams, since whoever is behind one is handed the bot's token."""

import re
from collections.abc import Callable, Iterable

from yarl import URL

TEAMS_HOSTS = (
    "smba.trafficmanager.net",
    "*.botframework.com",
    "smba.infra.gcc.teams.microsoft.com",
    "smba.infra.gov.teams.microsoft.us",
    "smba.infra.dod.teams.microsoft.us",
)
"""The Connector's hosts that Microsoft documents. No `*.trafficmanager.net`: anybody can have one."""

ServiceUrlRule = Callable[[str], bool]
"""Whether answers, and with them the bot's token, may be sent to this address."""

# What is left out is read differently by different parsers: spaces, control characters, backslashes, letters
# that look alike.
_PLAIN = re.compile(r"https://[A-Za-z0-9.:-]+(/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?")


class TeamsHosts:
    """The rule for a bot with credentials; `extra` hosts are "host" or "*.host", for sovereign clouds."""

    def __init__(self, extra: Iterable[str] = ()) -> None:
        hosts = [host.lower() for host in (*TEAMS_HOSTS, *extra)]
        self._hosts = frozenset(host for host in hosts if not host.startswith("*."))
        self._suffixes = tuple(host[1:] for host in hosts if host.startswith("*."))

    def __call__(self, service_url: str) -> bool:
        """Whether this is https on a known host and its own port, with nothing hidden in it."""
        if not _PLAIN.fullmatch(service_url):
            return False
        try:
            # What sends the answer parses with yarl too, so the two cannot read an address differently.
            url = URL(service_url, encoded=True)
            host, port = (url.host or "").lower(), url.port
        except ValueError:
            return False
        return port == 443 and (host in self._hosts or host.endswith(self._suffixes))
