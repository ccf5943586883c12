"""For supervisors: who is ready, one person's career, attesting and deciding."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trainer.domain.career import ONE_MORE, Verdict
from trainer.domain.errors import Invalid, NotAllowed
from trainer.services import careers, category_decisions, certificates
from trainer.services.printed_names import name_to_print
from trainer.store.careers import open_appeals
from trainer.web import context
from trainer.web.auth.forms import ConfirmForm
from trainer.web.career import bp
from trainer.web.career.forms import AttestForm
from trainer.web.career.texts import gate_views, outcome_text, standing_text
from trainer.web.certificates.place import place
from trainer.web.errors import add_error
from trainer.web.guards import requires
from trainer.web.kept_pages import kept_for_staff
from trainer.web.languages import in_language
from trainer.web.requests import page_number


@bp.get("/categories/")
@requires("supervisor", "trainer")
@kept_for_staff
def people() -> ResponseReturnValue:
    session, actor, now = context.session(), context.actor(), context.now()
    page = page_number()
    ready = careers.list_ready(session, actor, now) if page == 1 else []
    expiring = careers.list_expiring(session, actor, now) if page == 1 else []
    appeals = open_appeals(session, actor.organisation_id) if page == 1 else []
    listed, more = careers.list_careers(session, actor, now, page)
    return render_template(
        "career/people.html",
        ready=ready,
        appeals=appeals,
        expiring=expiring,
        listed=listed,
        more=more,
        page=page,
        now=now,
        in_language=in_language,
    )


@bp.get("/categories/people/<person_id>")
@requires("supervisor", "trainer")
def person(person_id: str) -> ResponseReturnValue:
    return _page(person_id, AttestForm())


def _page(person_id: str, form: AttestForm) -> str:
    session, actor = context.session(), context.actor()
    career = careers.career_of(session, actor, person_id, context.now())
    decisions, words = category_decisions.history_of(session, career.person)
    drafts = [one for one in (career.renewal.verdict if career.renewal else None, career.verdict) if one]
    drafted = [(one, gate_views(category_decisions.gate_rows(one), own=False)) for one in drafts]
    waiting = {
        one.category.id: category_decisions.decision_to_issue(session, career.person, one.category.id) for one in drafts
    }
    counted = [record for one in drafts for gate in one.gates for record in gate.records]
    attested = [word for word in words if word.public_id in counted]
    return render_template(
        "career/person.html", career=career, drafted=drafted, attested=attested, decisions=decisions, words=words,
        form=form, confirm=ConfirmForm(), waiting=waiting, may_decide=actor.is_any("supervisor"), now=context.now(),
        is_self=career.person.id == actor.user_id, in_language=in_language, standing_text=standing_text,
        outcome_text=outcome_text, asks_for=_asks_for, name=name_to_print(session, career.person),
    )  # fmt: skip


def _asks_for(verdict: Verdict, kind: str) -> bool:
    return any(result.gate.kind == kind for result in verdict.gates)


@bp.post("/categories/people/<person_id>/<category>/attest")
@requires("supervisor")
def attest(person_id: str, category: str) -> ResponseReturnValue:
    form = AttestForm()
    if form.validate_on_submit():
        try:
            category_decisions.attest(
                context.session(), context.actor(), person_id, category, form.note.data or "", context.now()
            )
        except (Invalid, NotAllowed) as error:
            if isinstance(error, NotAllowed) and error.code != "career.not_oneself":
                raise
            add_error(form, error)
        else:
            flash(_("Your attestation is on record."), "good")
            return redirect(url_for("career.person", person_id=person_id))
    return _page(person_id, form), 422


@bp.post("/categories/people/<person_id>/<category>/decide")
@requires("supervisor")
def decide(person_id: str, category: str) -> ResponseReturnValue:
    decision, certificate = certificates.decide_and_issue(
        context.session(), context.ports(), context.actor(), person_id, category, place(), context.now()
    )
    if certificate is None:
        near = decision.outcome == ONE_MORE
        flash(
            _("One more call decides. It is on record with its reasons.")
            if near
            else _("Not granted yet. The decision is on record with its reasons."),
            "info" if near else "warn",
        )
        return redirect(url_for("career.decision", decision_id=decision.public_id))
    flash(_("Granted. The certificate %(number)s is issued.", number=certificate.number), "good")
    return redirect(url_for("career.person", person_id=person_id))
