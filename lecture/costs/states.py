"""Whether the ready-made states of content/costs.toml say what a form understands."""

from collections.abc import Iterator
from urllib.parse import parse_qs

from lecture.authoring import suggestion
from lecture.costs import bill_room, break_room, trap_room
from lecture.costs.fields import Query
from lecture.costs.pages import Costs, PageId

NAMES: dict[PageId, set[str]] = {
    "bill": {"count", *(field.name for field in bill_room.FIELDS)},
    "break-even": {field.name for field in break_room.FIELDS},
    "traps": {field.name for field in trap_room.FIELDS},
    "costs": set(),
}


def faults(texts: Costs) -> Iterator[tuple[int, str, str]]:
    """(number of the state, what is wrong, how to mend it) of each state that its page would not understand."""
    for at, state in enumerate(texts.state):
        query = parse_qs(state.query, keep_blank_values=True)
        known = NAMES[state.page]
        for name in query:
            if name not in known:
                mend = suggestion(name, sorted(known)) if known else "This page has no form."
                yield at, f"{state.title}: the page {state.page} has no field {name}.", mend
        for wrong in _wrong(state.page, query):
            yield at, f"{state.title}: {wrong}", "Write an answer that the form takes."


def _wrong(page: PageId, query: Query) -> list[str]:
    if page == "bill":
        found = bill_room.asked(query)
        return [*(one.problem for one in found.answers.wrong), *filter(None, [found.problem])]
    asked = {"break-even": break_room.asked, "traps": trap_room.asked}.get(page)
    return [one.problem for one in asked(query).wrong] if asked else []
