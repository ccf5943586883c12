"""A drill's main figure over time, as a small chart: words a minute, entries right, or words that arrived."""

from __future__ import annotations

from flask_babel import gettext as _
from markupsafe import Markup

from trainer.services.kept import Kept
from trainer.services.practice import Standing
from trainer.store.practice import PracticeRound
from trainer.web.charts import PLAIN, XY, bare

FEWEST, MOST = 2, 30
"""Rounds from which a line says something, and the newest that are drawn."""
_drawn: Kept[tuple[float, ...], str] = Kept(200)


def main_figure(row: PracticeRound) -> float:
    """Words a minute; entries right in percent; words that arrived in percent."""
    values = row.values
    if row.kind == "typing":
        return float(round(values["wpm"]))
    if row.kind == "listening":
        return float(round(100 * values["right"] / (values["of"] or 1)))
    return float(round(100 * (1 - values["word_errors"])))


def drill_chart(standing: Standing) -> Markup:
    """The chart, the first round on the left; nothing below the fewest rounds."""
    figures = tuple(main_figure(row) for row in reversed(standing.rounds[:MOST]))
    if len(figures) < FEWEST:
        return Markup()
    names = {"typing": _("words a minute"), "listening": _("entries right, %"), "diction": _("words that arrived, %")}
    title = _(
        "%(figure)s: first %(first)s, latest %(last)s, in %(count)s rounds",
        figure=names[standing.kind], first=round(figures[0]), last=round(figures[-1]), count=len(figures),
    )  # fmt: skip
    svg = _drawn.or_make(figures, lambda: _draw(figures))
    return Markup('<figure class="progress-chart report-chart">{}<figcaption>{}</figcaption></figure>').format(
        Markup(bare(svg, title)),  # noqa: S704  (only numbers are drawn; `bare` escapes the title)
        title,
    )


def _draw(figures: tuple[float, ...]) -> str:
    top = max(100.0, *figures)
    chart = XY(
        **PLAIN, width=360, height=110, range=(0, top), xrange=(0.5, len(figures) + 0.5), y_labels=[0, round(top / 2), round(top)],
        show_legend=False, show_x_labels=False, show_x_guides=False, dots_size=4, margin=8, spacing=6,
    )  # fmt: skip
    points = list(enumerate(figures, 1))
    chart.add("", points, show_dots=False)
    chart.add("", points, stroke=False)
    return str(chart.render(is_unicode=True))
