"""The other tests pass when nothing is noticed: so here is what would be."""

import pytest

from tests.browser.axe import violations
from tests.browser.visiting import Visitor

pytestmark = pytest.mark.browser

SCRIPT = "() => { const s = document.createElement('script'); %s; document.head.append(s); }"


@pytest.fixture
def careless(site, browser):
    """A visitor whose faults are read by the test, and then forgotten."""
    visitor = Visitor(browser, site.url)
    yield visitor
    visitor.faults.clear()
    visitor.leave()


def test_an_error_on_the_console_is_noticed(careless):
    page = careless("/")
    page.evaluate("() => console.error('a fault')")
    assert careless.faults == [f"console on {page.url}: a fault"]


def test_an_uncaught_error_is_noticed(careless):
    page = careless("/")
    with page.expect_event("pageerror"):
        page.evaluate("() => { setTimeout(() => { throw new Error('a fault') }) }")
    assert careless.faults == ["uncaught: a fault"]


def test_an_inline_script_is_forbidden_and_noticed(careless):
    page = careless("/")
    page.evaluate(SCRIPT % "s.textContent = 'window.ran = true'")
    assert page.evaluate("() => window.ran") is None
    assert any("CSP: script-src-elem forbids inline" in fault for fault in careless.faults)


def test_an_inline_style_is_forbidden_and_noticed(careless):
    page = careless("/")
    with page.expect_event("console", lambda message: "CSP" in message.text):
        page.evaluate("() => document.body.setAttribute('style', 'color: red')")
    assert any("CSP: style-src-attr forbids inline" in fault for fault in careless.faults)


def test_a_request_to_another_host_is_forbidden_and_noticed(careless):
    page = careless("/")
    with page.expect_event("console", lambda message: "CSP" in message.text):
        page.evaluate(SCRIPT % "s.src = 'http://example.invalid/x.js'")
    assert any("http://example.invalid/x.js" in fault for fault in careless.faults)


def test_an_address_that_is_not_there_is_noticed_unless_it_is_expected(careless):
    careless("/nowhere/", allowed=404)
    assert not careless.faults
    page = careless("/nowhere/")
    assert f"{page.url}: 404" in careless.faults


def test_axe_sees_text_that_is_too_faint(visit):
    page = visit("/about/privacy/")
    assert not violations(page)
    page.evaluate("() => { document.querySelector('.lead').style.color = '#bbb'; }")
    assert any(fault.startswith("color-contrast: .lead") for fault in violations(page))
