"""What is done before a page is looked at: a stop with its steps. Pictures and the checks of access walk the same stops."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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


def reply(text: str) -> Step:
    """Send a reply in a drill that is not done yet, and wait for the page with its result."""

    def send(page: Page) -> None:
        if not page.locator("#reply").count():
            return
        was = page.evaluate("performance.timeOrigin")
        page.fill("#reply", text)
        page.press("#reply", "Enter")
        page.wait_for_function(
            "was => performance.timeOrigin !== was && document.activeElement?.id === 'result'", arg=was
        )

    return send


OPENERS = (
    "",
    "I see. ",
    "Of course. ",
    "Right, I see. ",
    "Thank you for telling me. ",
    "Yes, I see. ",
    "Right. ",
    "Well. ",
)
"""So that the same answer is given in words of its own each time."""


def model_reply(page: Page) -> None:
    """The answer that the drill has shown, in words of its own each time."""
    shown = page.locator(".could").all_inner_texts()
    if shown:
        page.evaluate("words => sessionStorage.setItem('model', words)", " ".join(shown))
    words = str(page.evaluate("sessionStorage.getItem('model')"))
    count = page.locator(".drill-history li").count()
    reply(f"{OPENERS[count % len(OPENERS)]}{words}")(page)
