"""The pages of which pictures are made, in the order a person could open them. See `pictures.py`."""

from __future__ import annotations

from itertools import cycle

from tests.e2e.call_stops import CALL, DESK, MENUS, SHIFT
from tests.e2e.picture_steps import (
    Step,
    Stop,
    answered,
    click,
    fill,
    hang_up,
    model_reply,
    reply,
    say,
    seen,
    side,
    write_up,
)  # fmt: skip

OPENING = say(
    "Good morning, Mara Olsen from Harrow Espresso. Is this a good moment to talk about your coffee machine?",
    "Bonjour, Mara Olsen, de Percolis. Est-ce le bon moment pour parler de votre machine à café ?",
)
COURSE = "/learn/courses/complaint-calls"
NAMES = cycle(("Mara Olsen", "Piotr Zieliński", "Lucía Ferrer", "Tomás Byrne", "Yuki Tanaka", "Chloé Garnier"))
BEGIN: tuple[Step, ...] = (
    lambda page: page.fill("[name=name]", next(NAMES)),
    click("[name=assessment]"),
    click(".door-form .btn"),
)

VISITOR = (
    Stop("landing", "", "/"),
    Stop("sign-in", "", "/login"),
    Stop("sign-in-wrong", "", "/login", (fill("[name=email]", "nobody"), click("main form .btn-primary"))),
    Stop("forgotten", "", "/password/forgotten"),
    Stop("reset", "", "/password/{reset}"),
    Stop("join", "", "/join/{join}"),
    Stop("privacy", "", "/privacy"),
    Stop("verify-form", "", "/verify"),
    Stop("verify", "", "/v/{valid}"),
    Stop("verify-revoked", "", "/v/{revoked}"),
    Stop("verify-unknown", "", "/v/AAAAAAAAAAAAAAAAAAAAAA"),
    Stop("certificate", "", "/v/{valid}/certificate.pdf?language={language}", is_pdf=True),
    Stop("not-found", "", "/nothing-here"),
    Stop("rubric", "", "/rubric/call-1"),
    Stop("rubric-replies", "", "/rubric/objection-1"),
)
LEARNER = (
    Stop("my-path", "nora", "/learn/"),
    Stop("work-figures", "nora", "/work/mine"),
    Stop("job-description", "nora", "/job-description/"),
    Stop(
        "job-description-other-name",
        "nora",
        "/job-description/",
        (fill("[name=name]", "N."), click("#sign .btn-primary")),
    ),
    Stop("rights", "nora", "/rights/"),
    Stop("rights-deficiency", "nora", "/rights/", (click("[value=deficiency]"), click("#write .btn-primary"))),
    Stop("course", "nora", COURSE),
    Stop("lesson", "nora", COURSE, (click(f'a[href^="{COURSE}/"]'),)),
    Stop("quiz-question", "nora", COURSE, (click("#quiz > .btn, #quiz form .btn"),)),
    Stop(
        "quiz-check",
        "nora",
        COURSE,
        (click("#quiz > .btn, #quiz form .btn"), lambda page: page.goto(page.url.rsplit("/", 1)[0] + "/check")),
    ),
    Stop("quiz-result", "nora", COURSE, (click(".learn-attempts a"),)),
    Stop("my-calls", "nora", "/calls/mine"),
    Stop("review", "nora", "/calls/mine", (click('tr:has-text("100") a[href^="/review/"], a[href^="/review/"]'),)),
    Stop("progress", "nora", "/learn/progress"),
    Stop(
        "drill",
        "nora",
        "/calls/mine",
        (click('tr:has-text("coffee machine") a[href^="/review/"]'), click(".practise button"), seen("#hear-line")),
    ),
    Stop("drill-weak", "nora", "", (reply("Right. That is how it is."),)),
    Stop("drill-good", "nora", "", (model_reply,)),
    Stop("drill-done", "nora", "", (model_reply, model_reply, seen("#result .btn-primary"))),
    Stop("career", "nora", "/career/"),
    Stop("decision", "nora", "/career/", (click('a[href^="/career/decisions/"]'),)),
    Stop("certificates", "nora", "/certificates/"),
    Stop("account", "nora", "/account"),
    Stop("forbidden", "nora", "/admin/people"),
)
NEW = tuple(
    Stop(f"{name}-empty", "theo", address)
    for name, address in (
        ("my-path", "/learn/"), ("progress", "/learn/progress"), ("course", COURSE), ("my-calls", "/calls/mine"), ("career", "/career/"),
        ("certificates", "/certificates/"),
    )
)  # fmt: skip
CANDIDATE = (
    Stop("door", "candidate", "/assessment/{door}"),
    Stop("door-mistake", "candidate", "", (click(".door-form .btn"),)),
    Stop("candidate-ready", "candidate", "", BEGIN),
    Stop("candidate-console", "candidate", "/assessment/call", (click("#answer-typing"), answered(1), OPENING)),
    Stop("candidate-thanks", "candidate", "", (hang_up, side("screen"), click("#tab-form"), write_up, seen(".thanks"))),
)
OFFICE = (
    Stop("start-supervisor", "maeve", "/start"),
    Stop("queue", "maeve", "/review/queue"),
    Stop("review-supervisor", "maeve", "/review/queue", (click('#queue a[href^="/review/"]:not([href$="/mark"])'),)),
    Stop("job-description-people", "maeve", "/job-description/people"),
    Stop("job-description-settings", "maeve", "/job-description/settings"),
    Stop("certificate-designs", "maeve", "/certificate-designs/"),
    Stop("rights-queue", "maeve", "/rights/queue"),
    Stop("rights-notice", "maeve", "/rights/notices/new"),
    Stop("calibrations", "maeve", "/calibration/"),
    Stop("calibration-new", "maeve", "/calibration/new"),
    Stop("calibration", "elise", "/calibration/{calibration}"),
    Stop("blind-sheet", "elise", "/review/{sheet}/mark"),
    Stop("calibration-compared", "maeve", "/calibration/{compared}"),
    Stop("teams-at-work", "maeve", "/work/teams"),
    Stop("team-at-work", "maeve", "/work/teams", (click(".rows-main a"),)),
    Stop("agreement", "maeve", "/reports/agreement"),
    Stop("learning", "maeve", "/reports/learning"),
    Stop("learning-person", "maeve", "/reports/learning", (click(".people-table a"),)),
    Stop("questions", "maeve", "/reports/questions"),
    Stop("lessons-said", "maeve", "/reports/lessons"),
    Stop("my-duties", "nora", "/learn/duties"),
    Stop("categories", "maeve", "/categories/"),
    Stop("category-person", "maeve", "/categories/", (click('a[href*="/categories/people/"]:has-text("Nora")'),)),
    Stop(
        "revoke",
        "maeve",
        "/categories/",
        (click('a[href*="/categories/people/"]:has-text("Nora")'), click('a[href$="/revoke"]')),
    ),
    Stop("cohorts", "elise", "/cohorts/"),
    Stop("cohort-new", "elise", "/cohorts/new"),
    Stop("cohort", "elise", "/cohorts/", (click("main a.stretched-link"),)),
    Stop("cohort-learner", "elise", "", (click('a[href*="/learners/"]:has-text("Nora")'),)),
    Stop("mark", "elise", "", (click('a[href$="/mark"]'),)),
    Stop(
        "roster-preview",
        "elise",
        "/cohorts/",
        (
            click("main a.stretched-link"),
            fill("textarea", "name,email\nIris Fontaine,iris@example.org\nNora Haddad,nora@demo.example\nPaul,paul"),
            click('form[action$="/roster"] .btn-primary'),
        ),
    ),
    Stop("campaigns", "kwame", "/campaigns/"),
    Stop("campaign-new", "kwame", "/campaigns/new"),
    Stop("campaign", "kwame", "/campaigns/", (click("main a.stretched-link"),)),
    Stop("campaign-links", "kwame", "", (click('form[action*="/link"] button:visible'),)),
    Stop("compare", "kwame", "/campaigns/", (click("main a.stretched-link"), click('a[href$="/compare"]'))),
    Stop("evidence", "kwame", "", (click('a[href*="/compare/"]'),)),
    Stop("people", "ines", "/admin/people"),
    Stop("person", "ines", "", (click('main a[href^="/admin/people/"]'),)),
    Stop("invite", "ines", "/admin/invitations/new"),
    Stop("audit", "ines", "/admin/audit"),
)
STOPS = VISITOR + CALL + DESK + MENUS + SHIFT + LEARNER + NEW + CANDIDATE + OFFICE
README = "console-live"
