"""My progress: one small chart a criterion over the learner's own calls, and the same as a table."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from trainer.services.call_progress import CriterionWay, progress_over_time
from trainer.services.kept import Kept
from trainer.web import context
from trainer.web.charts import PLAIN, XY, bare
from trainer.web.guards import signed_in
from trainer.web.kept_pages import kept_for_person
from trainer.web.learn import bp
from trainer.web.review.questions import criterion_names

_drawn: Kept[tuple[tuple[tuple[int, int, bool], ...], int], str] = Kept(500)
"""Drawing is the dearest part of the page; the same points give the same picture."""


@bp.get("/progress")
@signed_in
@kept_for_person
def progress() -> ResponseReturnValue:
    found = progress_over_time(context.session(), context.actor())
    names = criterion_names(found.rubrics)
    charts = [(way, names[way.criterion], _chart(way, len(found.calls), names[way.criterion])) for way in found.ways]
    return render_template("learn/progress.html", found=found, charts=charts, names=names)


def _chart(way: CriterionWay, calls: int, name: str) -> Markup:
    scores = [score for _place, score, _assessed in way.points]
    title = _(
        "%(criterion)s: first %(first)s, latest %(last)s, in %(count)s calls",
        criterion=name, first=scores[0], last=scores[-1], count=len(scores),
    )  # fmt: skip
    svg = _drawn.or_make((way.points, calls), lambda: _draw(way, calls))
    return Markup(bare(svg, title))  # noqa: S704  (only numbers are drawn; `bare` escapes the title)


def _draw(way: CriterionWay, calls: int) -> str:
    """The way as a thin line, practice as rings, assessed calls as full dots: told apart by shape, not colour alone."""
    chart = XY(
        **PLAIN, width=360, height=150, range=(0, 100), xrange=(0.5, max(calls, 2) + 0.5), y_labels=[0, 50, 100],
        show_legend=False, show_x_labels=False, show_x_guides=False, dots_size=4, margin=8, spacing=6,
    )  # fmt: skip
    chart.add("", [(place, score) for place, score, _ in way.points], show_dots=False)
    for assessed in (False, True):
        dots = [(place, score) for place, score, is_assessed in way.points if is_assessed == assessed]
        chart.add("", dots, stroke=False)
    return str(chart.render(is_unicode=True))
