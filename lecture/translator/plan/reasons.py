"""Why a service that is left to run is what it is, in a sentence or two that are true of this very file."""

import re

from lecture.translator.plan.draft import MANAGED, Subject
from lecture.translator.plan.scene import Scene

BEHIND = re.compile(r" behind the load balancer(, which holds the certificate( from now on)?)?(?=[,.])")
ON_RDS = re.compile(r",? with its database on RDS(?! and)|(?<=with )its database on RDS and ")
OWN = "You keep it as a container: patches, backups and its disk are yours to look after."
BESIDE = "What it goes with stays a container here, and so does this."
ENDS = "It runs to its end, so it is a task that you start, not a service that is kept alive."
ONCE = "Two schedulers would send every job twice. Count 1, and the old one stops before the new one starts."


def reason(scene: Scene, subject: Subject) -> str:
    """The words of the card: the image’s own row, as far as it is true here."""
    if subject.becomes == "job":
        return ENDS
    row = subject.row
    if row is None:
        return _unknown(scene, subject)
    if row.becomes in MANAGED:
        return OWN
    return BESIDE if row.becomes == "nothing" else _true(scene, subject, row.why)


def _true(scene: Scene, subject: Subject, why: str) -> str:
    """The words of a row without a balancer or a database that this file does not have."""
    found = why if subject.name in scene.published else BEHIND.sub("", why)
    subjects = scene.draft.subjects
    if any(subjects[target].becomes == "rds" for target in scene.targets(subject.name)):
        return found
    return ON_RDS.sub("", found)


def _unknown(scene: Scene, subject: Subject) -> str:
    if subject.single:
        return ONCE
    if subject.name in scene.published:
        return "Your image, on the landlord’s machines. A load balancer stands in front and passes requests on."
    if "worker" in subject.words or "sidekiq" in subject.words:
        return "Another command, no door: it opens every connection itself and fetches its own work."
    return "Your image, on the landlord’s machines. Nobody outside reaches it."
