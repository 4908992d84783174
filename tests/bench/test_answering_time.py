"""What answering costs when many learn: 10,000 learners and 100,000 cards beside an empty database.

The course has more than 250 questions. Times are of this process; queries are counted without savepoints.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count, islice
from random import Random
from statistics import median
from time import process_time_ns

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lecture.models import Answer, Attempt, Card, Learner
from lecture.quizzes.asked import Asked, ask
from lecture.quizzes.pools import everything, pool, quizzes

pytestmark = [pytest.mark.bench, pytest.mark.django_db]

LEARNERS, CARDS = 10_000, 10  # and cards of each
TIMES = 60
QUIZ = "3-core-services"
HTMX = {"headers": {"HX-Request": "true"}}
numbers = count()

Measured = tuple[float, int]  # median milliseconds, most queries


@pytest.fixture(scope="module", autouse=True)
def collected() -> None:
    """The static files that pages name."""
    call_command("collectstatic", interactive=False, verbosity=0)


def test_answering_beside_an_empty_database(say):
    client = Client()
    empty = {name: measured(work) for name, work in works(client)}
    crowd()
    full = {name: measured(work) for name, work in works(client)}
    say(
        f"{len(everything())} questions; {LEARNERS:,} learners, {Card.objects.count():,} cards and"
        f" {Answer.objects.count():,} answers beside none",
        f"{'':28}{'empty':>10}{'full':>10}{'ratio':>8}{'queries':>14}",
        *(
            f"{name:28}{empty[name][0]:7.1f} ms{full[name][0]:7.1f} ms{full[name][0] / empty[name][0]:8.2f}"
            f"{empty[name][1]:8} and {full[name][1]}"
            for name in empty
        ),
    )
    assert {name: most for name, (_, most) in full.items()} == {name: most for name, (_, most) in empty.items()}


def works(client: Client) -> list[tuple[str, Callable[[], object]]]:
    """What is measured: each is called many times."""
    places = iter(list(islice(quiz_places(client), 2 * TIMES + 10)))
    return [
        ("an answer in a section", lambda: check(client)),
        ("an answer in a quiz", lambda: client.post(*next(places), **HTMX)),
        ("the next card of the review", lambda: client.get("/review/next/", **HTMX)),
        ("what is due, in a line", lambda: client.get("/review/", **HTMX)),
        ("the shelf", lambda: client.get("/quizzes/")),
    ]


def check(client: Client) -> None:
    """Answer one question of a section."""
    chosen = Random(next(numbers)).choice(list(pool(quizzes()[QUIZ]).values()))
    data = form(ask(chosen, 5)) | {"seed": "5", "once": f"bench{next(numbers):08}"}
    assert client.post(f"/quizzes/questions/{chosen.id}/", data, **HTMX).status_code == 200


def quiz_places(client: Client) -> Iterator[tuple[str, dict[str, object]]]:
    """The address of each question of one quiz after the other, and an answer to it."""
    while True:
        client.post(f"/quizzes/{QUIZ}/", {"length": "20", "mix": "all"})
        taken = Attempt.objects.latest("pk")
        for place, id in enumerate(taken.questions, 1):
            data = form(ask(everything()[id], taken.seed)) | {"sure": "2"}
            yield f"/quizzes/{QUIZ}/{taken.key}/{place}/", data


def form(asked: Asked) -> dict[str, object]:
    """Some answer to a question, as a browser sends it."""
    match asked.kind:
        case "match":
            return {f"answer-{left.id}": asked.choices[0].id for left in asked.lefts}
        case "order":
            return {f"place-{choice.id}": str(at) for at, choice in enumerate(asked.choices, 1)}
        case "number" | "text":
            return {"answer": "12"}
    return {"answer": next(choice.id for choice in asked.choices if choice.text.strip())}


def crowd() -> None:
    """Everybody else."""
    ids, now = list(everything()), timezone.now()
    Learner.objects.bulk_create([Learner(key=f"bench{at}") for at in range(LEARNERS)], batch_size=500)
    others = list(Learner.objects.filter(key__startswith="bench").order_by("pk"))
    rows = [
        (learner, ids[(at * 7 + step * 13) % len(ids)], step)
        for at, learner in enumerate(others)
        for step in range(CARDS)
    ]
    today = now.date()
    cards = (
        Card(learner=one, question=id, stability=3, difficulty=5, last=today, due=today + timedelta(days=step - 3))
        for one, id, step in rows
    )
    Card.objects.bulk_create(cards, batch_size=500)
    answers = (
        Answer(learner=one, once=f"c:{step:08}", source="check", question=id, seed=1, given="a", right=bool(step % 2))
        for one, id, step in rows
    )
    Answer.objects.bulk_create(answers, batch_size=500)


def measured(work: Callable[[], object]) -> Measured:
    """The median time of a call, and the most queries that one makes."""
    for _ in range(TIMES):
        work()  # texts are rendered once and remembered
    taken, asked = [], []
    for _ in range(TIMES):
        began = process_time_ns()
        work()
        taken.append(process_time_ns() - began)
    for _ in range(10):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            work()
        asked.append(sum("SAVEPOINT" not in query["sql"] for query in queries))
    return median(taken) / 1e6, max(asked)
