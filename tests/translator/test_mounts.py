"""`volumes` and `tmpfs` of a service, short and long."""

import pytest

from lecture.translator.compose import Mount, Place
from tests.translator.keys_of import file, web


def mount(entry: str, env: str = "") -> tuple[str, str, str, bool]:
    """Kind, source, target and whether it is read-only, of one entry."""
    (one,) = web(f"volumes:\n  - {entry}", "volumes: {data: }\n", env).mounts
    return one.kind, one.source, one.target, one.read_only


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("/data", ("volume", "", "/data", False)),
        ("data:/data", ("volume", "data", "/data", False)),
        ("data:/data:ro", ("volume", "data", "/data", True)),
        ("data:/data:rw,z", ("volume", "data", "/data", False)),
        ("./a:/a", ("bind", "./a", "/a", False)),
        (".:/a:cached,ro", ("bind", ".", "/a", True)),
        ("../a:/a", ("bind", "../a", "/a", False)),
        ("/a:/b", ("bind", "/a", "/b", False)),
        ("~/a:/a", ("bind", "~/a", "/a", False)),
        ("${PWD}/a:/a", ("bind", "${PWD}/a", "/a", False)),
        ("${DIR:-./x}:/a", ("bind", "./x", "/a", False)),
        ("data:/a:${MODE}", ("volume", "data", "/a", False)),
        (r"C:\a:/a", ("bind", r"C:\a", "/a", False)),
        ("C:/a/b:/a:ro", ("bind", "C:/a/b", "/a", True)),
        (r"C:\a:D:\b", ("bind", r"C:\a", r"D:\b", False)),
        ("{type: bind, source: ./a, target: /a, read_only: true}", ("bind", "./a", "/a", True)),
        ("{type: bind, source: ./a, target: /a, read_only: yes}", ("bind", "./a", "/a", True)),
        ("{type: volume, source: data, target: /a}", ("volume", "data", "/a", False)),
        ("{type: volume, target: /a}", ("volume", "", "/a", False)),
        ("{type: tmpfs, target: /a}", ("tmpfs", "", "/a", False)),
        ("{type: image, source: b, target: /a}", ("image", "b", "/a", False)),
    ],
)
def test_mounts_in_every_form(entry, expected):
    assert mount(entry) == expected


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("a:/b:ro:x", "services.web.volumes[0] is not a mount."),
        ("'data:'", "services.web.volumes[0] is not a mount."),
        ("''", "services.web.volumes[0] is not a mount."),
        ("{type: bind, source: ./a}", "services.web.volumes[0] lacks target."),
    ],
)
def test_what_is_no_mount_is_told(entry, says):
    found = file(f"volumes: [{entry}]")
    assert found.services["web"].mounts == ()
    assert [problem.message for problem in found.problems] == [says]


def test_tmpfs_are_mounts_and_their_sizes_add_up():
    service = web(
        "tmpfs: [/run, '/tmp:size=64m,mode=1777']\nvolumes:\n  - {type: tmpfs, target: /c, tmpfs: {size: 1gb}}"
    )
    assert service.mounts == (
        Mount("tmpfs", "", "/c", False, "services.web.volumes[0]", Place(6, 9)),
        Mount("tmpfs", "", "/run", False, "services.web.tmpfs[0]", Place(4, 13)),
        Mount("tmpfs", "", "/tmp", False, "services.web.tmpfs[1]", Place(4, 19)),
    )
    assert service.tmpfs_mib == 1024 + 64
    assert [one.target for one in web("tmpfs: /run").mounts] == ["/run"]
    assert web("tmpfs: '/run:size=70%'").tmpfs_mib == 0
