"""Decides which addresses are Teams, which gets the bot's token, and which hold the files that are sent."""

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

FILE_HOSTS = ("*.sharepoint.com", "*.sharepoint.us", "*.sharepoint-mil.us")
"""Where the files lie that are sent in a personal chat: SharePoint, and OneDrive for Business within it."""

# What is left out is read differently by different parsers: spaces, control characters, backslashes, letters
# that look alike.
_PLAIN = re.compile(r"https://[A-Za-z0-9.:-]+(/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?")
_WITH_QUERY = re.compile(_PLAIN.pattern + r"(\?[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?")


class _KnownHosts:
    """The rule that an address is https on one of these hosts and its own port, with nothing hidden in it;
    hosts are "host" or "*.host"."""

    def __init__(self, hosts: Iterable[str], plain: re.Pattern[str]) -> None:
        known = [host.lower() for host in hosts]
        self._hosts = frozenset(host for host in known if not host.startswith("*."))
        self._suffixes = tuple(host[1:] for host in known if host.startswith("*."))
        self._plain = plain

    def __call__(self, address: str) -> bool:
        """Whether the address may be used."""
        if not self._plain.fullmatch(address):
            return False
        try:
            # What sends the request parses with yarl too, so the two cannot read an address differently.
            url = URL(address, encoded=True)
            host, port = (url.host or "").lower(), url.port
        except ValueError:
            return False
        return port == 443 and (host in self._hosts or host.endswith(self._suffixes))


class TeamsHosts(_KnownHosts):
    """The rule for service URLs of a bot with credentials; `extra` hosts are for sovereign clouds."""

    def __init__(self, extra: Iterable[str] = ()) -> None:
        super().__init__((*TEAMS_HOSTS, *extra), _PLAIN)


class FileHosts(_KnownHosts):
    """The rule for where files that were sent may be fetched from."""

    def __init__(self) -> None:
        super().__init__(FILE_HOSTS, _WITH_QUERY)
