"""Questions as a text file for Anki: one card a line, its id stable, so that a second import mends the first.

Rules: https://docs.ankiweb.net/importing/text-files.html. The fields are those of Anki's “Basic”: front and back.
"""

import csv
import io
from collections.abc import Iterable, Mapping

from django.utils.html import escape

from lecture.quizzes.asked import filled
from lecture.quizzes.kinds import Match, Order, Question, Slip
from lecture.quizzes.marking import answer
from lecture.quizzes.outgoing import SEED, Leaving, as_html, belief, chosen, hint, inline, span

COLUMNS = ("id", "Front", "Back", "Tags")
LEFT_OUT = (
    "Answers that are chosen or typed: Anki shows a front and a back, and you say yourself whether you knew it.",
    "How sure somebody is, and the site’s own review: Anki has its own.",
    f"Other numbers of a question that varies: each stands here with the numbers of seed {SEED}.",
    "A scenario is told again on each of its cards.",
)


def export(questions: Iterable[Leaving], course: str, decks: Mapping[str, str]) -> str:
    """The questions as a text file; `course` is a slug that ids and tags begin with, `decks` the title of each part."""
    out = io.StringIO()
    out.write("#separator:tab\n#html:true\n#notetype:Basic\n#deck column:5\n#guid column:1\n#tags column:4\n")
    out.write("#columns:" + "\t".join([*COLUMNS, "Deck"]) + "\n")
    rows = csv.writer(out, delimiter="\t", lineterminator="\n")
    for one in questions:
        part = one.question.section.partition("/")[0]
        deck = decks.get(one.question.section, part)
        rows.writerow([f"{course}:{one.id}", front(one), back(one), tags(course, one.question), deck])
    return out.getvalue()


def front(one: Leaving) -> str:
    """What is asked, as HTML on one line."""
    return _one_line(as_html(one.blocks) + _given(one))


def back(one: Leaving) -> str:
    """The answer, its reason, and what the wrong ones say about beliefs."""
    right = f"<p><b>{inline(_answer(one))}</b></p>"
    why = f"<p>{inline(one.asked.why)}</p>"
    rows = "".join(f"<li>{_slip(slip, one)}</li>" for _, slip in one.question.slips)
    return _one_line(right + why + (f"<p>Wrong, and why it is believed:</p><ul>{rows}</ul>" if rows else ""))


def tags(course: str, question: Question) -> str:
    """Tags by part and section, and the kind; Anki parts levels by :: and tags by blanks."""
    return f"{course}::{question.section.replace('/', '::')} {course}::kind::{question.kind}"


def _given(one: Leaving) -> str:
    """What can be chosen."""
    todo = f"<p><i>{escape(hint(one.question))}</i></p>" if hint(one.question) else ""
    if isinstance(one.question, Match):
        lefts, rights = (
            "".join(f"<li>{inline(choice.text)}</li>" for choice in choices)
            for choices in (one.asked.lefts, one.asked.choices)
        )
        return f'{todo}<ul>{lefts}</ul><ol type="a">{rights}</ol>'
    if isinstance(one.question, Order):
        return f"{todo}<ul>{''.join(f'<li>{inline(step.text)}</li>' for step in one.asked.choices)}</ul>"
    if one.asked.choices and one.question.kind != "find":
        return f'{todo}<ol type="a">{"".join(f"<li>{inline(choice.text)}</li>" for choice in one.choices)}</ol>'
    return todo


def _answer(one: Leaving) -> str:
    if one.question.kind == "find":
        number, _, row = answer(one.asked).partition(": ")
        return f"{number}: {span(row)}"
    return answer(one.asked)


def _slip(slip: Slip, one: Leaving) -> str:
    """A wrong answer: what was chosen, the belief, the feedback."""
    idea = belief(slip)
    words = [f"{inline(chosen(slip, one.asked))}:", f"<i>“{inline(idea)}”.</i>" if idea else ""]
    return " ".join([*filter(None, words), inline(filled(slip.feedback, one.asked.names))])


def _one_line(html: str) -> str:
    """HTML whose line breaks are marks, in code too."""
    before, *codes = html.split("<pre>")
    found = [before.replace("\n", " ")]
    for code in codes:
        inside, _, after = code.partition("</pre>")
        found.append(f"<pre>{inside.replace(chr(10), '<br>')}</pre>{after.replace(chr(10), ' ')}")
    return "".join(found).replace("\t", "    ")
