"""The servers that the conformance tests run against: ours, and Hocuspocus."""

from __future__ import annotations

import pytest

_BOTH = ["ours", pytest.param("hocuspocus", marks=pytest.mark.proof)]
both = pytest.mark.parametrize("server", _BOTH, indirect=True)
"""A test with a server of its own runs against both."""
both_running = pytest.mark.parametrize("running", _BOTH, indirect=True, scope="module")
"""The same, with the server that all tests of a module share."""
