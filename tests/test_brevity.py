"""How an answer begins on the wall: whole sentences, as many as a room reads."""

import pytest

from lecture.brevity import opening

EIGHT = "None of your queries gets faster by that."


def test_whole_sentences_are_kept_up_to_the_words():
    text = f"<p>{EIGHT} It waits. It answers nobody.</p>"
    assert opening(text, 10) == f"<p>{EIGHT} It waits. …</p>"
    assert opening(text, 99) == text


def test_the_first_sentence_is_kept_however_long():
    assert opening(f"<p>{EIGHT} More.</p>", 3) == f"<p>{EIGHT} …</p>"


def test_two_words_are_not_left_alone():
    assert opening(f"<p>Half right. {EIGHT} More.</p>", 3) == f"<p>Half right. {EIGHT} …</p>"


@pytest.mark.parametrize("marked", ["<em>Ship it. Now.</em>", "“Ship it.” it"])
def test_a_sentence_ends_neither_in_a_mark_nor_before_its_quotation_does(marked):
    assert opening(f"<p>{EIGHT} {marked} goes on.</p>", 11) == f"<p>{EIGHT} …</p>"


def test_paragraphs_behind_the_first_are_left_to_the_text():
    assert opening(f"<p>{EIGHT}</p>\n<p>More.</p>", 40) == f"<p>{EIGHT} …</p>"


def test_what_is_no_paragraph_stays():
    assert opening("<ul><li>One.</li></ul>", 1) == "<ul><li>One.</li></ul>"
