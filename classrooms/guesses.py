"""Guesses at join codes: wrong ones are counted for each address, right ones never. A whole school is one address."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.utils.crypto import salted_hmac

from debates.models import RateWindow

if TYPE_CHECKING:
    from django.http import HttpRequest

MINUTE = 60
HOUR = 60  # minutes
# Thirty pupils who mistype once each stay below it.
PER_MINUTE = 30
PER_HOUR = 300
# So many in an hour from everywhere are no slips any more. With ten thousand codes alive, a thousand guesses find one
# with a chance of 0.000012.
ALARM_PER_HOUR = 1_000

logger = logging.getLogger(__name__)


def is_one_too_many(request: HttpRequest) -> bool:
    """Count a wrong code, and say whether there were too many from this address."""
    minute = int(time.time()) // MINUTE
    # The window of an hour bears the number of its first minute: RateWindow.forget() goes by minutes.
    hour = minute - minute % HOUR
    who = f"code:{_address(request)}"
    in_minute, in_hour = RateWindow.count(f"{who}:m", minute), RateWindow.count(f"{who}:h", hour)
    if RateWindow.count("code:all", hour) == ALARM_PER_HOUR:
        logger.warning("many wrong join codes", extra={"fields": {"guesses": ALARM_PER_HOUR, "within": "1h"}})
    if in_minute == 1:
        RateWindow.forget(before=minute - HOUR)
    return in_minute > PER_MINUTE or in_hour > PER_HOUR


def _address(request: HttpRequest) -> str:
    """The address that a request came from, as a keyed hash: the table does not tell who was here."""
    try:
        address = str(get_adapter().get_client_ip(request))
    except PermissionDenied:  # a server that does not say where requests come from
        address = ""
    return salted_hmac("classrooms.guesses", address, algorithm="sha256").hexdigest()[:32]
