"""One question of each kind, as an author would write it."""

HEAD = 'section = "1-only/1-first"\nstem = "What?"\nwhy = "Because."\n'
SLIP = 'misconception = "it-mends-itself"\nfeedback = "It does not."\n'
BELIEFS = """
[[misconception]]
id = "it-mends-itself"
believed = "A tap mends itself if one waits"
so = "Taps are mended by whoever the contract names."
tempting = "Sometimes the dripping stops for a while."
section = "1-only/1-first"
"""


def option(id: str, text: str, right: bool = False, more: str = "") -> str:
    return f'[[question.option]]\nid = "{id}"\ntext = "{text}"\n{more}' + ("right = true\n" if right else SLIP)


ONE = f'[[question]]\nid = "q.one"\n{HEAD}' + option("a", "You", right=True) + option("b", "Nobody")
SEVERAL = (
    f'[[question]]\nid = "q.several"\nkind = "several"\n{HEAD}'
    + option("a", "You", right=True)
    + option("b", "Nobody")
    + option("c", "The landlord", right=True)
)
CLAIM = (
    f'[[question]]\nid = "q.claim"\nkind = "claim"\n{HEAD}'
    + option("a", "It drips", right=True, more="says = true\n")
    + option("b", "It rusts", more="says = true\n")
    + option("c", "It sings", more="says = false\n")
)
MATCH = f"""[[question]]
id = "q.match"
kind = "match"
{HEAD}extra = ["tent"]
[[question.pair]]
id = "a"
left = "EC2"
right = "house"
{SLIP}
[[question.pair]]
id = "b"
left = "Lambda"
right = "room"
{SLIP}
[[question.pair]]
id = "c"
left = "EKS"
right = "house"
{SLIP}"""
ORDER = f"""[[question]]
id = "q.order"
kind = "order"
{HEAD}
[[question.item]]
id = "a"
text = "build"
[[question.item]]
id = "b"
text = "push"
[[question.item]]
id = "c"
text = "run"
[[question.turned]]
sooner = "a"
later = "b"
{SLIP}"""
NUMBER = f"""[[question]]
id = "q.number"
kind = "number"
section = "1-only/1-first"
stem = "{{=tasks}} tasks at 2 an hour: what is a month?"
why = "730 × 2 × {{=tasks}} = {{=730 * 2 * tasks}}."
unit = "USD a month"
answer = "730 * 2 * tasks"
tolerance = "1%"
vary = {{ tasks = [2, 3, "4.5"] }}
[[question.wrong]]
value = "24 * 2 * tasks"
{SLIP}"""
TEXT = f"""[[question]]
id = "q.text"
kind = "text"
{HEAD}accepts = ["Security group", "SG"]
[[question.wrong]]
text = ["network ACL", "NACL"]
{SLIP}"""
FIND = f"""[[question]]
id = "q.find"
kind = "find"
{HEAD}wrong = 3
code = \"\"\"
services:
  db:
    ports: ["5432:5432"]

    image: postgres:17
\"\"\"
[[question.line]]
line = 5
{SLIP}
[question.elsewhere]
{SLIP}"""
KINDS = {
    "one": ONE,
    "several": SEVERAL,
    "claim": CLAIM,
    "match": MATCH,
    "order": ORDER,
    "number": NUMBER,
    "text": TEXT,
    "find": FIND,
}
ALL = "".join(f"{text}\n" for text in KINDS.values())
