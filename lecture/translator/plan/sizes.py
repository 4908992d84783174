"""CPU and memory that Fargate sells: the nearest legal pair at or above what a container asks for.

Source: Amazon ECS developer guide, "Fargate task definition differences", task CPU and memory.
"""

import re

from lecture.translator.plan.draft import Subject

GB = 1024  # MiB
HEAP = re.compile(r"-Xmx(\d{1,6})([mMgG])")
BESIDE_HEAP = 1.5  # of its heap is what a Java program takes in all, roughly: threads, classes and buffers come on top
FARGATE: dict[int, tuple[int, ...]] = {
    256: (512, 1 * GB, 2 * GB),
    512: tuple(range(1 * GB, 4 * GB + 1, GB)),
    1024: tuple(range(2 * GB, 8 * GB + 1, GB)),
    2048: tuple(range(4 * GB, 16 * GB + 1, GB)),
    4096: tuple(range(8 * GB, 30 * GB + 1, GB)),
    8192: tuple(range(16 * GB, 60 * GB + 1, 4 * GB)),
    16384: tuple(range(32 * GB, 120 * GB + 1, 8 * GB)),
}


def size(cpus: float | None, memory: float | None) -> tuple[int, int] | None:
    """CPU units and MiB for `cpus` vCPU and `memory` MiB, the smallest that has both; None above 16 vCPU or 120 GB."""
    units, mib = round((cpus or 0) * 1024), memory or 0
    for cpu, sizes in FARGATE.items():
        if cpu >= units and sizes[-1] >= mib:
            return cpu, next(size for size in sizes if size >= mib)
    return None


def wanted(subject: Subject) -> tuple[float | None, float | None]:
    """What the file asks for, else what the image runs in, else nothing: vCPU and MiB."""
    limits, kept = subject.service.limits, subject.service.reservations
    cpus, memory = _larger(limits.cpus, kept.cpus), _larger(limits.memory, kept.memory)
    row = subject.row
    if memory is None and (heap := _heap(subject)):
        memory = max(heap * BESIDE_HEAP, row.memory if row else 0)
    if row is None:
        return cpus, memory
    return (row.cpu / 1024 if cpus is None else cpus), (float(row.memory) if memory is None else memory)


def _heap(subject: Subject) -> float:
    """MiB that a Java program is told to take (-Xmx), 0 where nothing says so."""
    texts = [one.value.value for one in subject.service.environment if one.value and "-Xmx" in one.value.value]
    found = [match for text in (*texts, subject.words) if (match := HEAP.search(text))]
    return max((int(match[1]) * (GB if match[2] in "gG" else 1) for match in found), default=0)


def _larger(one: float | None, other: float | None) -> float | None:
    if one is None or other is None:
        return other if one is None else one
    return max(one, other)
