"""A settings file with every setting, and writing one."""

from pathlib import Path

FULL = """\
# mine
language = "he"  # for the office
theme = "nord"
bidi = "explicit"

[thresholds]
orange = 20
green = 80

[keys]
export = "f5,ctrl+e"
"""


def put(folder: Path, source: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(source, "utf-8")
    return path
