"""Addresses of servers: what may be asked at all, and whether a redirect stays at home. Pure."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit

from watchprint.titles.errors import BadAddress

_PORTS = {"http": 80, "https": 443}


def checked(text: str, name: str) -> str:
    """A server's address without a slash at its end; it may have a path.

    Raises:
        BadAddress: It is none: not http or https, without a host, or with a password or a query in it.
    """
    address = text.strip()
    parts = _split(address)
    if parts is None or parts.scheme not in _PORTS or not parts.hostname:
        raise BadAddress(f"{name}'s address must look like http://192.168.1.10:32400 or https://media.example.org.")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise BadAddress(f"{name}'s address may hold no password, no token and no '?': give the token by itself.")
    return address.rstrip("/")


def at_home(asked: str, location: str) -> str | None:
    """Where a redirect leads, if that is the same server (or the same host by https); None: it is another one."""
    target = urljoin(asked, location)
    here, there = _split(asked), _split(target)
    if here is None or there is None or there.scheme not in _PORTS or there.username is not None:
        return None
    if (here.scheme, _place(here)) == (there.scheme, _place(there)):
        return target
    safer = here.scheme == "http" and there.scheme == "https"
    plain = _place(here) == (here.hostname, 80) and _place(there) == (here.hostname, 443)
    return target if safer and plain else None


def host(address: str) -> str:
    """The host of an address, to be shown; nothing else of it."""
    parts = _split(address)
    return (parts.hostname if parts is not None else None) or "an unreadable address"


def _place(parts: SplitResult) -> tuple[str | None, int]:
    return parts.hostname, parts.port or _PORTS[parts.scheme]


def _split(address: str) -> SplitResult | None:
    """The parts; None where there is no reading them."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts
