"""Which hosts are this machine and no other: what is sent there leaves it for nobody."""

from __future__ import annotations

import ipaddress

__all__ = ["is_loopback"]


def is_loopback(host: str) -> bool:
    """Whether only this machine can be meant.

    Args:
        host: A name or an address, of IPv6 with brackets or without. Names are not looked up.
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
