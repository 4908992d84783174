"""Questions as JSON: a contract, `version` 1.

    {
      "version": 1,
      "course": title, "quiz": its name in addresses or "all", "title": of the quiz,
      "seed": of the variants below,
      "questions": [{
        … every key of content/README.md, as its author wrote it; what was left out there is left out here,
        "asked": {                 what the seed makes of it
          "stem", "why", "answer"  with their formulas worked out; the answer in words
          "choices": [{"id", "text"}], "lefts": [{"id", "text"}]   in the order of the seed
        }
      }],
      "scenarios": [{"id", "title", "text", "code", "language"}],
      "misconceptions": [{"id", "believed", "so", "tempting", "section"}]   those that the questions name
    }

Texts are Markdown. Numbers that an author writes as formulas are strings. A new key may come; a change of what is
there is version 2.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from lecture.quizzes.marking import answer
from lecture.quizzes.misconceptions import misconceptions
from lecture.quizzes.outgoing import SEED, Leaving

VERSION = 1
LEFT_OUT = ("Nothing of a question. What learners answered is not in it, nor in any other export.",)


def export(questions: Sequence[Leaving], course: str, quiz: str, title: str) -> str:
    """The questions as JSON."""
    known = misconceptions()
    named = {slip.misconception for one in questions for _, slip in one.question.slips}
    told = {one.scenario.id: one.scenario for one in questions if one.scenario}
    data = {
        "version": VERSION,
        "course": course,
        "quiz": quiz,
        "title": title,
        "seed": SEED,
        "questions": [_question(one) for one in questions],
        "scenarios": [one.model_dump(exclude_defaults=True) for one in told.values()],
        "misconceptions": [one.model_dump() for id, one in known.items() if id in named],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _question(one: Leaving) -> dict[str, Any]:
    asked = one.asked
    shown = {
        "stem": asked.stem,
        "why": asked.why,
        "answer": answer(asked),
        "choices": [asdict(choice) for choice in asked.choices],
        "lefts": [asdict(left) for left in asked.lefts],
    }
    return {"kind": asked.kind} | one.question.model_dump(mode="json", exclude_unset=True) | {"asked": shown}
