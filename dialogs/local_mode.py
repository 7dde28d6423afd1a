"""Decides who may talk to a bot without credentials: programs on this machine, answered on this machine."""

import re
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

from yarl import URL

NOT_LOCAL = "The bot has no MicrosoftAppId, so it answers only programs on this machine."
FORWARDED = "The bot has no MicrosoftAppId, so it answers no request that came through a proxy."
HOST_NOT_LOCAL = "The bot has no MicrosoftAppId, so the Host header must be a loopback address."
SERVICE_URL_NOT_LOCAL = "The bot has no MicrosoftAppId, so serviceUrl must be a loopback address."


def refusal(*, peer: str | None, hosts: Sequence[str], header_names: Iterable[str]) -> str | None:
    """The sentence that turns this request away before its body is read, or None when it may come in.

    `hosts` are the values of its Host headers, of which there has to be one.
    """
    if peer is None or not _is_loopback_address(peer):
        return NOT_LOCAL
    # A proxy on this machine makes the whole world look like 127.0.0.1; these headers give it away.
    if any(_tells_of_a_proxy(name.lower()) for name in header_names):
        return FORWARDED
    # A page in this machine's browser whose name was made to point here (DNS rebinding) still sends its name.
    if len(hosts) != 1 or not _names_loopback(hosts[0]):
        return HOST_NOT_LOCAL
    return None


def service_url_is_local(service_url: str) -> bool:
    """Whether answers to this address stay on this machine."""
    try:
        # What sends the answer parses with yarl too, so the two cannot read an address differently.
        url = URL(service_url)
    except ValueError:
        return False
    if url.scheme not in {"http", "https"} or url.user is not None or url.password is not None:
        return False
    return is_loopback(url.host or "")


def is_loopback(host: str) -> bool:
    """Whether a host, by name or address, is this machine alone."""
    return host == "localhost" or _is_loopback_address(host)


def _names_loopback(host_header: str) -> bool:
    """Whether a Host header, with or without its port, is localhost or a loopback address."""
    found = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.-]+))(?::\d{1,5})?", host_header)
    if found is None:
        return False
    host = found[1] or found[2]
    return host.lower() == "localhost" or _is_loopback_address(host)


def _tells_of_a_proxy(header: str) -> bool:
    return header in {"forwarded", "via"} or header.startswith("x-forwarded-")


def _is_loopback_address(host: str) -> bool:
    try:
        address: IPv4Address | IPv6Address = ip_address(host)
    except ValueError:
        return False
    # A server bound to :: sees IPv4 peers as ::ffff:127.0.0.1, which Python 3.11 does not call loopback.
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return address.is_loopback
