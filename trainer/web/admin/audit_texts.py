"""What the audit log's actions are called. Another capability's action without a text here shows its id."""

from __future__ import annotations

from flask_babel import gettext as _


def action_text(action: str) -> str:
    texts = {
        "user.added": _("Account made"),
        "user.invited": _("Invitation sent"),
        "user.joined": _("Joined by invitation"),
        "user.changed": _("Name, roles or language changed"),
        "user.deactivated": _("Account closed"),
        "user.reactivated": _("Account opened again"),
        "user.password_changed": _("Password changed"),
        "user.reset_asked": _("Link for a new password made"),
        "user.password_reset": _("New password set by link"),
        "user.signed_out_everywhere": _("Signed out everywhere"),
        "invitation.withdrawn": _("Invitation withdrawn"),
        "cohort.created": _("Cohort made"),
        "cohort.roster_taken": _("People added to a cohort"),
        "cohort.roster_undone": _("People added to a cohort taken out again"),
        "cohort.seat_removed": _("Person taken out of a cohort"),
        "cohort.exported": _("Progress of a cohort exported"),
        "bank.exported": _("Questions of a course taken out as a file"),
        "exam.answer_marked": _("Answer of an exam marked by a person"),
        "learning.exported": _("Learning of people exported"),
        "learning.seen": _("Learning of a person seen"),
        "call.marked": _("Call marked by a person"),
        "campaign.created": _("Campaign made"),
        "campaign.closed": _("Campaign closed"),
        "campaign.prolonged": _("Last day of a campaign set"),
        "campaign.invited": _("Candidates invited"),
        "campaign.link_renewed": _("New link for a candidate made"),
        "campaign.withdrawn": _("Candidate's link withdrawn"),
        "campaign.open_link_made": _("Open link made"),
        "campaign.open_link_withdrawn": _("Open link withdrawn"),
        "campaign.compared": _("Candidates compared"),
        "campaign.exported": _("Comparison of candidates exported"),
        "campaign.candidate_erased": _("Candidate erased"),
        "candidate.begun": _("Candidate began"),
        "career.attested": _("Work attested for a category"),
        "career.decided": _("Category decided"),
        "job_description.signed": _("Job description signed"),
        "job_description.receipt_opened": _("Receipt of a signature opened"),
        "job_description.exported": _("Signatures of the job description exported"),
        "job_description.settings_changed": _("Blanks of the job description changed"),
        "rights.answered": _("Message to the manager answered"),
        "rights.closed": _("Message to the manager closed"),
        "notice.posted": _("Decision of the management posted"),
        "notice.withdrawn": _("Decision of the management withdrawn"),
        "certificate.design_chosen": _("Design of certificates chosen"),
        "certificate.issued": _("Certificate issued"),
        "certificate.revoked": _("Certificate revoked"),
    }
    return texts.get(action, action)
