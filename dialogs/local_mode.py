"""Decides who may talk to a bot without credentials: programs on this machine, answered on this machine."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address

from yarl import URL

NOT_LOCAL = "The bot has no MicrosoftAppId, so it answers only programs on this machine."
FORWARDED = "The bot has no MicrosoftAppId, so it answers no request that came through a proxy."
SERVICE_URL_NOT_LOCAL = "The bot has no MicrosoftAppId, so serviceUrl must be a loopback address."


def refusal(*, peer: str | None, header_names: Iterable[str]) -> str | None:
    """The sentence that turns this request away before its body is read, or None when it may come in."""
    if peer is None or not _is_loopback_address(peer):
        return NOT_LOCAL
    # A proxy on this machine makes the whole world look like 127.0.0.1; these headers give it away.
    if any(_tells_of_a_proxy(name.lower()) for name in header_names):
        return FORWARDED
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
