"""The time, the user's account, and new ids."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime

from lfroadmap.errors import RoadmapError


def new_id() -> str:
    """A unique id for a node."""
    return os.urandom(8).hex()


def now() -> datetime:
    """The current time in the local zone; raises RoadmapError for an invalid `SOURCE_DATE_EPOCH`.

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
    """The name of the account that edits on this machine; undo finds one's own changes by it."""
    import getpass  # noqa: PLC0415 - showing and exporting to JSON need no author

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        # an account without a name, as in a container
        return str(os.getuid())
