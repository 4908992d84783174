"""The lines of the file as a page may show them: every secret as dots."""

import re
from bisect import bisect_right

from lecture.translator.compose import ComposeFile, Leaf
from lecture.translator.plan.secrets import MASK, PLAIN, REFERENCE, logins
from lecture.translator.plan.vault import Vault

KEY = re.compile(r"^[\s-]*[^:=]*[:=]\s*")
VALUE = re.compile(r"([:=]\s*|^\s*-\s+).*$")


def masked_lines(file: ComposeFile, vault: Vault) -> tuple[str, ...]:
    """The lines of the file as the page shows them beside the cards."""
    source = file.source.splitlines()
    lines = list(source)
    starts = sorted({leaf.place.line for leaf in file.leaves})
    warm = vault.warm(source)
    named: dict[str, bool] = {}
    for leaf in file.leaves:
        name = leaf.path.rpartition(".")[2]
        if name not in named:
            named[name] = _named(name, vault)
        if _holds(leaf, source, warm, vault) or (named[name] and _told(leaf.value)):
            after = bisect_right(starts, leaf.place.line)
            end = starts[after] if after < len(starts) else len(lines) + 1
            block = slice(leaf.place.line - 1, max(end - 1, leaf.place.line))
            lines[block] = _masked_block(lines[block], source[block], leaf.value, vault)
    for number in warm:
        if lines[number].strip():
            lines[number] = vault.mask(lines[number])
    return tuple(lines)


def _holds(leaf: Leaf, source: list[str], warm: set[int], vault: Vault) -> bool:
    """Whether a secret stands in a leaf. What stands word for word on a line without any needs no closer look."""
    number, value = leaf.place.line - 1, leaf.value
    if number not in warm and value not in vault.names and value in source[number]:
        return False
    return bool(vault.spans(value))


def _named(end: str, vault: Vault) -> bool:
    """Whether a path with this end, such as DB_PASSWORD or labels["db.password"], is of a secret by its name."""
    end = end.rstrip('"]')
    return vault.named(end[max(end.rfind("["), end.rfind("]")) + 1 :])


def _told(value: str) -> bool:
    """Whether a value says something that is to be hidden, rather than where a secret is."""
    return value.lower() not in PLAIN and not logins(value) and not REFERENCE.match(value)


def _masked_block(block: list[str], source: list[str], value: str, vault: Vault) -> list[str]:
    """The lines of one leaf: literally where its secrets stand so, else all that is behind the key."""
    found = vault.secrets_in(value) or [value]
    whole = "\n".join(source)
    if not all(secret in whole for secret in found):
        return _all_masked(block)
    shown = source if found == [value] else [vault.mask(line) for line in block]
    if shown == source:
        key = KEY.match(block[0])
        head = key.end() if key else 0
        shown = [block[0][:head] + block[0][head:].replace(value, MASK)]
        shown += [line.replace(value, MASK) for line in block[1:]]
    return shown


def _all_masked(block: list[str]) -> list[str]:
    """The key of a leaf, and dots for the rest of it: where escapes hide how a secret is written."""
    shown = [VALUE.sub(rf"\g<1>{MASK}", block[0], count=1)]
    for line in block[1:]:
        blank = len(line) - len(line.lstrip())
        shown.append(f"{line[:blank]}{MASK}" if line.strip() else line)
    return shown
