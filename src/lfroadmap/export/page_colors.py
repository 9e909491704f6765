"""The colors of a page and of a picture as CSS variables, from the palette: paper by day, deep by night."""

from __future__ import annotations

from typing import Final

from lfroadmap.report.palette import Palette, palette

_TONES: Final = ("text", "muted", "accent", "on", "late", "risk", "done", "low", "half", "high", "fill")
_SHADOW: Final = "0 1px 2px rgb(20 30 50/.05),0 6px 20px rgb(20 30 50/.05)"
_PRINT: Final = {"--page": "#FFFFFF", "--card": "#FFFFFF", "--text": "#000000", "--shadow": "none"}


def page_colors() -> str:
    """The variables of a page: by day, by night, and on paper."""
    day = _variables(palette("paper"), page="raised", card="ground") | {"--shadow": _SHADOW}
    night = _variables(palette("deep"), page="ground", card="raised") | {"--shadow": "none"}
    return (
        f":root{{color-scheme:light dark;{_declared(day)}}}\n"
        f"@media(prefers-color-scheme:dark){{:root{{{_declared(night)}}}}}\n"
        f"@media print{{:root{{color-scheme:light;{_declared(day | _PRINT)}}}}}\n"
    )


def picture_colors() -> str:
    """The variables of a picture that stands alone."""
    day, night = (_variables(palette(name), page="ground", card="ground") for name in ("paper", "deep"))
    return f"svg{{{_declared(day)}}}\n@media(prefers-color-scheme:dark){{svg{{{_declared(night)}}}}}\n"


def _variables(tones: Palette, page: str, card: str) -> dict[str, str]:
    grounds: Palette = {"ground": tones["ground"], "raised": tones["raised"]}
    under = grounds["raised"] if card == "raised" else grounds["ground"]
    washes = {f"--{tone}-wash": blend(under, tones[tone], 0.12) for tone in ("late", "risk", "done")}
    return {
        "--page": grounds["raised"] if page == "raised" else grounds["ground"],
        "--card": under,
        **{f"--{tone}": tones[tone] for tone in _TONES},
        "--line": blend(under, tones["border"], 0.35),
        "--track": blend(under, tones["border"], 0.3),
        **washes,
    }


def _declared(variables: dict[str, str]) -> str:
    return ";".join(f"{name}:{color.lower()}" for name, color in variables.items())


def blend(ground: str, ink: str, share: float) -> str:
    """The color that a share of an ink gives on a ground."""
    parts = ((int(ground[at : at + 2], 16), int(ink[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in parts)
