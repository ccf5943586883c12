"""The pages of which pictures are made, in the order a person could open them. See `pictures.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle

from playwright.sync_api import Page, expect

Step = Callable[[Page], object]
SLOW_MS = 60_000
"""What a real engine may need for a customer's turn or a grade on a small machine."""


@dataclass(frozen=True)
class Stop:
    """A page: its name, who opens it ("" is a visitor), where it begins, what is done there before the picture.

    An empty `start` stays where the stop before ended; `{door}` and its like are tokens of `picture_stage`.
    """

    name: str
    who: str
    start: str
    steps: tuple[Step, ...] = ()
    is_pdf: bool = False


def click(selector: str) -> Step:
    return lambda page: page.locator(selector).first.click()


def fill(selector: str, text: str) -> Step:
    return lambda page: page.fill(selector, text)


def seen(selector: str) -> Step:
    return lambda page: expect(page.locator(selector).first).to_be_visible(timeout=SLOW_MS)


def answered(count: int) -> Step:
    """Wait until the customer has spoken `count` times and the turn is the operator's, or the call is over."""

    def wait(page: Page) -> None:
        page.wait_for_function(
            """count => document.querySelectorAll(".caption-customer").length >= count
               && document.getElementById("console").dataset.state === "yours"
               || !document.getElementById("wrap-up").hidden""",
            arg=count,
            timeout=SLOW_MS,
        )

    return wait


def say(en: str, fr: str) -> Step:
    """Type a reply in the language of the call and wait for the customer's."""

    def reply(page: Page) -> None:
        spoken = page.locator("#captions").get_attribute("lang")
        count = page.locator(".caption-customer").count()
        page.fill("#typed", fr if spoken == "fr" else en)
        page.press("#typed", "Enter")
        answered(count + 1)(page)

    return reply


def side(name: str) -> Step:
    """On a narrow screen, the call or the screen; a wide one shows both."""

    def switch(page: Page) -> None:
        button = page.locator(f'.console-switch [data-view="{name}"]')
        if button.is_visible():
            button.click()

    return switch


def hang_up(page: Page) -> None:
    if page.locator("#wrap-up").is_hidden():
        page.click("[data-hangup]")
        page.click("#ask-hangup .btn-danger")
    seen("#wrap-up")(page)


def write_up(page: Page) -> None:
    page.select_option("#disposition", index=1)
    page.click("#save-wrap-up")


GREETING = say(
    "Good morning, Brindle and Moss, Sam speaking. How can I help you?",
    "Bonjour, Maison Cordelle, Camille à votre écoute. Comment puis-je vous aider ?",
)
OPENING = say(
    "Good morning, Mara Olsen from Harrow Espresso. Is this a good moment to talk about your coffee machine?",
    "Bonjour, Mara Olsen, de Percolis. Est-ce le bon moment pour parler de votre machine à café ?",
)
IDENTITY = say(
    "I am sorry about that. May I have your order reference and your postcode, so that I can look into it?",
    "Je suis désolée. Puis-je avoir votre référence de commande et votre code postal, pour vérifier ?",
)
COURSE = "/learn/courses/complaint-calls"
GO = click(".brief-start .btn-primary")
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
)
CALL = (
    Stop("lobby", "nora", "/calls/"),
    Stop("brief", "nora", "/calls/scenarios/late-parcel"),
    Stop("console-ringing", "nora", "", (GO, seen("#answer-typing:enabled"))),
    Stop("console-live", "nora", "", (click("#answer-typing"), answered(1), GREETING, IDENTITY)),
    Stop("console-phone", "nora", "", (side("call"), click(".keypad summary"))),
    Stop("console-customer", "nora", "", (side("screen"),)),
    Stop("console-record", "nora", "", (click("#tab-form"), fill("[data-field] >> nth=0", "nonsense"))),
    Stop("console-company", "nora", "", (click("#tab-company"),)),
    Stop("console-wrap-up", "nora", "", (side("call"), hang_up)),
    Stop("review-practice", "nora", "", (side("screen"), click("#tab-form"), write_up, seen("#review"))),
)
LEARNER = (
    Stop("my-path", "nora", "/learn/"),
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
    Stop("career", "nora", "/career/"),
    Stop("decision", "nora", "/career/", (click('a[href^="/career/decisions/"]'),)),
    Stop("certificates", "nora", "/certificates/"),
    Stop("account", "nora", "/account"),
    Stop("forbidden", "nora", "/admin/people"),
)
NEW = tuple(
    Stop(f"{name}-empty", "theo", address)
    for name, address in (
        ("my-path", "/learn/"), ("course", COURSE), ("my-calls", "/calls/mine"), ("career", "/career/"),
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
STOPS = VISITOR + CALL + LEARNER + NEW + CANDIDATE + OFFICE
README = "console-live"
