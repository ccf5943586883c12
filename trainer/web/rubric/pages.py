"""Each rubric as a page. Nothing of it is hidden: whoever is graded reads the same as whoever grades."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from trainer.content import rubrics as replies
from trainer.content.call_rubric import call_rubric
from trainer.domain.grading.call_rubric import IN_FORCE
from trainer.web.guards import public
from trainer.web.languages import page_language
from trainer.web.review.questions import open_gaps
from trainer.web.review.texts import error_texts
from trainer.web.rubric import bp
from trainer.web.rubric.explained import explanations


@bp.get("/")
@public
def index() -> Response:
    return redirect(url_for("rubric.show", version=IN_FORCE[0]))


@bp.get("/<version>")
@public
def show(version: str) -> str:
    language = page_language()
    shared = {"versions": _versions(), "version": version, "language": language, "plain": open_gaps}
    try:
        if version.startswith("objection-"):
            return render_template("rubric/replies.html", rubric=replies.reply_rubric(version), **shared)
        rubric = call_rubric(version)
    except KeyError:
        abort(404)
    return render_template(
        "rubric/calls.html", rubric=rubric, how=explanations(rubric.thresholds), errors=error_texts(), **shared
    )


def _versions() -> list[tuple[str, str]]:
    """(version, id) of the rubrics in force, those of calls first."""
    return [(version, version.partition("-")[0]) for version in (*IN_FORCE, replies.CURRENT)]
