"""Unicode properties of characters: bidirectional class, bracket pairs, mirrored pairs.

Classes come from `unicodedata`; for characters that are newer than its version they come from the ranges
here (Unicode 15). The classes of a text are a string of the same length, one letter of CODES for each
character, so that the rules of the algorithm can be regular expressions.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from lfroadmap.bidi.marks import DIRECTION_MARKS

LTR, RTL = 0, 1
"""The levels of a paragraph of one direction."""

CODES = {
    "L": "L", "R": "R", "AL": "A", "EN": "E", "AN": "N",
    "ES": "s", "ET": "t", "CS": "c", "NSM": "m",
    "B": "P", "S": "T", "WS": "W", "ON": "O",
    "BN": "0", "LRE": "1", "RLE": "2", "LRO": "3", "RLO": "4", "PDF": "5",
    "LRI": "6", "RLI": "7", "FSI": "8", "PDI": "9",
}  # fmt: skip
"""Bidirectional class -> its letter; small letters are weak classes, digits invisible formatting."""

REMOVED = frozenset("012345")
"""Classes that rule X9 removes: embeddings, overrides, their end, and boundary neutrals."""

_UNASSIGNED: tuple[tuple[str, str], ...] = (
    ("NSM", "\u0ece\U00010efd-\U00010eff\U00011241\U00011f00\U00011f01\U00011f36-\U00011f3a\U00011f40"),
    ("NSM", "\U00011f42\U00013440\U00013447-\U00013455\U0001e08f\U0001e4ec-\U0001e4ef"),
    ("BN", "\u2065\ufdd0-\ufdef\ufff0-\ufff8\U000e0000-\U000e0fff"),
    ("BN", "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))),
    ("ET", "\u20a0-\u20cf"),
    ("ON", "\U0001f000-\U0001faff"),  # future pictographs; all assigned so far are neutral
    ("AL", "\u0600-\u07bf\u0860-\u08ff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufeff\U00010d00-\U00010d3f"),
    ("AL", "\U00010ec0-\U00010eff\U00010f30-\U00010f6f\U0001ec70-\U0001ecbf\U0001ed00-\U0001ed4f"),
    ("AL", "\U0001ee00-\U0001eeff"),
    ("R", "\u0590-\u05ff\u07c0-\u085f\ufb1d-\ufb4f\U00010800-\U00010fff\U0001e800-\U0001efff"),
)
"""Classes of characters that `unicodedata` does not assign; the first matching range counts."""


def bidi_class(character: str) -> str:
    """The bidirectional class of a character by its Unicode name: `L`, `R`, `AL`, `EN`, ..."""
    assigned = unicodedata.bidirectional(character)
    return assigned or next((name for name, ranges in _unassigned_ranges() if ranges.match(character)), "L")


@cache
def _unassigned_ranges() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """_UNASSIGNED as patterns; compiled on first use, which is rare, to keep the import fast."""
    return tuple((name, re.compile(f"[{ranges}]")) for name, ranges in _UNASSIGNED)


class _CodeOf(dict[int, str]):
    """Code point -> letter of CODES, filled on first use; a table for `str.translate`."""

    def __missing__(self, point: int) -> str:
        self[point] = code = CODES[bidi_class(chr(point))]
        return code


_CODE_OF = _CodeOf()


def classes(text: str) -> str:
    """The letter of CODES of each character of a text."""
    return text.translate(_CODE_OF)


_RTL = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefe"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_MARKS = re.compile(f"[{DIRECTION_MARKS}]")


def has_rtl(text: str) -> bool:
    """True if a character of the text can be drawn right to left."""
    return not text.isascii() and _RTL.search(text) is not None


def has_marks(text: str) -> bool:
    """True if the text contains invisible direction characters."""
    return not text.isascii() and _MARKS.search(text) is not None


def needs_reordering(text: str) -> bool:
    """True if the text may be drawn differently from how it is stored."""
    return has_rtl(text) or has_marks(text)


def without_marks(text: str) -> str:
    """The text without invisible direction characters."""
    return text if text.isascii() else _MARKS.sub("", text)


_BRACKETS = (
    "()[]{}༺༻༼༽᚛᚜⁅⁆⁽⁾₍₎⌈⌉⌊⌋\u2329\u232a❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟅⟆⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⦇⦈⦉⦊⦋⦌⦍⦐⦏⦎"
    "⦑⦒⦓⦔⦕⦖⦗⦘⧘⧙⧚⧛⧼⧽⸢⸣⸤⸥⸦⸧⸨⸩⹕⹖⹗⹘⹙⹚⹛⹜〈〉《》「」『』【】〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞（）［］｛｝｟｠｢｣"
)
"""Opening and closing brackets, in pairs."""

_OTHER_MIRRORED = (
    "<>«»‹›∈∋∉∌∊∍∕⧵∟⯾∠⦣∡⦛∢⦠∤⫮∼∽≃⋍≅≌≒≓≔≕≤≥≦≧≨≩≪≫≮≯≰≱≲≳≴≵≶≷≸≹≺≻≼≽≾≿⊀⊁⊂⊃⊄⊅⊆⊇⊈⊉⊊⊋⊏⊐⊑⊒⊘⦸⊢⊣⊦⫞⊨⫤⊩⫣⊫⫥"
    "⊰⊱⊲⊳⊴⊵⊶⊷⊸⟜⋉⋊⋋⋌⋐⋑⋖⋗⋘⋙⋚⋛⋜⋝⋞⋟⋠⋡⋢⋣⋤⋥⋦⋧⋨⋩⋪⋫⋬⋭⋰⋱⋲⋺⋳⋻⋴⋼⋶⋽⋷⋾〈〉⟃⟄⟈⟉⟋⟍⟕⟖⟝⟞⟢⟣⟤⟥⦤⦥⦨⦩⦪⦫⦬⦭⦮⦯⧀⧁⧄⧅⧏⧐⧑⧒⧔⧕"
    "⧨⧩⧸⧹⨫⨬⨭⨮⨴⨵⨼⨽⩤⩥⩹⩺⩻⩼⩽⩾⩿⪀⪁⪂⪃⪄⪅⪆⪇⪈⪉⪊⪋⪌⪍⪎⪏⪐⪑⪒⪓⪔⪕⪖⪗⪘⪙⪚⪛⪜⪝⪞⪟⪠⪡⪢⪦⪧⪨⪩⪪⪫⪬⪭⪯⪰⪱⪲⪳⪴⪵⪶⪷⪸⪹⪺⪻⪼⪽⪾⪿⫀⫁⫂⫃⫄⫅⫆"
    "⫇⫈⫉⫊⫋⫌⫍⫎⫏⫐⫑⫒⫓⫔⫕⫖⫬⫭⫷⫸⫹⫺⸂⸃⸄⸅⸉⸊⸌⸍⸜⸝⸠⸡﹤﹥＜＞"
)
"""The other mirrored characters, in pairs."""

_BOX_DRAWING = "▌▐▏▕▖▗▘▝▙▟▛▜┌┐└┘├┤╭╮╰╯╔╗╚╝╠╣┏┓┗┛┣┫╶╴╺╸╼╾▶◀▸◂►◄▷◁"
"""Pairs of block and box-drawing characters with a left and a right side, which Unicode does not mirror.

