"""The files of the Terraform as the page shows them."""

import re
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from lecture.course.code import highlight

PLAIN = re.compile(r'<span class="tok-(?:w|o|p|n|na|nv|nx|err)">([^<]*)</span>')  # what course.css leaves as it is
COLOURED = 60_000  # characters of a file that are coloured
WHAT = {
    "network.tf": "the VPC, its subnets, the way in and out",
    "services.tf": "what runs",
    "data.tf": "what keeps",
    "security.tf": "who may knock, and what each role may do",
    "variables.tf": "what you fill in",
    "outputs.tf": "what you want to know afterwards",
    "versions.tf": "which Terraform, which provider",
    "provider.tf": "where to",
    "README.md": "what it costs, how to apply, how to destroy",
    "terraform.tfvars.example": "the values, to copy",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the Terraform, coloured."""

    name: str
    what: str
    lines: int
    html: SafeString


def coloured(files: dict[str, str]) -> list[Page]:
    """The files in the order in which one reads them; what is too long to colour stays plain."""
    return [Page(name, WHAT.get(name, ""), text.count("\n"), _coloured(name, text)) for name, text in files.items()]


def _coloured(name: str, text: str) -> SafeString:
    """With colours, but without a tag around every blank and bracket: those are most of the page's weight."""
    language = {".tf": "terraform", ".md": "markdown"}.get(name[name.rindex(".") :], "text")
    if len(text) > COLOURED:
        language = "text"
    return mark_safe(PLAIN.sub(r"\1", highlight(text, language)))  # noqa: S308 - Pygments escapes
