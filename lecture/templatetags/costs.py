"""What the pages of the cost tools need of the course: figures in their texts, the names of sections."""

from decimal import Decimal

from django import template
from django.utils.safestring import SafeString, mark_safe

from lecture.costs import formula
from lecture.course import prose, render
from lecture.course.load import course
from lecture.course.macros import Sheet, expand
from lecture.course.model import Section

register = template.Library()


@register.filter
def told(text: str) -> SafeString:
    """A line of Markdown with its figures put in, {price:…} {sum:…} {fact:…}, without a paragraph."""
    converter = prose.markdown(lambda href: href)
    return mark_safe(prose.inline(converter, expand(text, Sheet(render.prices(), course().facts), [])))  # noqa: S308


@register.filter
def money(usd: Decimal) -> str:
    """$1,234.50, with more digits below a cent."""
    return formula.money(usd)


@register.filter
def grouped(number: Decimal | int) -> str:
    """1,234,567: whole, in groups."""
    return f"{number:,.0f}"


@register.filter
def figure(number: Decimal) -> str:
    """Three digits that say something: 1.16, 23.1, 1,160."""
    if not number:
        return "0"
    decimals = max(0, 2 - number.adjusted())
    return f"{number:,.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{number:,.0f}"


@register.filter
def leaves(keys: tuple[str, ...]) -> list[Section]:
    """The sections with these keys that are written."""
    return [course().leaves[key] for key in keys if key in course().leaves]
