"""Where a request comes from, as far as it can be believed."""

from ipaddress import IPv6Address, ip_address
from typing import Any

from django.conf import settings


def address_of(meta: dict[str, Any]) -> str:
    """The caller's address from `request.META`; empty when there is none.

    `X-Forwarded-For` is believed only behind settings.PROXIES proxies of our own: each appends the address it saw,
    so the one that counts is that many from the right, whatever the caller wrote further left.
    """
    seen = str(meta.get("REMOTE_ADDR", ""))
    if settings.PROXIES:
        chain = [part.strip() for part in str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
        seen = chain[-settings.PROXIES] if len(chain) >= settings.PROXIES else seen
    try:
        address = ip_address(seen)
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def network_of(address: str) -> str:
    """What is counted together: an IPv4 address, or the /64 an IPv6 address lies in; its owner has all of that."""
    if ":" not in address:
        return address or "unknown"
    return f"{ip_address(address).exploded[:19]}::/64"
