"""A person without a pointer: every step is a key, and after every step the focus must be somewhere, and be seen."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

MOST_TABS = 60
STANDING = """() => {
  const on = document.activeElement;
  const look = (element) => {
    const style = getComputedStyle(element);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  };
  const box = on.getBoundingClientRect();
  const middle = [box.x + Math.min(box.width, innerWidth) / 2, box.y + Math.min(box.height, 40) / 2];
  const shown = on.nextElementSibling;
  return {
    name: `${on.tagName.toLowerCase()}#${on.id} ${on.outerHTML.slice(0, 90)}`,
    isBody: on === document.body,
    isMarked: look(on) || (on.matches(".segmented input") && look(shown)) || on.matches(".stretched-link"),
    isInSight: middle[0] >= 0 && middle[0] <= innerWidth && middle[1] >= 0 && middle[1] <= innerHeight,
  };
}"""
"""What the page says of the place of the keyboard: which element, whether it is marked, whether it is on the screen."""


@dataclass
class Hands:
    """Two hands on the keys of one page."""

    page: Page

    def check(self) -> str:
        """The focused element in a few words. Raises AssertionError where the focus is lost or cannot be seen."""
        self.page.wait_for_timeout(60)  # a frame or two: the page gives the focus a new place when its old one went
        found = self.page.evaluate(STANDING)
        assert not found["isBody"], "the focus is lost"
        assert found["isMarked"], f"nothing shows that the keyboard is at {found['name']}"
        assert found["isInSight"], f"the keyboard is out of sight, at {found['name']}"
        return str(found["name"])

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.check()

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.check()

    def go_to(self, selector: str, *, back: bool = False) -> None:
        """Press Tab (or Shift and Tab) until the keyboard is at the element."""
        passed = []
        for _ in range(MOST_TABS):
            if self.is_at(selector):
                self.check()
                return
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            passed.append(self.check())
        raise AssertionError(f"{selector} is not reached; passed: {passed}")

    def is_at(self, selector: str) -> bool:
        return bool(self.page.evaluate("selector => document.activeElement.matches(selector)", selector))

    def say(self, text: str) -> None:
        """Type a reply where one is typed, and wait until the customer (or the colleague) has answered."""
        heard = self.page.locator(".caption-customer, .caption-aside").count()
        self.press("Alt+l")
        assert self.is_at("#typed")
        self.write(text)
        self.press("Enter")
        self.page.wait_for_function(
            "count => document.querySelectorAll('.caption-customer, .caption-aside').length > count", arg=heard
        )
        self.page.wait_for_selector("#console[data-state=yours]", timeout=60_000)
        self.check()
