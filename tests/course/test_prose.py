"""Markdown to HTML: tables, links, terms and typography."""

import pytest
from markdown import Markdown

from lecture.course.model import Term
from lecture.course.prose import TermLinks, inline, markdown

TERMS = [
    Term(id="vpc", name="VPC", forms=("VPC", "VPCs"), definition="A network."),
    Term(id="alb", name="ALB", forms=("ALB", "load balancer"), definition="It shares traffic out."),
    Term(id="balance", name="Balance", forms=("balancer",), definition="Not on its own."),
]


def resolve(target: str) -> str:
    return {"section:a": "/a/", "section:soon": "", "term:vpc": "/glossary/#vpc"}.get(target, target)


@pytest.fixture
def converter() -> Markdown:
    return markdown(resolve, TermLinks(TERMS))


def vpc(text: str = "VPC") -> str:
    return f'<a class="term" href="/glossary/#vpc">{text}</a>'


def test_it_works(converter):
    assert converter.convert("One *two*.\n\n- three\n- four\n") == (
        "<p>One <em>two</em>.</p>\n<ul>\n<li>three</li>\n<li>four</li>\n</ul>"
    )


def test_a_table_can_be_read_aloud(converter):
    table = "Table: What it *costs*\n\n| Thing | A month |\n| :-- | --: |\n| Box | 7 |\n"
    assert converter.convert(table) == (
        '<div aria-label="What it costs" class="scroll" role="region" tabindex="0"><table class="grid-table">\n'
        "<caption><span>What it <em>costs</em></span>\n</caption><thead>\n<tr>\n"
        '<th scope="col">Thing</th>\n<th class="num" scope="col">A month</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n'
        '<th scope="row">Box</th>\n<td class="num">7</td>\n</tr>\n</tbody>\n</table>\n</div>'
    )


def test_a_table_without_a_caption_is_called_a_table(converter):
    html = converter.convert("Not a caption.\n\n| A |\n| --- |\n| B |\n")
    assert html.startswith('<p>Not a caption.</p>\n<div aria-label="Table" class="scroll" role="region" tabindex="0">')
    assert "<caption>" not in html


def test_each_table_has_its_own_caption(converter):
    html = converter.convert("Table: A\n\n|x|\n|-|\n|y|\n\nTable: B\n\n|x|\n|-|\n|y|\n")
    assert [part[0] for part in html.split("<caption><span>")[1:]] == ["A", "B"]
    assert html.count("<p>") == 0


@pytest.mark.parametrize(
    ("caption", "label"),
    [
        ('Sizes of "boxes" & <more', "Sizes of &quot;boxes&quot; &amp; &lt;more"),
        ('All <data value="7">$7</data> of it', "All $7 of it"),
        ("It’s `a < b` [here](section:a)", "It’s a &lt; b here"),
    ],
)
def test_the_label_of_a_table_is_plain_text(converter, caption, label):
    html = converter.convert(f"Table: {caption}\n\n| A |\n| --- |\n| B |\n")
    assert html.split(' class="scroll"')[0] == f'<div aria-label="{label}"'


def test_alignment_is_never_a_style(converter):
    html = converter.convert("| A | B | C |\n| :-- | :-: | --: |\n| 1 | 2 | 3 |\n")
    assert "style" not in html
    assert "align" not in html


def test_links_go_through_resolve(converter):
    assert converter.convert("[a *b*](section:a) [c](https://c.example)") == (
        '<p><a href="/a/">a <em>b</em></a> <a href="https://c.example">c</a></p>'
    )


def test_a_link_to_what_is_not_there_yet_is_text(converter):
    assert converter.convert("See [3.4](section:soon) for more.") == "<p>See <span>3.4</span> for more.</p>"


def test_a_term_is_linked_once_a_section(converter):
    assert converter.convert("VPCs, a VPC.") == f"<p>{vpc('VPCs')}, a VPC.</p>"
    assert converter.reset().convert("A VPC.") == "<p>A VPC.</p>"


def test_a_link_of_the_authors_own_counts_as_the_first(converter):
    assert converter.convert("A VPC, a [network](term:vpc).") == f"<p>A VPC, a {vpc('network')}.</p>"


