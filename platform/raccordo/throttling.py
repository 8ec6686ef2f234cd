"""How often somebody may try: per account and per network address, counted in this process's memory."""

from __future__ import annotations

import hashlib
import math
import time
from enum import Enum
from ipaddress import IPv6Address, ip_address

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from raccordo.language import Sentence
from raccordo.refusals import Refused

NETWORK = 64  # bits of an IPv6 address that name a household; the rest is chosen freely


class Act(Enum):
    """What is tried: its name, how often per account and how often per network address."""

    LOGIN = ("login", RateLimitItemPerMinute(8, 15), RateLimitItemPerMinute(60, 15))
    MAIL = ("mail", RateLimitItemPerHour(4), RateLimitItemPerHour(30))
    TOKEN = ("token", RateLimitItemPerMinute(60, 15), RateLimitItemPerMinute(60, 15))
    ROLE = ("role", RateLimitItemPerHour(30), RateLimitItemPerHour(120))
    # Before a provider has spoken there is no account: both count the address.
    IDENTITY = ("identity", RateLimitItemPerMinute(60, 15), RateLimitItemPerMinute(60, 15))

    def __init__(self, label: str, account: RateLimitItem, address: RateLimitItem) -> None:
        self.label, self.account, self.address = label, account, address


_limiter = MovingWindowRateLimiter(MemoryStorage())


def attempt(act: Act, account: str, address: str) -> None:
    """Count one try, before any work is done; raises Refused with the wait when there were too many.

    Nothing is awaited between asking and counting, so that tries at the same time are counted too.
    """
    for item, key in ((act.account, _hidden(account)), (act.address, network_of(address))):
        if not _limiter.hit(item, act.label, key):
            raise _too_many(_seconds_until_free(item, act.label, key))


def failed(act: Act, address: str) -> None:
    """Count a failure, where what succeeds is not counted; raises Refused when there were too many."""
    key = network_of(address)
    if not _limiter.hit(act.address, act.label, key):
        raise _too_many(_seconds_until_free(act.address, act.label, key))


def demand_room(act: Act, address: str) -> None:
    """Raise Refused when the network address failed too often, without counting."""
    key = network_of(address)
    if not _limiter.test(act.address, act.label, key):
        raise _too_many(_seconds_until_free(act.address, act.label, key))


def forgive(act: Act, account: str) -> None:
    """A try that succeeded: the account starts again; the address does not."""
    _limiter.clear(act.account, act.label, _hidden(account))


def start_again() -> None:
    """Forget every try."""
    _limiter.storage.reset()


def network_of(address: str) -> str:
    """The network address, of IPv6 only the part that whoever calls cannot choose."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        return f"{int(parsed) >> (128 - NETWORK):x}"
    return str(parsed)


def _hidden(account: str) -> str:
    return hashlib.sha256(account.encode()).hexdigest()


def _seconds_until_free(item: RateLimitItem, label: str, key: str) -> float:
    return _limiter.get_window_stats(item, label, key).reset_time - time.time()


def _too_many(seconds: float) -> Refused:
    minutes = max(1, math.ceil(seconds / 60))
    return Refused(
        "too_many",
        Sentence("Troppi tentativi: si può riprovare fra {minutes} minuti.", {"minutes": minutes}),
    )
