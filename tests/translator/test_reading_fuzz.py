"""Texts that nobody would write: never an exception but Unreadable, never more work than the limits allow."""

import faulthandler
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from random import Random
from types import FrameType

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lecture.translator.compose import ComposeFile, Problem, Unreadable
from lecture.translator.limits import LIMITS
from lecture.translator.nodes import joined
from lecture.translator.reading import read
from tests.translator.corpus import FILES
from tests.translator.schema import Documents

many = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(autouse=True)
def watchdog() -> Iterator[None]:
    """Ends the run with a traceback where a test hangs; two minutes are a hundred times what any takes."""
    faulthandler.dump_traceback_later(120, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


def tried(text: str | bytes, env: str = "") -> ComposeFile | None:
    """A text read, or None; either way what must hold of every answer is checked."""
    found = None
    try:
        found = read(text, env, frozenset("*"))
        problems = found.problems
    except Unreadable as error:
        problems = error.problems
    for problem in problems:
        sound(problem)
    if found:
        whole(found)
    return found


def sound(problem: Problem) -> None:
    """A problem says what, where and what to do, in one line each."""
    assert problem.message
    assert problem.mend
    assert problem.place.line >= 1
    assert problem.place.column >= 1
    assert "\n" not in problem.message + problem.text
    assert len(problem.text) <= LIMITS.line + 100
    assert len(problem.message) <= 301


def whole(file: ComposeFile) -> None:
    """Leaves lie in the file; every value belongs to a leaf, and is its parts."""
    lines = file.source.splitlines()
    assert len(file.problems) <= 2 * (LIMITS.problems + 1)
    assert len(file.leaves) <= LIMITS.nodes
    for leaf in file.leaves:
        assert leaf.place.line <= len(lines) + 1
    paths = {leaf.path for leaf in file.leaves}
    for service in file.services.values():
        for setting in service.environment:
            assert setting.path in paths
            if setting.value:
                assert joined(setting.value.parts) == setting.value.value
        for command in (service.command, service.entrypoint):
            for word in command.words if command else ():
                assert word.path in paths
                assert joined(word.parts) == word.value
    assert sum(len(service.ports) + len(service.expose) for service in file.services.values()) <= LIMITS.ports


# ---- any text -----------------------------------------------------------------------------------

PIECES = (
    "services:", "web:", "image:", "a", ":", " ", "  ", "\n", "\n  ", "\n    ", "- ", "[", "]", "{", "}", ",", "&a ",
    "*a", "<<: ", "!reset ", "!override ", "!!str ", "|", ">", "'", '"', "#", "$", "${A", ":-", "}", "$$", "${A:?b}",
    "%", "@", "`", "\t", "\r\n", "? ", "---\n", "...\n", "\\", "80:80", "environment:", "ports:", "volumes:", "x-a:",
    "extends:", "depends_on:", "profiles:", "healthcheck:", "test:", "command:", "\ufeff", "é", "\u2028", "\x85", "😀",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@example("services: {web: {image: a, <<: {<<: {}}}}")
@example("services: {web: &a {image: a}, x: *a}\n---\nservices: {web: !reset {}}")
@example("--- !reset\nservices: {web: {image: [a]}}")
@example("? {a: b}\n: c")
@example("services:\n  web: {image: a, ports: [!reset 80, *a]}")
@many
def test_pieces_of_yaml_in_any_order(text):
    tried(text)


@given(st.text(max_size=200))
@many
def test_any_text(text):
    tried(text)


@given(st.binary(max_size=200))
@many
def test_any_bytes(data):
    tried(data)


@given(st.lists(st.sampled_from(("A", "=", "'", '"', "\\", "$", "${", "}", ":-", "\n", " ", "#", "export ", "é")))
       .map("".join))  # fmt: skip
@many
def test_any_env(text):
    assert tried("services: {web: {image: '$A ${B:-c}'}}", text) is not None


# ---- documents and files that were changed ------------------------------------------------------

STRANGE = ("${A}", "$", "*a", "&a x", "!reset null", "!override []", "<<: *a", "[", "\t", "- ", "x-b:", "'", "  ", "")


def changed(text: str, random: Random) -> str:
    """A text with a few of its pieces gone, doubled, moved or replaced."""
    for _ in range(random.randrange(1, 6)):
        start = random.randrange(len(text) + 1)
        end = min(len(text), start + random.choice((0, 1, 3, 20, 200)))
        piece = text[start:end]
        new = random.choice((random.choice(STRANGE), piece * 2, "", piece[::-1], piece.upper()))
        text = text[:start] + new + text[end:]
    return text


@given(st.randoms(use_true_random=False), st.sampled_from((0.02, 0.1, 0.4)))
@many
def test_documents_made_from_the_schema_and_beyond_it(random, wrong):
    document = Documents(random, wrong).document()
    tried(json.dumps(document))
    tried(changed(yaml.safe_dump(document), random), "A=b\nC=$A")


@pytest.mark.skipif(not FILES, reason="NOT TESTED: there are no compose files beside this project")
@given(st.randoms(use_true_random=False), st.integers(0, max(0, len(FILES) - 1)))
@many
def test_real_files_that_were_changed(random, number):
    tried(changed(FILES[number].read_text(), random), "DB_PORT=80")


# ---- the most work that there can be ------------------------------------------------------------

KB = 1024
MOST = 256 * KB - 100


def filled(begins: str, each: Callable[[int], str], ends: str = "") -> str:
    """The largest text allowed, of pieces that are made from their number."""
    pieces, size, number = [], len(begins) + len(ends), 0
    while size + len(each(number).encode()) <= MOST:
        pieces.append(each(number))
        size += len(pieces[-1].encode())
        number += 1
    return begins + "".join(pieces) + ends


WEB = "services:\n  web:\n    image: a\n"
LARGEST: dict[str, Callable[[], tuple[str, str]]] = {
    "brackets": lambda: ("[" * MOST, ""),
    "braces": lambda: ("{a: " * (MOST // 4), ""),
    "dashes": lambda: ("- " * (MOST // 2), ""),
    "a list": lambda: (filled(WEB + "    command: [", lambda n: "a,", "]"), ""),
    "keys nobody knows": lambda: (filled(WEB, lambda n: f"    imagee{n}: 1\n"), ""),
    "keys that stand twice": lambda: (filled(WEB, lambda n: "    image: a\n"), ""),
    "environment": lambda: (filled(WEB + "    environment:\n", lambda n: f"      - A{n}=$B\n"), "B=x"),
    "services": lambda: (filled("services:\n", lambda n: f"  s{n}: {{image: a}}\n"), ""),
    "services that wait": lambda: (
        filled("services:\n", lambda n: f"  s{n}:\n    image: a\n    depends_on: [s{n + 1}]\n{' ' * 80}\n"),
        "",
    ),
    "services that extend": lambda: (
        filled("services:\n", lambda n: f"  s{n}:\n    extends: s{n + 1}\n    environment: {{A{n}: b}}\n{' ' * 80}\n"),
        "",
    ),
    "ports": lambda: (filled(WEB + "    ports:\n", lambda n: f'      - "{n}-65000:{n}-65000"\n'), ""),
    "mounts": lambda: (filled(WEB + "    volumes:\n", lambda n: f"      - v{n}:/a\n"), ""),
    "dollars": lambda: (filled(WEB + "    command: ", lambda n: "$A "), "A=" + "x" * 20),
    "unset variables": lambda: (filled(WEB + "    command: ", lambda n: "$A"), ""),
    "defaults in defaults": lambda: (WEB + "    command: " + "${A:-" * 40_000 + "}" * 40_000, ""),
    "defaults never closed": lambda: (filled(WEB + "    command: ", lambda n: "${A:-"), ""),
    "quotes": lambda: (filled(WEB + '    command: "', lambda n: "'a b' ", '"'), ""),
    "quotes never closed": lambda: (filled(WEB + '    command: "', lambda n: "'a ", " '\""), ""),
    "backslashes": lambda: (filled(WEB + "    command: ", lambda n: "\\ "), ""),
    "aliases": lambda: (filled("x-a: &a {b: c}\n" + WEB + "    x-b: [", lambda n: "*a,", "]"), ""),
    "long aliases": lambda: ("x-a: &a " + "y" * 100_000 + "\n" + WEB + "    x-b: [" + "*a," * 50_000 + "]", ""),
    "aliases of variables": lambda: ("x-a: &a " + "$y" * 50_000 + "\n" + WEB + "    x-b: [" + "*a," * 40_000 + "]", ""),
    "a bomb": lambda: (
        "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 99)) + WEB,
        "",
    ),
    "merges": lambda: (
        "".join(f"x-{n}: &a{n} {{<<: [{','.join(f'*a{m}' for m in range(n))}], k{n}: v}}\n" for n in range(200)) + WEB,
        "",
    ),
    "long keys": lambda: ("x-" + "k" * 1000 + ":\n" + filled("", lambda n: f"  a{n}: b\n")[: MOST - 2000] + "\n", ""),
    "documents": lambda: (filled("", lambda n: "---\nservices: {web: {image: a}}\n"), ""),
    "comments": lambda: (filled(WEB, lambda n: "# a: b\n"), ""),
    "secrets": lambda: (filled(WEB + "    imagee: ", lambda n: "password=a://b:c@d"), ""),
    "quotes in .env": lambda: (WEB, "A='\\'\nB=\"\n" * 6000),
    "no .env": lambda: (WEB, "!\n" * 32_000),
    ".env that grows": lambda: (WEB, "A=" + "x" * 100 + "\n" + "A=$A$A$A$A\n" * 5000),
}


def calls(work: Callable[[], object]) -> int:
    """How many functions are called."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", LARGEST)
def test_the_most_that_anybody_may_paste_is_bounded_work(name):
    text, env = LARGEST[name]()
    assert len(text.encode()) <= LIMITS.text
    assert calls(lambda: tried_alone(text, env)) < 60 * LIMITS.nodes


def tried_alone(text: str, env: str) -> None:
    """A text read, or not, and nothing checked: that would be counted too."""
    with suppress(Unreadable):
        read(text, env)


@pytest.mark.parametrize("name", LARGEST)
def test_the_most_that_anybody_may_paste_is_answered(name):
    tried(*LARGEST[name]())


def test_work_grows_with_the_text_and_no_faster():
    def services(count: int) -> str:
        lines = (
            f"  s{n}:\n    image: a:{n}\n    ports: ['{n + 1}:80']\n    environment: [A=b, C=$D]\n"
            f"    depends_on: [s{(n + 7) % count}]\n"
            for n in range(count)
        )
        return "services:\n" + "".join(lines)

    assert calls(lambda: read(services(1000))) < 11 * calls(lambda: read(services(100)))