@pytest.mark.parametrize("text", ["vpc", "Vpc", "VPC"])
def test_the_case_of_a_term_does_not_matter(converter, text):
    assert converter.convert(text) == f"<p>{vpc(text)}</p>"


@pytest.mark.parametrize("text", ["VPCX", "aVPC", "VPC-like", "non-VPC", "VPC_1"])
def test_a_term_is_a_whole_word(converter, text):
    assert converter.convert(text) == f"<p>{text}</p>"


def test_the_longest_form_wins(converter):
    assert converter.convert("A load balancer.") == '<p>A <a class="term" href="/glossary/#alb">load balancer</a>.</p>'


def test_several_terms_are_linked_in_one_text(converter):
    alb = '<a class="term" href="/glossary/#alb">ALB</a>'
    assert converter.convert("(VPC) and **ALB**, VPC.") == f"<p>({vpc()}) and <strong>{alb}</strong>, VPC.</p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("`VPC`", "<p><code>VPC</code></p>"),
        ("[a VPC](section:a)", '<p><a href="/a/">a VPC</a></p>'),
        ("[a *VPC*](section:a)", '<p><a href="/a/">a <em>VPC</em></a></p>'),
        ("![VPC](a.png)", '<p><img alt="VPC" src="a.png"></p>'),
    ],
)
def test_code_and_links_hold_no_terms(converter, text, html):
    assert converter.convert(text) == html
    assert converter.reset().convert("VPC") == f"<p>{vpc()}</p>"


def test_the_heads_of_a_table_hold_no_terms(converter):
    html = converter.convert("Table: VPC\n\n| VPC | B |\n| --- | --- |\n| VPC | VPC |\n")
    assert (html.count("VPC"), html.count(vpc())) == (5, 1)
    assert f"<td>{vpc()}</td>" in html


def test_terms_are_found_behind_other_elements(converter):
    alb, balance = '<a class="term" href="/glossary/#alb">ALB</a>', '<a class="term" href="/glossary/#balance">'
    assert converter.convert("*a* VPC, ALB, b<br>balancer c") == (
        f"<p><em>a</em> {vpc()}, {alb}, b<br>{balance}balancer</a> c</p>"
    )


def test_without_a_glossary_nothing_is_linked():
    assert markdown(str).convert("A VPC.") == "<p>A VPC.</p>"
    assert markdown(str, TermLinks([])).convert("A VPC.") == "<p>A VPC.</p>"


def test_the_glossary_may_stand_on_the_same_page():
    html = markdown(str, TermLinks(TERMS, "#term-")).convert("A VPC.")
    assert html == '<p>A <a class="term" href="#term-vpc">VPC</a>.</p>'


def test_typography_is_put_right(converter):
    assert converter.convert('"It\'s" a -- b ...') == "<p>&ldquo;It&rsquo;s&rdquo; a &ndash; b &hellip;</p>"


def test_quotes_in_code_stay_straight(converter):
    assert converter.convert("`\"a\" -- 'b'`") == "<p><code>\"a\" -- 'b'</code></p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b & c > d", "<p>a &lt; b &amp; c &gt; d</p>"),
        ("5 <6", "<p>5 &lt;6</p>"),
        ("`<script>`", "<p><code>&lt;script&gt;</code></p>"),
        ("&copy; &amp; &lt;b&gt;", "<p>&copy; &amp; &lt;b&gt;</p>"),
    ],
)
def test_what_is_no_html_is_escaped(converter, text, html):
    assert converter.convert(text) == html


def test_definition_lists_are_known(converter):
    assert converter.convert("Tap\n: It drips.") == "<dl>\n<dt>Tap</dt>\n<dd>It drips.</dd>\n</dl>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a *b*", "a <em>b</em>"),
        ("a\nb", "a\nb"),
        ("", ""),
        ("- a", "<ul>\n<li>a</li>\n</ul>"),
        ("a\n\nb", "<p>a</p>\n<p>b</p>"),
        ("a\n\n- b", "<p>a</p>\n<ul>\n<li>b</li>\n</ul>"),
    ],
)
def test_one_paragraph_loses_its_tag(text, html):
    assert inline(markdown(str), text) == html
