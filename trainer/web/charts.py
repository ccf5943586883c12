"""Charts by pygal as bare SVG in a page: coloured by the page's own style sheet, as the content security policy wants."""

from __future__ import annotations

import re
import sys

import pygal as _pygal

# pygal puts a finder for its map plug-ins on the import path, of a form that Python is dropping; no map is drawn here.
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != "PluginImportFixer"]
HorizontalBar, XY = _pygal.HorizontalBar, _pygal.XY
PLAIN = {
    "js": [], "disable_xml_declaration": True, "pretty_print": False, "explicit_size": False, "print_values": False,
}  # fmt: skip
"""What every chart of a page is made with."""


def bare(svg: str, title: str) -> str:
    """The SVG without scripts, styles and tooltips of its own, named by `title` for those who do not see it."""
    svg = re.sub(r"<(script|style)\b.*?</\1>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<(?:script|style)\b[^>]*/>", "", svg)
    svg = re.sub(r"\sstyle=(\"[^\"]*\"|'[^']*')", "", svg)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<(title|desc)\b.*?</\1>", "", svg, flags=re.DOTALL)
    label = title.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return svg.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
