"""What the visitor gives: the domain, values that the file leaves open, and the texts of secrets."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lecture.translator.blueprint import Blueprint
from lecture.translator.terraform.hcl import Expression, comment, free, identifier, implied, quote
from lecture.translator.values import Origin

RESERVED = {"source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"}
INSIDE = ". It stands inside a longer text, so choose letters and digits alone"
SHOWN = 3  # lines of the file that a comment names


@dataclass(slots=True)
class Wanted:
    """A variable. `kept` where its value ends in the state, so that it cannot be ephemeral."""

    name: str
    remark: str  # the comment above it
    description: str
    default: str = ""  # as HCL, "" where there is none
    secret: bool = False
    kept: bool = False
    example: str = "…"


@dataclass(slots=True)
class Variables:
    """The variables that have been asked for so far, each once."""

    blueprint: Blueprint
    wanted: dict[tuple[str, str], Wanted] = field(default_factory=dict)
    places: dict[str, tuple[Origin, ...]] = field(default_factory=dict)  # of secrets that the blueprint does not place
    names: set[str] = field(default_factory=lambda: {*RESERVED, "domain", "image_tag"})

    def domain(self) -> None:
        """Ask for the visitor's own domain, which templates name as var.domain."""
        remark = implied("the name under which visitors find you, in place of localhost")
        text = "Your own domain, such as example.com: the zone, the certificate and the names below it are made for it"
        self.wanted.setdefault(("own", "domain"), Wanted("domain", remark, text, example="example.com"))

    def image_tag(self) -> None:
        """Ask for the tag of the images that are built, which templates name as var.image_tag."""
        remark = implied("the tag under which you push your images")
        text = "Tag of your images. A tag that is never used twice, such as the commit's hash, says what is running"
        self.wanted.setdefault(("own", "image_tag"), Wanted("image_tag", remark, text, '"latest"', example="latest"))

    def unset(self, name: str, secret: bool) -> Expression:
        """A variable that the file names and nobody gave a value."""
        found = self.wanted.get(("unset", name)) or self._unset(name)
        found.secret |= secret
        found.kept |= not secret
        return Expression(f"var.{found.name}")

    def hidden(self, name: str, written: bool, inside: bool = False) -> Expression:
        """The text of a secret; `written` where it only goes into Secrets Manager, `inside` a longer text."""
        found = self.wanted.get(("hidden", name)) or self._hidden(name)
        found.kept |= not written
        if inside and INSIDE not in found.description:
            found.description += INSIDE
        return Expression(f"var.{found.name}")

    def secret(self, name: str, remark: str, description: str) -> Expression:
        """A secret that the file only names, so that its whole text is for the visitor to give."""
        if ("whole", name) not in self.wanted:
            self._add(("whole", name), Wanted(self._free(name), remark, description, secret=True))
        return Expression(f"var.{self.wanted['whole', name].name}")

    def password(self, name: str, description: str, remark: str) -> Expression:
        """A password that a service wants to be told, so that it is kept in the state."""
        found = self.secret(name, remark, description)
        self.wanted["whole", name].kept = True
        return found

    def _unset(self, name: str) -> Wanted:
        places = self.blueprint.file.variables.get(name, ())
        remark = "".join(comment(f"compose line {place.line}: ${{{name}}}") for place in places[:SHOWN])
        text = f"{name} of your compose file, which has neither a value nor a default there"
        where = remark or implied(f"the value of {name}, which the file leaves open")
        return self._add(("unset", name), Wanted(self._free(name), where, text))

    def _hidden(self, name: str) -> Wanted:
        origins = self.blueprint.hidden.get(name) or self.places.get(name, ())
        remark = "".join(comment(f"compose line {found.line}: {found.path}") for found in origins[:SHOWN])
        text = f"The secret of {origins[0].path}" if origins else f"The secret {name}"
        text += f" and {len(origins) - 1} more" if len(origins) > 1 else ""
        where = remark or implied("the text of a secret, which stands in no file")
        return self._add(("hidden", name), Wanted(self._free(name), where, text, secret=True))

    def _add(self, key: tuple[str, str], wanted: Wanted) -> Wanted:
        self.wanted[key] = wanted
        return wanted

    def _free(self, name: str) -> str:
        found = free(identifier(name), self.names)
        self.names.add(found)
        return found


def page(variables: Variables) -> str:
    """variables.tf."""
    blocks = "\n".join(_block(wanted) for wanted in variables.wanted.values())
    return blocks or "# Nothing to ask: every value of your file is known.\n"


def _block(wanted: Wanted) -> str:
    extra = f"  default     = {wanted.default}\n" if wanted.default else ""
    extra += "  sensitive   = true\n" if wanted.secret else ""
    extra += "  ephemeral   = true # never written into the plan or the state\n" if _ephemeral(wanted) else ""
    return (
        f'{wanted.remark}variable "{wanted.name}" {{\n'
        f"  description = {quote(wanted.description)}\n"
        f"  type        = string\n{extra}}}\n"
    )


def _ephemeral(wanted: Wanted) -> bool:
    return wanted.secret and not wanted.kept


def example(variables: Variables) -> str:
    """terraform.tfvars.example: what to fill in, secrets only named."""
    return "".join(_example(variables)) or "# Nothing to fill in.\n"


def _example(variables: Variables) -> Iterator[str]:
    plain = [wanted for wanted in variables.wanted.values() if not wanted.secret]
    secret = [wanted for wanted in variables.wanted.values() if wanted.secret]
    width = max((len(wanted.name) for wanted in plain), default=0)
    if plain:
        yield "# Copy to terraform.tfvars and fill in.\n"
    for wanted in plain:
        yield f"{wanted.name:<{width}} = {quote(wanted.example)}\n"
    if secret:
        yield "\n" if plain else ""
        yield "# Secrets do not belong in a file. Give them in the shell that runs Terraform:\n"
    for wanted in secret:
        yield f"#   read -rs TF_VAR_{wanted.name} && export TF_VAR_{wanted.name}\n"
