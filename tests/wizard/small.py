"""A small flow for tests, as an author writes it: two questions, three outcomes."""

import re

FLOW = """
[[question]]
id = "asleep"
text = "Does it sleep?"
short = "Does it sleep?"
why = "It decides."
settle = "Look at it at night."

[[question.answer]]
id = "yes"
text = "Yes"
short = "yes"
because = "It sleeps."

[[question.answer]]
id = "no"
text = "No"
short = "no"
because = "It is awake."

[[question]]
id = "owner"
text = "Who owns it?"
short = "Who owns it?"
why = "Somebody has to."
settle = "Write down a name."

[[question.answer]]
id = "me"
text = "I do"
short = "me"
because = "You own it."

[[question.answer]]
id = "nobody"
text = "Nobody"
short = "nobody"
because = "Nobody owns it."

[[route]]
id = "start"
ask = "asleep"
to = { yes = "function", no = "owned" }

[[route]]
id = "owned"
ask = "owner"
to = { me = "machine", nobody = "platform" }
"""

OUTCOME = """
[[outcome]]
id = "{id}"
title = "The {id}"
name = "a {id}"
short = "{id}"
home = ["hotel"]
text = "Take the {id}."
sections = ["1-only/1-first"]
steps = ["One.", "Two.", "Three.", "Four.", "Five."]
gains = ["Sleep."]

[[outcome.estimate]]
title = "One of them"
assumes = ["Nothing."]
line = [{{ price = "thing.hour", units = 2, text = "two things" }}]

[[outcome.later]]
hurts = "Age"
sign = "A year has passed."
"""

SMALL = FLOW + "".join(OUTCOME.format(id=id) for id in ("function", "platform", "machine"))
PRICES = """
sources = { K = "known" }

[regions]
us_east_1 = "US East"
eu_west_2 = "London"

[[price]]
id = "thing.hour"
group = "things"
item = "A thing"
unit = "hour"
us_east_1 = { usd = 0.10, as_of = 2026-10-08 }
source = "K"
confidence = "high"
"""


def with_(*changes: tuple[str, str]) -> str:
    """The small flow, each first text replaced by the second, which must occur."""
    text = SMALL
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    return text


def line_of(text: str, wanted: str) -> int:
    """The line on which something stands first."""
    found = re.search(re.escape(wanted), text)
    assert found, wanted
    return text.count("\n", 0, found.start()) + 1
