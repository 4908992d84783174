"""What is written is tried on Terraform itself, with the real provider."""

import pytest

from lecture.translator.choices import Choices
from lecture.translator.terraform.write import write
from tests.translator import capstone, varied
from tests.translator.validating import check, needed

SAMPLE = (0, 2)  # seeds of make test
PLANNED = 24  # planning takes seconds each
VALIDATED = 200
CHOICES = {
    f"{size}-{nat}-{arch}-{region}": Choices(size=size, nat=nat, arch=arch, region=region)
    for size in ("learning", "production")
    for nat in (None, "none", "one", "per-zone")
    for arch in ("x86", "arm")
    for region in ("us_east_1", "eu_west_2")
}


def varied_results(seeds):
    return {f"seed-{seed}": write(varied.blueprint(seed)).files for seed in seeds}


def test_the_capstone_and_a_few_others_are_formatted_valid_and_planned():
    needed()
    results = {"capstone": write(capstone.blueprint()).files, **varied_results(range(*SAMPLE))}
    assert check(results) == []


@pytest.mark.full
def test_every_choice_makes_a_capstone_that_terraform_takes():
    needed()
    assert check({name: write(capstone.blueprint(choices)).files for name, choices in CHOICES.items()}) == []


@pytest.mark.full
def test_hundreds_of_blueprints_are_formatted_and_valid():
    needed()
    assert check(varied_results(range(VALIDATED)), plan=False) == []


@pytest.mark.full
def test_some_are_planned_by_the_provider_itself():
    needed()
    results = {"capstone": write(capstone.blueprint(Choices(size="production"))).files}
    assert check(results | varied_results(range(PLANNED)), real=True) == []


@pytest.mark.parametrize(
    ("old", "new", "stage"),
    [
        ("enable_dns_support   = true", "enable_dns_support = true", "terraform fmt"),
        ("enable_dns_support   = true", "enable_dns_suport    = true", "terraform validate"),
    ],
)
def test_a_fault_is_found_and_its_file_named(old, new, stage):
    needed()
    files = write(capstone.blueprint()).files
    files = {name: text.replace(old, new) for name, text in files.items()}
    [fault] = check({"the-broken-one": files}, plan=False)
    assert fault.startswith(stage)
    assert "the-broken-one/network.tf" in fault
