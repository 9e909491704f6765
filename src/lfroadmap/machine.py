"""What the machine says: the time, the account that is signed in, an id that no other node has."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime

from lfroadmap.errors import RoadmapError


def new_id() -> str:
    """An id that no other node has."""
    return os.urandom(8).hex()


def now() -> datetime:
    """The time, in this place's time zone; raises RoadmapError for a `SOURCE_DATE_EPOCH` that is no time.

    `SOURCE_DATE_EPOCH` (seconds since 1970) sets it, so that the same roadmap can give the same bytes again.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not seconds:
        return datetime.now().astimezone()
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise RoadmapError("source_date", value=seconds) from error


def milliseconds_now() -> int:
    """The time in milliseconds since 1970, as a roadmap's file keeps it; nothing but the clock sets it."""
    return time.time_ns() // 1_000_000


def author() -> str:
    """Who edits on this machine: the name of the account, so that undo finds one's own changes."""
    import getpass  # noqa: PLC0415 - showing and exporting to JSON need no author

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        # an account without a name, as in a container
        return str(os.getuid())
