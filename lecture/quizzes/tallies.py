"""First answers, tallied by the database: only sums leave it, one row for all answers that were alike.

First answers to a question are counted in batches of FEWEST in the order in which they came, and a batch counts
once it is full, on the day of its last answer. So two ranges of days, or the same range an hour later, differ by
whole batches, and taking one from the other tells nothing about fewer than FEWEST. In SQL that is: all first answers
before a moment, without the last few that belong to a batch that is not full.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from lecture.quizzes.statistics import FEWEST, OTHERS, Tally

ALWAYS, NEVER = datetime(1970, 1, 1, tzinfo=UTC), datetime(2900, 1, 1, tzinfo=UTC)
AT_ONCE = 100  # parts of a UNION: SQLite takes 500

# `before` and `within` cut at the two moments; `rest` is the share right of a learner's other first answers
ALIKE = """
WITH learner AS (
    SELECT learner_id, COUNT(*) - 1 AS others, SUM(CASE WHEN "right" THEN 1 ELSE 0 END) AS rights
    FROM lecture_answer WHERE first GROUP BY learner_id HAVING COUNT(*) > %s
), one AS (
    SELECT question, "right", given, misconceptions, certainty,
        CASE WHEN answered_at < %s THEN 1 ELSE 0 END AS before,
        CASE WHEN answered_at < %s THEN 1 ELSE 0 END AS until,
        CASE WHEN answered_at >= %s AND answered_at < %s
            THEN (rights - CASE WHEN "right" THEN 1 ELSE 0 END) * 1.0 / others END AS rest
    FROM lecture_answer LEFT JOIN learner ON learner.learner_id = lecture_answer.learner_id
    WHERE first AND question IN ({questions})
)
SELECT question, "right", CAST(given AS text), CAST(misconceptions AS text), certainty,
    SUM(before), SUM(until), COUNT(rest), SUM(rest), SUM(rest * rest)
FROM one GROUP BY question, "right", given, misconceptions, certainty
"""
LAST = """
SELECT * FROM (
    SELECT question, "right", CAST(given AS text), CAST(misconceptions AS text), certainty
    FROM lecture_answer WHERE first AND question = %s AND answered_at < %s
    ORDER BY answered_at DESC, id DESC LIMIT %s
) AS last"""


def tallies(questions: Sequence[str], start: datetime | None, end: datetime | None) -> Iterator[Tally]:
    """First answers to these questions whose batch was full from `start` on and before `end` (aware times)."""
    if not questions:
        return
    start, end = start or ALWAYS, end or NEVER
    moments = [connection.ops.adapt_datetimefield_value(moment) for moment in (start, end)]
    before: Counter[str] = Counter()
    until: Counter[str] = Counter()
    names = ", ".join(["%s"] * len(questions))
    with connection.chunked_cursor() as cursor:
        cursor.execute(ALIKE.format(questions=names), [OTHERS, *moments, *moments, *questions])
        for *alike, earlier, all_, others, share, squares in cursor:
            before[alike[0]] += earlier
            until[alike[0]] += all_
            yield _tally(alike, all_ - earlier, others, share or 0.0, squares or 0.0)
    yield from _unfinished(until, moments[1], -1)
    yield from _unfinished(before, moments[0], 1)


def _unfinished(counts: Mapping[str, int], moment: Any, sign: int) -> Iterator[Tally]:
    """The answers before a moment that belong to a batch which is not full, each counted as `sign`."""
    left = [(question, moment, count % FEWEST) for question, count in counts.items() if count % FEWEST]
    for at in range(0, len(left), AT_ONCE):
        some = left[at : at + AT_ONCE]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([LAST] * len(some)), [value for row in some for value in row])
            for row in cursor:
                yield _tally(row, sign)


def _tally(alike: Sequence[Any], count: int, *others: Any) -> Tally:
    question, right, given, beliefs, certainty = alike
    return Tally(question, bool(right), json.loads(given), tuple(json.loads(beliefs)), certainty, count, *others)
