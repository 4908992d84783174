"""`healthcheck`."""

from dataclasses import replace

from lecture.translator.compose import Command, HealthCheck
from lecture.translator.lines import Notes
from lecture.translator.nodes import Mapping, Node, Scalar, Sequence, as_text
from lecture.translator.normal.values import flag, get, scalar, seconds, texts, whole


def health(node: Node | None, notes: Notes) -> HealthCheck | None:
    """The health check, or None where the file has none."""
    if not isinstance(node, Mapping):
        return None
    test = _test(get(node, "test"), notes)
    none = test is not None and [word.value for word in test.words] == ["NONE"]
    return HealthCheck(
        None if none else test,
        bool(flag(node, "disable")) or none,
        seconds(scalar(node, "interval"), notes),
        seconds(scalar(node, "timeout"), notes),
        whole(scalar(node, "retries")),
        seconds(scalar(node, "start_period"), notes),
        node.path,
        node.place,
    )


def _test(node: Node | None, notes: Notes) -> Command | None:
    """The words after CMD or CMD-SHELL; text alone is for a shell. NONE stays, as the only word."""
    if isinstance(node, Scalar):
        return Command((as_text(node),), True, node.path, node.place) if node.text else None
    if not isinstance(node, Sequence) or not node.items:
        return None
    words = texts(node)
    found = Command(words[1:], words[0].value == "CMD-SHELL", node.path, node.place)
    if words[0].value == "NONE":
        return replace(found, words=words[:1])
    if words[0].value in ("CMD", "CMD-SHELL"):
        return found
    mend = 'Begin the list with "CMD", or with "CMD-SHELL" where a shell should read it.'
    notes.add(f"{node.path} begins with neither CMD nor CMD-SHELL.", mend, words[0].place, words[0].path)
    return replace(found, words=words)
