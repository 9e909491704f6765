"""Export of a roadmap to files: one module per format, all of them in the table `FORMATS`.

Reading them back is in `lfroadmap.imports`, so that writing alone does not import it.

The modules by floor; each imports only modules of the rows before its own:

    bidi_markup  export_progress  ics  markdown_text  markup  mermaid  page_colors  picture_text  pipes
    auto_reload  charts_svg  context  csv  embedded_data  folding  markdown  picture_colors  programs
    html_charts  html_links  timeline_svg
    html_nodes  pdf  picture_parts  png  writing  xlsx_charts  xlsx_formats  xlsx_lists  xlsx_tables
    html  picture_legend  xlsx
    comparison_page  portfolio_page  svg
    formats
"""

from __future__ import annotations

from lfroadmap.export.context import ExportContext
from lfroadmap.export.formats import (
    FORMATS,
    Format,
    all_formats,
    render,
    write,
    write_somewhere,
)
from lfroadmap.export.writing import default_name, write_file

__all__ = [
    "FORMATS",
    "ExportContext",
    "Format",
    "all_formats",
    "default_name",
    "render",
    "write",
    "write_file",
    "write_somewhere",
]
