"""The pages of calls, for pictures and for the checks of access: lobby, brief, console in its states, review, menus, shift."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.picture_steps import SLOW_MS, Step, Stop, answered, click, fill, hang_up, say, seen, side, write_up

GREETING = say(
    "Good morning, Brindle and Moss, Sam speaking. How can I help you?",
    "Bonjour, Maison Cordelle, Camille à votre écoute. Comment puis-je vous aider ?",
)
IDENTITY = say(
    "I am sorry about that. May I have your order reference and your postcode, so that I can look into it?",
    "Je suis désolée. Puis-je avoir votre référence de commande et votre code postal, pour vérifier ?",
)
GO = click(".brief-start .btn-primary")


def floor(page: Page) -> None:
    """Until it is the operator's turn."""
    page.wait_for_selector("#console[data-state=yours]", timeout=SLOW_MS)


def heard_aside(page: Page) -> None:
    expect(page.locator(".caption-aside").last).to_be_visible(timeout=SLOW_MS)
    floor(page)


def brief_the_colleague(page: Page) -> None:
    """Told in the language of the call; the colleague answers, the customer hears nothing."""
    spoken = page.locator("#captions").get_attribute("lang")
    count = page.locator(".caption-aside").count()
    page.fill(
        "#typed",
        "Bonjour, c'est un colis en retard de deux jours."
        if spoken == "fr"
        else "Hello, it is about a parcel that is two days late.",
    )
    page.press("#typed", "Enter")
    expect(page.locator(".caption-aside")).not_to_have_count(count, timeout=SLOW_MS)
    floor(page)


def alone(page: Page) -> None:
    """Until only the customer is on the line again."""
    expect(page.locator("#party")).to_be_hidden(timeout=SLOW_MS)
    floor(page)


def begin_shift(page: Page) -> None:
    """A shift, or the one that is still running from an earlier walk."""
    page.locator("[action$='/shifts/'] .btn-primary, a[href*='/shifts/'].btn-primary").first.click()
    page.wait_for_selector("#floor")


def search_for_anyone(page: Page) -> None:
    """The caller's own surname, so that somebody is found."""
    name = page.evaluate(
        "JSON.parse(document.getElementById('call-data').textContent).people.find(p => p.id === 'own').name"
    )
    page.fill("#people-search", name.split()[-1])
    page.press("#people-search", "Enter")
    seen(".people-row")(page)


DIAL: tuple[Step, ...] = (click("#answer-typing"), lambda page: page.wait_for_selector("#captions li", timeout=SLOW_MS))
SURVEY_ANSWERED = "#console:is([data-state=yours], [data-state=nobody])"

CALL = (
    Stop("lobby", "nora", "/calls/"),
    Stop("lobby-filtered", "nora", "/calls/?direction=outbound&duty=OUT1"),
    Stop("lobby-nothing", "nora", "/calls/?q=zebra"),
    Stop("brief-assessed", "nora", "/calls/scenarios/late-parcel", (click("[value=assessed]"),)),
    Stop("brief", "nora", "/calls/scenarios/late-parcel"),
    Stop("console-ringing", "nora", "", (GO, seen("#answer-typing:enabled"))),
    Stop("console-live", "nora", "", (click("#answer-typing"), answered(1), GREETING, IDENTITY)),
    Stop("console-phone", "nora", "", (side("call"), click(".keypad summary"))),
    Stop("console-transfer", "nora", "", (click("#call-title"), click("[data-transfer]"), seen("#ask-transfer"))),
    Stop("console-colleague", "nora", "", (click("[value=consult]"), heard_aside, brief_the_colleague)),
    Stop("console-hold", "nora", "", (click("[data-back]"), alone, click("[data-hold]"), seen("[data-hold-clock]"))),
    Stop("console-customer", "nora", "", (click("[data-hold]"), alone, side("screen"))),
    Stop("console-record", "nora", "", (click("#tab-form"), fill("[data-field] >> nth=0", "nonsense"))),
    Stop("console-company", "nora", "", (click("#tab-company"),)),
    Stop("console-wrap-up", "nora", "", (side("call"), hang_up)),
    Stop("review-practice", "nora", "", (side("screen"), click("#tab-form"), write_up, seen("#review"))),
)
DESK = (
    Stop("desk-ringing", "nora", "/calls/scenarios/left-in-the-cab", (GO, seen("#answer-typing:enabled"))),
    Stop("desk-search", "nora", "", (click("#answer-typing"), answered(1), side("screen"), search_for_anyone)),
    Stop("desk-found", "nora", "", (click(".people-row"), lambda page: page.evaluate("scrollTo(0, 0)"))),
    Stop("desk-sheets", "nora", "", (click("#tab-form"), click(".sheet-tab >> nth=1"))),
    Stop(
        "desk-procedure",
        "nora",
        "",
        (click("#tab-company"), fill("#fact-search", "a"), click("[data-article] summary")),
    ),
    Stop("desk-keyboard", "nora", "", (side("call"), click("[data-opens=keyboard]"), seen("#keyboard"))),
    Stop("desk-hang-up", "nora", "", (click("[data-closes]"), click("[data-hangup]"), seen("#ask-hangup"))),
    Stop("dial-ringing", "nora", "/calls/scenarios/before-the-scan", (GO, seen("#answer-typing:enabled"))),
    Stop("dial-answer", "nora", "", (*DIAL, seen(SURVEY_ANSWERED))),
)
MENUS = (
    Stop("menus", "nora", "/calls/menus"),
    Stop("menu", "nora", "/calls/menus/tandem"),
    Stop("menu-choices", "nora", "", (click("#menu-dial"), seen("#menu-choices li"))),
    Stop("menu-queue", "nora", "", (click("[data-key='3']"), seen("#menu-queue"))),
)
SHIFT = (
    Stop("shift-start", "nora", "/shifts/"),
    Stop("shift-floor", "nora", "", (begin_shift, seen("#floor[data-state=ready]"))),
    Stop("shift-result", "nora", "", (click("[name=do][value=end]"), seen(".shift-strip"))),
)
MINE = (Stop("my-calls", "nora", "/calls/mine"),)
