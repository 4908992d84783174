"""What stands on a slide, as HTML: the pieces of a section through the templates of this room."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from lecture.brevity import opening
from lecture.course.macros import outside_code
from lecture.course.model import Tool
from lecture.course.render import Writer, figure
from lecture.course.source import Block, Nodes

TAG = re.compile(r"<(?!https?://)(?=[a-zA-Z/!?])")
BEGINS = 40  # words of an answer that has no line for the wall


class Halves(NamedTuple):
    """Question and answer, or belief and reality; and what of the second half is on the wall."""

    question: SafeString
    answer: SafeString
    wall: SafeString


class SlideWriter(Writer):
    """Renders pieces of one section for the wall. Each slide stands alone, so its ids are its own."""

    told: Sequence[SafeString] = ()
    escapes = False

    def body(self, nodes: Nodes, name: str) -> SafeString:
        """The nodes of a slide; steps are numbered from 1."""
        self.told, self.before, self.taken = [], f"{name}-", set()
        return self.html(nodes)

    def notes(self, nodes: Nodes, name: str) -> SafeString:
        """What the speaker says. Tags in it are text, as they are when one writes about HTML."""
        self.escapes = True
        try:
            return self.body(nodes, name)
        finally:
            self.escapes = False

    def halves(self, block: Block) -> Halves:
        """Question and answer, or belief and reality."""
        self.before, self.taken = f"{block.argument}-", set()
        question, answer = self._short(block.body), self.html(block.more)
        line = self.inline(block.options.get("wall", ""))
        return Halves(question, answer, format_html("<p>{}</p>", line) if line else opening(answer, BEGINS))

    def render(self, template: str, **context: Any) -> SafeString:
        """A template of this room."""
        return mark_safe(render_to_string(f"slides/of/{template}.html", context))  # noqa: S308 - escaped there

    def state(self, tool: Tool, block: Block) -> str:
        """The address of a tool in the state that a `/// try` names."""
        state = urlencode({key: value for key, value in block.options.items() if key != "title"})
        return f"{tool.address}?{state}" if state else tool.address

    def resolve(self, target: str) -> str:
        """A link of the author; a place in the same section is on that section's page."""
        found = super().resolve(target)
        return self.leaf.address + found if found.startswith("#") else found

    def _ready(self, text: str) -> str:
        return super()._ready(outside_code(text, lambda piece: TAG.sub("&lt;", piece)) if self.escapes else text)

    def _step(self, block: Block) -> str:
        body = self.html(block.body)
        self.told = [*self.told, body]
        return self.render("step", number=len(self.told), body=body)

    def _figure(self, block: Block) -> str:
        drawing = self._own_ids(figure(block.argument), block.argument)
        return self.render("figure", drawing=drawing, name=block.argument, caption=self._short(block.body))

    def _heading(self, name: str, text: str, level: int) -> str:
        return str(self.render("heading", text=self.inline(text), level=max(2, level)))
