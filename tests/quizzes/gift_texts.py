"""Texts of GIFT as nobody would write them, within what GIFT can say."""

from hypothesis import strategies as st

SPECIAL = "\\:#={}~"
# letters, blanks, everything that is escaped, and what GIFT reads as something else: weights, formats, arrows
LETTERS = st.sampled_from([*"abTF 0.%-/>[]'\"`*é中", "\t", "->", "::", "//", "%50%", "[html]", "TODO", *SPECIAL, "\n"])
FORMATS = st.sampled_from(["", "", "[html]", "[markdown]", "[plain]", "[moodle]"])
NONE = st.just("")
WEIGHTS = st.sampled_from(["100", "50", "0", "-100", "33.33333", "12.5"])
NUMBERS = st.from_regex(r"-?[0-9]{1,6}(\.[0-9]{1,4})?", fullmatch=True)
NAMES = st.from_regex(r"[a-zA-Z0-9 .-]{1,12}", fullmatch=True).map(str.strip).filter(bool)


def escape(text: str, arrow: bool = True) -> str:
    text = text if arrow else text.replace("->", "- >")
    return "".join({"\n": "\\n"}.get(letter, f"\\{letter}" if letter in SPECIAL else letter) for letter in text)


@st.composite
def words(draw, formats=FORMATS, arrow=True):
    """Words with at least one letter, behind a format or none; what looks like a weight or a format has one."""
    text = "x" + "".join(draw(st.lists(LETTERS, max_size=8))) if draw(st.booleans()) else draw(NAMES)
    return draw(formats) + escape(text, arrow)


@st.composite
def choice(draw, mark, weight=NONE):
    percent = draw(weight)
    feedback = draw(st.none() | words())
    blank = draw(st.sampled_from(["", " ", "\n\t"]))
    return (
        f"{blank}{mark}{f'%{percent}%' if percent else ''}{draw(words())}{'' if feedback is None else f'#{feedback}'}"
    )


@st.composite
def one(draw):
    rest = draw(st.lists(choice("~", st.just("") | WEIGHTS.filter(lambda w: w != "100")), min_size=1, max_size=5))
    return "".join(draw(st.permutations([draw(choice("=")), *rest])))


@st.composite
def several(draw):
    right = draw(st.lists(choice("~", st.sampled_from(["50", "33.33333", "25"])), min_size=1, max_size=3))
    wrong = draw(st.lists(choice("~", st.sampled_from(["-100", "-50", ""])), min_size=1, max_size=3))
    return "".join(draw(st.permutations([*right, *wrong])))


@st.composite
def short(draw):
    plain = words(arrow=False)
    more = [f"={w}{draw(plain)}" for w in draw(st.lists(st.sampled_from(["", "%50%", "%0%", "%100%"]), max_size=3))]
    said = draw(st.sampled_from(["", f"#{draw(plain)}"]))
    return "".join([f"={draw(plain)}{said}", *more])


@st.composite
def match(draw):
    left = words(arrow=False) | st.just("")
    return "".join(f"\n={draw(left)} -> {draw(words(st.just('')))}" for _ in range(draw(st.integers(1, 5))))


@st.composite
def number(draw):
    def value():
        low, high = draw(NUMBERS), draw(NUMBERS)
        return draw(st.sampled_from([low, f"{low}:{high.lstrip('-')}", f"{low}..{high}"]))

    more = [f"=%{draw(WEIGHTS)}%{value()}#{draw(words())}" for _ in range(draw(st.integers(0, 2)))]
    more += draw(st.sampled_from([[], [f"~#{draw(words())}"]]))
    return f"#={value()}{''.join(more)}" if more else f"#{value()}"


@st.composite
def truth(draw):
    said = draw(st.lists(words() | st.just(""), max_size=2))
    return draw(st.sampled_from(["T", "TRUE", "F", "FALSE"])) + "".join(f"#{one}" for one in said)


@st.composite
def question(draw):
    lines = draw(st.sampled_from(["", f"// [id:{draw(NAMES)}] [tag:{draw(NAMES)}]\n", "// a remark\n"]))
    title = draw(st.sampled_from(["", f"::{draw(NAMES)}::", f"::q.{draw(st.integers(1, 3))}::"]))
    answers = draw(one() | several() | short() | match() | number() | truth())
    general = draw(st.sampled_from(["", f"####{draw(words())}"]))
    after = draw(st.sampled_from(["", f" {draw(NAMES)}"]))
    return f"{lines}{title}{draw(words())}{{{answers}{general}}}{after}\n"


@st.composite
def texts(draw):
    """A whole file."""
    parts = []
    for one_ in draw(st.lists(question(), min_size=1, max_size=4)):
        parts += [*draw(st.sampled_from([[], [f"$CATEGORY: {draw(NAMES)}\n"]])), one_]
    return "\n".join(parts)
