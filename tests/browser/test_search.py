"""Searching while one types."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_typing_shows_results_without_a_reload(visit):
    page = visit("/search/")
    page.evaluate("() => { window.stayed = true; }")
    page.locator("#q").press_sequentially("laptop")
    expect(page.get_by_role("status")).to_contain_text("for laptop")
    expect(page.locator(".hits mark").first).to_have_text(re.compile("laptop", re.I))
    assert page.evaluate("() => window.stayed")


def test_the_address_follows_and_can_be_sent_to_somebody(visit):
    page = visit("/search/")
    page.locator("#q").press_sequentially("load balancer")
    page.wait_for_url("**/search/?q=load%20balancer")
    found = page.locator(".hits a").all_inner_texts()
    page.reload()
    expect(page.locator("#q")).to_have_value("load balancer")
    assert page.locator(".hits a").all_inner_texts() == found != []


def test_back_leads_to_where_one_came_from_and_forward_to_the_results(visit):
    page = visit("/")
    page.keyboard.press("/")
    page.wait_for_url("**/search/")
    page.locator("#q").fill("laptop")
    page.wait_for_url("**/search/?q=laptop")
    expect(page.locator(".hits a").first).to_be_visible()
    page.go_back()
    expect(page.locator(".hits")).to_have_count(0)
    expect(page.locator("#q")).to_have_value("")
    page.go_forward()
    expect(page.locator(".hits a").first).to_be_visible()
    expect(page.locator("#q")).to_have_value("laptop")


def test_a_count_is_said_to_who_cannot_see_the_list(visit):
    page = visit("/search/")
    expect(page.get_by_role("status")).to_contain_text("Type a word or two")
    said = page.get_by_role("status").element_handle()
    page.locator("#q").fill("nines")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^\d+ places? for nines"))
    expect(page.get_by_role("status")).to_contain_text(str(page.locator(".hits li").count()))
    # only a region that was there before is sure to be read out
    assert said.evaluate("(e) => e.isConnected")


def test_nothing_found_says_what_to_do_next(visit):
    page = visit("/search/")
    page.locator("#q").fill("zzzz")
    expect(page.get_by_role("status")).to_contain_text("Nothing found for zzzz.")
    expect(page.locator("#results").get_by_role("link", name="glossary")).to_be_visible()


def test_an_emptied_field_shows_the_beginning_again(visit):
    page = visit("/search/?q=laptop")
    page.locator("#q").fill("")
    expect(page.get_by_role("status")).to_contain_text("Type a word or two")


def test_from_a_key_to_the_place_in_the_text_without_a_mouse(visit):
    page = visit("/")
    page.keyboard.press("/")
    page.wait_for_url("**/search/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("elasticity")
    expect(page.locator(".hits a").first).to_be_visible()
    wanted = page.locator(".hits a").first.get_attribute("href")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".hits a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{wanted}")
    expect(page.locator(f"[id='{wanted.rpartition('#')[2]}']")).to_be_in_viewport()


def test_what_is_typed_is_shown_as_text(visit):
    page = visit("/search/")
    page.locator("#q").fill("<b id=evil>laptop")
    expect(page.get_by_role("status")).to_contain_text("<b id=evil>laptop")
    expect(page.locator("#evil")).to_have_count(0)


def test_words_that_stand_apart_in_the_text_stand_apart_in_what_is_found(visit):
    page = visit("/search/?q=laptop")
    found = page.locator(".hits li", has_text="Parents’ house: your laptop")
    expect(found.locator("p")).to_contain_text("Parents’ house Local development")
