"""Answering questions of any kind in a browser: what a learner who knows everything would choose."""

from __future__ import annotations

from playwright.sync_api import Page

from trainer.domain.papers import Item
from trainer.domain.questions import walk


def answer_rightly(page: Page, item: Item, save: str = "Save and go on") -> None:
    """Fill the form of the question on the page and send it; a branch to its good end."""
    question = item.question
    if question.kind == "branch":
        for number, (step, reply) in enumerate(walk(question.steps, question.key)[0]):
            page.locator(f"input[name=after][value='{number}']").wait_for(state="attached")
            page.check(f"input[name=place][value='{step.replies.index(reply) + 1}']")
            page.get_by_role("button", name="Say it").click()
        page.get_by_role("link", name="Go on", exact=True).click()
        return
    given = item.given_for(question.key or question.references[:1])
    match question.kind:
        case "single" | "several":
            for place in given:
                page.check(f"input[name=place][value='{place}']")
        case "order":
            for step, place in enumerate(given, 1):
                page.select_option(f"[name=step-{place}]", str(step))
        case "match":
            for number, place in enumerate(given, 1):
                page.select_option(f"[name=pair-{number}]", str(place))
        case "record":
            for field, value in zip(question.fields, given, strict=True):
                page.fill(f"[name=field-{field.id}]", str(value))
        case "better":
            page.check(f"input[name=reply][value='{given[0]}']")
            page.check(f"input[name=reason][value='{given[1]}']")
        case "spot":
            page.check(f"input[name=line][value='{given[0]}']")
            page.select_option("[name=error]", str(given[1]))
        case _:
            page.fill("[name=value]", str(given[0]))
    page.get_by_role("button", name=save).click()
