"""Versions: what a tag asks for, and the nearest that is offered."""

import pytest

from lecture.translator.versions import first_number, nearest

POSTGRES = ("14", "15", "16", "17", "18")
REDIS = ("6.2", "7.0", "7.1")


@pytest.mark.parametrize(
    ("tag", "number"),
    [
        ("15", "15"),
        ("15.4-alpine", "15.4"),
        ("v3.1.0", "3.1.0"),
        ("7-alpine3.20", "7"),
        ("2022-latest", "2022"),
        ("3-management", "3"),
        ("15.4.0-debian-11-r0", "15.4.0"),
        ("latest", ""),
        ("alpine", ""),
        ("alpine3.20", ""),
        ("", ""),
        ("${TAG}", ""),
        ("3f2a1bc", ""),
    ],
)
def test_the_number_with_which_a_tag_begins(tag, number):
    assert first_number(tag) == number


@pytest.mark.parametrize(
    ("wanted", "offered", "default", "found"),
    [
        ("15", POSTGRES, "17", ("15", True)),
        ("15.4", POSTGRES, "17", ("15", True)),
        ("10.1", POSTGRES, "17", ("17", False)),  # older than all: the default
        ("13", POSTGRES, "17", ("17", False)),
        ("19", POSTGRES, "17", ("18", False)),  # newer than all: the newest
        ("7", REDIS, "7.1", ("7.1", True)),
        ("6", REDIS, "7.1", ("6.2", True)),
        ("7.0.15", REDIS, "7.1", ("7.0", True)),
        ("7.2", REDIS, "7.1", ("7.1", False)),  # the last of the same major version
        ("6.0", REDIS, "7.1", ("6.2", False)),  # the next of the same major version
        ("8", REDIS, "7.1", ("7.1", False)),
        ("10.6.4", ("10.11", "11.4"), "11.4", ("10.11", False)),
        ("11", ("10.11", "11.4", "11.8"), "11.4", ("11.4", True)),  # both agree: the default
        ("3.9.1", ("3.8.x", "3.9.x"), "3.9.x", ("3.9.x", True)),
    ],
)
def test_the_nearest_version(wanted, offered, default, found):
    assert nearest(wanted, offered, default, {}) == found


def test_a_count_of_its_own_goes_first_and_its_most_exact_key_wins():
    counts = {"1": "1.3", "1.6": "1.6.22"}
    assert nearest("1.6.39", ("1.3", "1.6.22"), "1.3", counts) == ("1.6.22", True)
    assert nearest("1.5", ("1.3", "1.6.22"), "1.3", counts) == ("1.3", True)
    assert nearest("16", ("1.3", "1.6.22"), "1.3", counts) == ("1.6.22", False)
