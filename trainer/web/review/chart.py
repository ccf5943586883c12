"""The five criteria of each answered objection as bars: SVG by pygal, coloured by the page's own style sheet."""

from __future__ import annotations

import re
import sys

import pygal
from markupsafe import Markup

from trainer.domain.grade import REPLY_CRITERIA, ObjectionGrade
from trainer.web.review.texts import reply_criterion_text

# pygal puts a finder for its map plug-ins on the import path, of a form that Python is dropping; no map is drawn here.
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != "PluginImportFixer"]


def objections_chart(graded: tuple[ObjectionGrade, ...], names: list[str], title: str) -> Markup:
    """An inline SVG without script or style of its own, as the content security policy wants."""
    chart = pygal.HorizontalBar(
        width=720,
        height=120 + 60 * max(1, len(graded)) + 120,
        range=(0, 4),
        y_labels=[0, 1, 2, 3, 4],
        show_legend=len(graded) > 1,
        legend_at_bottom=True,
        js=[],
        disable_xml_declaration=True,
        pretty_print=False,
        print_values=False,
        explicit_size=False,
        margin_left=90,
        truncate_label=40,
    )
    # A horizontal bar chart is drawn from the bottom up.
    criteria = list(reversed(REPLY_CRITERIA))
    chart.x_labels = [reply_criterion_text(criterion) for criterion in criteria]
    for grade, name in zip(graded, names, strict=True):
        chart.add(name, [getattr(grade.grade, criterion) for criterion in criteria])
    return Markup(_bare(chart.render(is_unicode=True), title))  # noqa: S704  (pygal escapes the names it is given)


def _bare(svg: str, title: str) -> str:
    svg = re.sub(r"<(script|style)\b.*?</\1>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<(?:script|style)\b[^>]*/>", "", svg)
    svg = re.sub(r"\sstyle=(\"[^\"]*\"|'[^']*')", "", svg)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<title>.*?</title>", "", svg, flags=re.DOTALL)
    label = title.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return svg.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
