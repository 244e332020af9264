"""Every screen as people see it, in light and in dark, and as axe judges it."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.device import OUTPUT, SMALL_PHONE, Device
from tests.servers.app import ROOT

_AXE = ROOT / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
_RUN = """async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    // A transition of what is inherited starts others below it.
    for (await frame(); document.getAnimations().length; await frame())
        await Promise.allSettled(document.getAnimations().map((one) => one.finished))
    const { violations } = await axe.run(document, { resultTypes: ['violations'] })
    return violations.filter((one) => ['serious', 'critical'].includes(one.impact)).flatMap((one) =>
        one.nodes.map((node) => `${one.id}: ${node.target.join(' ')}: ${node.failureSummary.split('\\n')[1].trim()}`))
}"""
# What a finger must hit is at least so large (CSS pixels).
_TOO_SMALL = """(least) => [...document.querySelectorAll('button, a.btn, a.card, a.tab, input, select, textarea')]
    .map((one) => one.closest('label') ?? one)
    .filter((one) => one.checkVisibility() && !one.closest('[inert]'))
    .map((one) => [one.ariaLabel ?? one.innerText, one.getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && (box.height < least || box.width < least))
    .map(([name, box]) => `target of ${Math.round(box.width)} x ${Math.round(box.height)}: ${name}`)"""
_SIDEWAYS = "() => document.documentElement.scrollWidth > innerWidth ? [`scrolls sideways: ${innerWidth}`] : []"
FINGER_PX = 44


class Screens:
    """Looks at one device's screens one after another, and remembers what is wrong with them."""

    def __init__(self, device: Device, prefix: str) -> None:
        self._device = device
        self._prefix = prefix
        self.seen: list[str] = []
        self.complaints: list[str] = []

    def look(self, name: str) -> None:
        """Judge the screen as it stands and keep its pictures."""
        self.seen.append(name)
        page = self._device.page
        page.evaluate("() => document.fonts.ready")
        page.evaluate(_AXE.read_text("utf-8"))
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            self._judge(page, f"{name} ({theme})", page.evaluate(_RUN))
            self._keep(f"{name}-{self._device.screen.width}-{theme}")
        if self._device.screen.handheld:
            self._judge(page, name, page.evaluate(_TOO_SMALL, FINGER_PX))
            self._look_on_a_small_phone(page, name)
        self._judge(page, name, page.evaluate(_SIDEWAYS))
        page.emulate_media(color_scheme="light", reduced_motion="no-preference")

    def _look_on_a_small_phone(self, page: Page, name: str) -> None:
        small, own = SMALL_PHONE, self._device.screen
        page.set_viewport_size({"width": small.width, "height": small.height})
        self._judge(page, f"{name} ({small.width})", page.evaluate(_SIDEWAYS))
        for theme in ("dark", "light"):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            self._keep(f"{name}-{small.width}-{theme}")
        page.set_viewport_size({"width": own.width, "height": own.height})

    def _keep(self, name: str) -> None:
        OUTPUT.mkdir(parents=True, exist_ok=True)
        self._device.page.screenshot(path=OUTPUT / f"{self._prefix}-{len(self.seen):02d}-{name}.png")

    def _judge(self, page: Page, name: str, complaints: list[str]) -> None:
        self.complaints += [f"{self._prefix} {name}: {complaint}" for complaint in dict.fromkeys(complaints)]
