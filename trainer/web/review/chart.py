"""The five criteria of each answered objection as bars."""

from __future__ import annotations

from markupsafe import Markup

from trainer.domain.grade import REPLY_CRITERIA, ObjectionGrade
from trainer.web.charts import PLAIN, HorizontalBar, bare
from trainer.web.review.texts import reply_criterion_text


def objections_chart(graded: tuple[ObjectionGrade, ...], names: list[str], title: str) -> Markup:
    """An inline SVG without script or style of its own, as the content security policy wants."""
    chart = HorizontalBar(
        **PLAIN,
        width=720,
        height=120 + 60 * max(1, len(graded)) + 120,
        range=(0, 4),
        y_labels=[0, 1, 2, 3, 4],
        show_legend=len(graded) > 1,
        legend_at_bottom=True,
        margin_left=90,
        truncate_label=40,
    )
    # A horizontal bar chart is drawn from the bottom up.
    criteria = list(reversed(REPLY_CRITERIA))
    chart.x_labels = [reply_criterion_text(criterion) for criterion in criteria]
    for grade, name in zip(graded, names, strict=True):
        chart.add(name, [getattr(grade.grade, criterion) for criterion in criteria])
    return Markup(bare(chart.render(is_unicode=True), title))  # noqa: S704  (pygal escapes the names it is given)
