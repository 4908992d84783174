"""Terraform tried on the real one: formatted, valid against the real provider, and planned with a mocked one.

Many results are checked in one run: each becomes a module of one root, its provider.tf left out.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from lecture.translator.terraform.hcl import quote

ROOT = Path(__file__).parent.parent.parent
MIRROR = ROOT.parent / "shared" / "tools" / "terraform-mirror"
VERSIONS = """terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}
"""
OFFLINE = """provider "aws" {
  region                      = "us-east-1"
  access_key                  = "nobody"
  secret_key                  = "nobody"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}
"""
PLAN = """mock_provider "aws" {}

run "plan" {
  command = plan
}
"""
MISSING = "no Terraform with a mirror of the AWS provider at hand: NOTHING OF WHAT IS WRITTEN WAS VALIDATED"
VARIABLE = re.compile(r'^variable "([^"]+)" \{\n(.*?)^\}', re.MULTILINE | re.DOTALL)


def terraform() -> tuple[str, bytes] | None:
    """The program and the configuration that names the mirror, None where either is missing."""
    program = shutil.which("terraform")
    mirror = subprocess.run(["sh", str(MIRROR)], capture_output=True, check=False) if MIRROR.exists() else None
    return (program, mirror.stdout) if program and mirror and not mirror.returncode else None


def needed() -> None:
    """Skip the test, loudly, where nothing can be validated."""
    if terraform() is None:
        pytest.skip(MISSING)


def asked(files: Mapping[str, str]) -> list[str]:
    """The variables that have no default."""
    return [name for name, body in VARIABLE.findall(files["variables.tf"]) if "\n  default " not in f"\n{body}"]


def check(results: Mapping[str, Mapping[str, str]], plan: bool = True, real: bool = False) -> list[str]:
    """What Terraform has to say about `results`, the files of each by its name; nothing is good.

    Always fmt, init and validate; with `plan` a plan with a mocked provider, and with `real` one by the provider
    itself, which has no account but does refuse what it finds wrong before it asks for one.
    """
    found = terraform()
    assert found is not None, MISSING
    stages = [("init", "-backend=false", "-input=false", "-no-color"), ("validate", "-no-color")]
    stages += [("test", "-no-color")] if plan else []
    stages += [("plan", "-no-color", "-input=false", "-refresh=false", "-lock=false")] if real else []
    with TemporaryDirectory(prefix="terraform-") as folder:
        return _check(Path(folder), found, results, stages)


def _check(
    folder: Path, found: tuple[str, bytes], results: Mapping[str, Mapping[str, str]], stages: list[tuple[str, ...]]
) -> list[str]:
    (folder / "cli.tfrc").write_bytes(found[1])
    root, names = folder / "root", {}
    root.mkdir()
    calls = []
    for number, (name, files) in enumerate(results.items()):
        names[f"m{number}"] = name
        _module(root / f"m{number}", files)
        calls.append(_call(f"m{number}", asked(files)))
    (root / "main.tf").write_text("\n".join((VERSIONS, OFFLINE, *calls)))
    (root / "plan.tftest.hcl").write_text(PLAN)
    faults = _run(folder, found[0], root, "fmt", "-check", "-diff", "-recursive", "-no-color")
    for module in root.glob("m*/provider.tf"):
        module.unlink()  # a module may not configure a provider
    for stage in stages:
        faults = faults or _run(folder, found[0], root, *stage)
    return [re.sub(r"\bm\d+\b", lambda match: names.get(match[0], match[0]), fault) for fault in faults]


def _module(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir()
    for name, text in files.items():
        if name.endswith(".tf"):
            (folder / name).write_text(text)


def _call(module: str, variables: list[str]) -> str:
    width = max((len(name) for name in ("source", *variables)), default=0)
    lines = [f"  {name:<{width}} = {quote(_value(name))}\n" for name in variables]
    return f'module "{module}" {{\n  {"source":<{width}} = "./{module}"\n{"".join(lines)}}}\n'


def _value(name: str) -> str:
    return "example.com" if name == "domain" else f"some-value-of-{name}"[:40].ljust(16, "x")


def _run(folder: Path, program: str, root: Path, *arguments: str) -> list[str]:
    """What a command complains about."""
    env = {**environment(), "TF_CLI_CONFIG_FILE": str(folder / "cli.tfrc")}
    done = subprocess.run([program, *arguments], cwd=root, env=env, capture_output=True, text=True, check=False)
    return [] if done.returncode == 0 else [f"terraform {arguments[0]}:\n{done.stdout}{done.stderr}"]


def environment() -> dict[str, str]:
    """This machine's environment, without an account and without a word to the outside."""
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "AWS_"))}
    return {**keep, "AWS_EC2_METADATA_DISABLED": "true", "CHECKPOINT_DISABLE": "1"}
