"""`python -m lfroadmap`: the same as the command `lfroadmap`."""

from __future__ import annotations

import sys

from lfroadmap.main import main

sys.exit(main())
