"""Code samples, coloured by class names alone (no style attributes)."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from pygments import highlight as pygmentize
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound


def highlight(text: str, language: str, mark: str = "") -> SafeString:
    """The lines of `text` as HTML; `mark` names lines to light, such as "3 5-7"."""
    try:
        lexer = get_lexer_by_name(language or "text", stripnl=False)
    except ClassNotFound:
        return escape(text)
    formatter = HtmlFormatter(nowrap=True, hl_lines=lines(mark), classprefix="tok-")
    return mark_safe(pygmentize(text, lexer, formatter))  # noqa: S308 - Pygments escapes


def knows(language: str) -> bool:
    """Whether Pygments has a lexer of that name."""
    try:
        get_lexer_by_name(language or "text")
    except ClassNotFound:
        return False
    return True


def lines(mark: str) -> list[int]:
    """The numbers that "3 5-7" names: 3, 5, 6, 7; raises ValueError."""
    found: list[int] = []
    for word in mark.split():
        first, _, last = word.partition("-")
        if not 0 < int(first) <= int(last or first):
            raise ValueError(word)
        found.extend(range(int(first), int(last or first) + 1))
    return found
