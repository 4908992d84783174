"""What the cost tools say around their numbers (content/costs.toml): pages, ready-made states, traps."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from django.conf import settings
from pydantic import Field, model_validator

from lecture.authoring import Misplaced, Strict, read_toml
from lecture.costs.trap_fields import BY_ID

PageId = Literal["costs", "bill", "break-even", "traps"]
PAGES: tuple[PageId, ...] = ("costs", "bill", "break-even", "traps")
FILE = "costs.toml"


class PageText(Strict):
    """What stands at the head of a page, and what it rests on."""

    id: PageId
    title: str
    lead: str
    description: str = Field(max_length=200)
    sections: tuple[str, ...] = Field((), description="keys of the sections that it cites")


class State(Strict):
    """A ready-made state of a form."""

    page: PageId
    title: str
    line: str
    query: str = Field(description="what stands behind the question mark")


class TrapText(Strict):
    """What is said of a trap."""

    id: str
    title: str
    text: str
    rule: str
    section: str


class Credit(Strict):
    """What a new account gets for nothing."""

    usd: Decimal = Field(gt=0)
    months: int = Field(gt=0, description="after which the Free plan ends at the latest")
    as_of: date
    source: str = Field(min_length=1)


class Costs(Strict):
    """content/costs.toml."""

    page: tuple[PageText, ...]
    state: tuple[State, ...] = ()
    trap: tuple[TrapText, ...] = ()
    credit: Credit
    platform: str = Field("", description="what the capstone costs on a platform")

    @model_validator(mode="after")
    def _complete(self) -> "Costs":
        there = [page.id for page in self.page]
        if missing := [id for id in PAGES if there.count(id) != 1]:
            raise Misplaced(f"the page {missing[0]} stands {there.count(missing[0])} times, and once is right", "page")
        return self

    @model_validator(mode="after")
    def _traps(self) -> "Costs":
        ids = [trap.id for trap in self.trap]
        for at, id in enumerate(ids):
            if id not in BY_ID or id in ids[:at]:
                raise Misplaced(
                    f"{id} is no calculator, or stands twice: there are {', '.join(BY_ID)}", "trap", at, "id"
                )
        return self

    def of(self, id: PageId) -> PageText:
        """The text of a page."""
        return next(page for page in self.page if page.id == id)

    def states(self, id: PageId) -> list[State]:
        """The ready-made states of a page's form."""
        return [state for state in self.state if state.page == id]

    def pointers(self) -> list[tuple[tuple[str | int, ...], str]]:
        """Every section that is named here, with its place in the file."""
        of_pages = [
            (("page", at, "sections", number), key)
            for at, page in enumerate(self.page)
            for number, key in enumerate(page.sections)
        ]
        return [*of_pages, *((("trap", at, "section"), trap.section) for at, trap in enumerate(self.trap))]


def read(root: Path) -> Costs:
    """content/costs.toml; raises ContentError."""
    return read_toml(root / FILE, root, Costs)


@cache
def costs() -> Costs:
    """The texts of the course that is served."""
    return read(settings.COURSE_CONTENT)
