"""People of the organisation: the list, one person's roles, closing and opening an account."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trainer.domain.errors import Conflict, Invalid
from trainer.services import accounts, passwords
from trainer.web import context
from trainer.web.addresses import public_address
from trainer.web.admin import bp
from trainer.web.admin.forms import MemberForm
from trainer.web.auth.forms import ConfirmForm
from trainer.web.errors import add_error
from trainer.web.guards import requires
from trainer.web.kept_pages import kept_for_staff
from trainer.web.requests import page_number


@bp.get("/people")
@requires("admin")
@kept_for_staff
def people() -> ResponseReturnValue:
    search, page = request.args.get("search", "").strip()[:120], page_number()
    listed = accounts.list_members(context.session(), context.actor(), search=search, page=page)
    return render_template("admin/people.html", listed=listed, search=search, page=page, confirm=ConfirmForm())


@bp.get("/people/<person_id>")
@requires("admin")
def person(person_id: str) -> ResponseReturnValue:
    user = accounts.find_member(context.session(), context.actor(), person_id)
    form = MemberForm(name=user.name, language=user.language, roles=user.ordered_roles)
    return render_template("admin/person.html", user=user, form=form, confirm=ConfirmForm())


@bp.post("/people/<person_id>")
@requires("admin")
def change_person(person_id: str) -> ResponseReturnValue:
    user = accounts.find_member(context.session(), context.actor(), person_id)
    form = MemberForm()
    if form.validate_on_submit():
        try:
            accounts.change_member(
                context.session(),
                context.actor(),
                person_id,
                name=form.name.data or "",
                roles=form.roles.data or [],
                language=form.language.data,
                now=context.now(),
            )
        except (Invalid, Conflict) as error:
            add_error(form, error)
        else:
            flash(_("Saved."), "good")
            return redirect(url_for("admin.people"))
    return render_template("admin/person.html", user=user, form=form, confirm=ConfirmForm()), 422


@bp.post("/people/<person_id>/close")
@requires("admin")
def close(person_id: str) -> ResponseReturnValue:
    user = accounts.set_member_active(context.session(), context.actor(), person_id, False, context.now())
    flash(_("The account of %(name)s is closed, and every session of it has ended.", name=user.name), "good")
    return redirect(url_for("admin.people"))


@bp.post("/people/<person_id>/open")
@requires("admin")
def reopen(person_id: str) -> ResponseReturnValue:
    user = accounts.set_member_active(context.session(), context.actor(), person_id, True, context.now())
    flash(_("The account of %(name)s is open again.", name=user.name), "good")
    return redirect(url_for("admin.people"))


@bp.post("/people/<person_id>/password-link")
@requires("admin")
def password_link(person_id: str) -> ResponseReturnValue:
    """Shown once on the answer to this request and stored nowhere, so the page cannot be opened again later."""
    user, token = passwords.make_reset_link(context.session(), context.actor(), person_id, context.now())
    return render_template("admin/link.html", name=user.name, link=public_address("auth.reset", token=token), days=1)
