"""Where websockets reports its own work: nowhere, as errors that matter are shown in words."""

from __future__ import annotations

import logging

LOGGER = logging.getLogger("lfroadmap.team")
LOGGER.addHandler(logging.NullHandler())
LOGGER.propagate = False
