"""Programs and libraries that draw SVG in pixels, each a function of a picture; None where it is not here."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

Rasterizer = Callable[[str], Image.Image]


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def _librsvg(svg: str) -> Image.Image:
    ran = subprocess.run(["rsvg-convert"], input=svg.encode(), capture_output=True, check=True, timeout=60)
    return _opened(ran.stdout)


def _mupdf(svg: str) -> Image.Image:
    with TemporaryDirectory() as folder:
        source, out = Path(folder) / "a.svg", Path(folder) / "a.png"
        source.write_text(svg, "utf-8")
        command = ["mutool", "draw", "-o", str(out), str(source)]
        subprocess.run(command, capture_output=True, check=True, timeout=60)
        return _opened(out.read_bytes())


def _libreoffice(svg: str) -> Image.Image:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.svg").write_text(svg, "utf-8")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        convert = ["--convert-to", "png", "--outdir", name, str(folder / "a.svg")]
        command = ["soffice", profile, "--headless", *convert]
        subprocess.run(command, capture_output=True, check=True, timeout=120)
        return _opened((folder / "a.png").read_bytes())


def _cairosvg(svg: str) -> Image.Image:
    from cairosvg import svg2png  # type: ignore[import-untyped]

    return _opened(svg2png(bytestring=svg.encode()))


def _resvg(svg: str) -> Image.Image:
    from resvg_py import svg_to_bytes

    return _opened(bytes(svg_to_bytes(svg_string=svg)))


def _has_cairo() -> bool:
    try:
        import cairosvg  # noqa: F401
    except (ImportError, OSError):  # it is there, but not the library that it needs
        return False
    return True


def chromium(svg: str, *, dark: bool = False) -> Image.Image:
    """The picture in a browser, by day or by night."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.svg").write_text(svg, "utf-8")
        size = svg.partition(' width="')[2].partition('"')[0], svg.partition(' height="')[2].partition('"')[0]
        command = [
            "chromium", "--headless", "--disable-gpu", f"--user-data-dir={folder / 'profile'}",
            *(["--no-sandbox"] if os.geteuid() == 0 else []),
            *(["--blink-settings=preferredColorScheme=0"] if dark else []),
            "--hide-scrollbars", f"--window-size={size[0]},{size[1]}",
            f"--screenshot={folder / 'a.png'}", str(folder / "a.svg"),
        ]  # fmt: skip
        subprocess.run(command, capture_output=True, check=True, timeout=120)
        return _opened((folder / "a.png").read_bytes())


RASTERIZERS: dict[str, Rasterizer | None] = {
    "librsvg": _librsvg if shutil.which("rsvg-convert") else None,
    "resvg": _resvg if find_spec("resvg_py") else None,
    "cairosvg": _cairosvg if _has_cairo() else None,
    "mupdf": _mupdf if shutil.which("mutool") else None,
    "libreoffice": _libreoffice if shutil.which("soffice") else None,
    "chromium": chromium if shutil.which("chromium") else None,
}