Arrows are left out: they belong to the text ("from here to there"), not to a frame around it.
"""


def _both_ways(pairs: str) -> dict[str, str]:
    """Each character of the pairs -> the other one of its pair."""
    forward = dict(zip(pairs[::2], pairs[1::2], strict=True))
    return forward | {right: left for left, right in forward.items()}


MIRRORED = _both_ways(_BRACKETS + _OTHER_MIRRORED)
"""Character -> the one drawn for it from right to left (rule L4)."""

MIRRORED_ON_SCREEN = MIRRORED | _both_ways(_BOX_DRAWING)
"""MIRRORED and the characters that frames, bars and switches are drawn with."""

_SAME_BRACKET = {"\u2329": "\u3008", "\u232a": "\u3009"}
"""Angle brackets -> their canonical equivalents."""


def _bracket_table() -> dict[str, tuple[str, bool]]:
    pairs = zip(_BRACKETS[::2], _BRACKETS[1::2], strict=True)
    canonical = ((pair, _SAME_BRACKET.get(pair[0], pair[0])) for pair in pairs)
    return {character: (name, character == pair[0]) for pair, name in canonical for character in pair}


BRACKETS = _bracket_table()
"""Bracket -> (the opening bracket that identifies its pair, True if it opens)."""

BRACKET = re.compile("[" + re.escape(_BRACKETS) + "]")
