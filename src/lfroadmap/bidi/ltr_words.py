"""Left-to-right words that begin or end with a symbol, such as `+20%`, `/pricing` or `C++`.

In a right-to-left line the Unicode algorithm moves that symbol to the other side of the word. The screen and
the exported pages isolate such words instead.
"""

from __future__ import annotations

import re

_START = r"(?:(?<![^\s(\[{])|(?<=[א-ת]-))"
LTR_WORD = re.compile(
    rf"({_START}[-+−–±]\d[\d.,]*%?"  # `+20%`
    rf"|{_START}[/@#~\\$_.+-]+[A-Za-z](?:[^\s()\[\]{{}},;]*[\w/+#])?"  # `/pricing`, `@dana`
    r"|(?<![\w.+#/])[A-Za-z][A-Za-z0-9.]*[+#]+)"  # `C++`
    r"(?=$|[\s.,;:!?)\]}])"
)
"""Matches one word; its only group is the word, so that `split` gives the words at the odd places."""
