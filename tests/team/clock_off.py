"""`python clock_off.py SECONDS ARGUMENT…`: the program on a machine whose clock is so many seconds ahead."""

from __future__ import annotations

import sys
import time

if __name__ == "__main__":
    seconds, real = float(sys.argv.pop(1)), time.time
    time.time = lambda: real() + seconds
    from lfroadmap import machine

    right = machine.milliseconds_now
    machine.milliseconds_now = lambda: right() + round(seconds * 1000)
    from lfroadmap.main import main

    sys.exit(main())
