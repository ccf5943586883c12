"""The trend of one figure as a small chart: the way over periods, and what was wanted as a broken line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from math import ceil

from flask_babel import gettext as _
from markupsafe import Markup

from trainer.domain.work_figures import CUSTOMER, DEPARTMENT, QUALITY, TASKS
from trainer.services.kept import Kept
from trainer.services.work_figures import PersonPage
from trainer.web.charts import PLAIN, XY, bare
from trainer.web.work.texts import figure_text, measure_text, percent_text

FEWEST = 2
"""Points from which a line says something."""
Points = tuple[tuple[int, float], ...]
_drawn: Kept[tuple[Points, Points, tuple[float, float], int], str] = Kept(500)


def trend_charts(page: PersonPage) -> dict[str, Markup]:
    """{"E1": chart, ...} of what has enough points; complaints are counted by month."""
    periods = list(reversed(page.periods))
    tasks = [float(one.row.tasks) for one in periods]
    wanted = [one.measured[TASKS].target if TASKS in one.measured else None for one in periods]
    top = max([10.0, *tasks, *(value for value in wanted if value is not None)]) * 1.08
    found = {"E1": _chart(tasks, wanted, (0, _round_up(top)), _("Tasks completed"), _count)}
    quality = [one.row.quality for one in periods]
    wanted = [one.measured[QUALITY].target if QUALITY in one.measured else None for one in periods]
    low = min([90.0, *(value for value in (*quality, *wanted) if value is not None)])
    found["E2"] = _chart(quality, wanted, (10 * int(max(0.0, low - 5) / 10), 100), measure_text(QUALITY), percent_text)
    shares = [100 * met / of if of else None for met, of in (one.met for one in periods)]
    found["E3"] = _chart(shares, [], (0, 100), _("Target indicators met"), percent_text)
    months = _months(page)
    for name, source, text in (
        ("E4", DEPARTMENT, _("Justified complaints from departments")),
        ("E5", CUSTOMER, _("Justified complaints from customers")),
    ):
        counted = [one.row.received_on.replace(day=1) for one in page.complaints
                   if one.row.justified and one.row.source == source]  # fmt: skip
        counts = [float(counted.count(month)) for month in months]
        if any(counts):
            found[name] = _chart(counts, [], (0, max(2.0, *counts)), text, _count)
    return {name: chart for name, chart in found.items() if chart}


def _count(value: float) -> str:
    return figure_text(TASKS, value)


def _round_up(value: float) -> float:
    step = 10 ** max(0, len(str(int(value))) - 2)
    return float(ceil(value / step) * step)


def _months(page: PersonPage) -> list[date]:
    months, month = [], page.figures.since.replace(day=1)
    while month <= page.figures.until:
        months.append(month)
        month = (month + timedelta(days=31)).replace(day=1)
    return months


def _chart(
    values: Sequence[float | None],
    wanted: Sequence[float | None],
    span: tuple[float, float],
    name: str,
    said: Callable[[float], str],
) -> Markup:
    points = tuple((place, value) for place, value in enumerate(values, 1) if value is not None)
    if len(points) < FEWEST:
        return Markup()
    targets = tuple((place, value) for place, value in enumerate(wanted, 1) if value is not None)
    title = _(
        "%(figure)s: first %(first)s, latest %(last)s, %(count)s in all",
        figure=name, first=said(points[0][1]), last=said(points[-1][1]), count=len(points),
    )  # fmt: skip
    svg = _drawn.or_make((points, targets, span, len(values)), lambda: _draw(points, targets, span, len(values)))
    return Markup(bare(svg, title))  # noqa: S704  (only numbers are drawn; `bare` escapes the title)


def _draw(points: Points, targets: Points, span: tuple[float, float], width: int) -> str:
    low, high = span
    middle = (low + high) / 2
    chart = XY(
        **PLAIN, width=360, height=130, range=span, xrange=(0.5, width + 0.5), y_labels=[low, middle, high] if middle == int(middle) else [low, high],
        value_formatter=lambda value: f"{value:.0f}", show_legend=False, show_x_labels=False, show_x_guides=False, dots_size=4, margin=8, spacing=6,
    )  # fmt: skip
    chart.add("", points, show_dots=False)
    chart.add("", points, stroke=False)
    if targets:
        first, last = targets[0], targets[-1]
        chart.add("", [(first[0] - 0.5, first[1]), *targets, (last[0] + 0.5, last[1])], show_dots=False)
    return str(chart.render(is_unicode=True))
