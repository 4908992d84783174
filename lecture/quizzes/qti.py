"""Questions as a package of QTI 2.1: a manifest, a test that lists the items, and one item a question.

Rules: IMS Question and Test Interoperability 2.1 (final, 2012) and IMS Content Packaging 1.1.4. Each item is right
or wrong, as here: SCORE is 1 or 0. Feedback is modal: what was wrong, and then the reason.
"""

import io
import re
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as Tree
from xml.etree.ElementTree import Element, SubElement
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lecture.quizzes.outgoing import SEED, Leaving
from lecture.quizzes.qti_item import NAMESPACE, SCHEMA, XSI, item

PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
MANIFEST = "imsmanifest.xml"
TEST = "test.xml"
STILL = (1980, 1, 1, 0, 0, 0)  # the time of every file: the same questions make the same package
LEFT_OUT = (
    "How sure somebody is: there is no certainty in QTI 2.1, and so no points for it.",
    f"Other numbers of a question that varies: each stands here with the numbers of seed {SEED}.",
    "Forms of a word that differ by hyphens, blanks or an article count as wrong, unless they are written out.",
    "A wrong line to be found becomes a choice of lines below the numbered code; code has no colours.",
    "A scenario is told again in each of its items, and sections of a test cannot be mixed with it.",
    "Links and tables in texts become plain words.",
)


def package(questions: Sequence[Leaving], slug: str, title: str) -> bytes:
    """The questions as a zip file; the same questions make the same bytes."""
    names = {one.id: f"items/{_safe(one.id)}.xml" for one in questions}
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        _put(file, MANIFEST, _manifest(questions, names, slug))
        _put(file, TEST, _test(questions, names, slug, title))
        for one in questions:
            _put(file, names[one.id], item(one))
    return out.getvalue()


def _put(file: ZipFile, name: str, root: Element) -> None:
    if name in (MANIFEST, TEST):  # blanks in an item would be shown
        Tree.indent(root)
    text = Tree.tostring(root, encoding="utf-8", xml_declaration=True)
    entry = ZipInfo(name, STILL)
    entry.compress_type = ZIP_DEFLATED
    file.writestr(entry, text)


def _manifest(questions: Sequence[Leaving], names: dict[str, str], slug: str) -> Element:
    root = Element("manifest", {"xmlns": PACKAGE, "xmlns:xsi": XSI, "identifier": f"M-{slug}"})
    root.set("xsi:schemaLocation", f"{PACKAGE} http://www.imsglobal.org/xsd/imscp_v1p1.xsd")
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = "QTIv2.1 Package"
    SubElement(metadata, "schemaversion").text = "1.0.0"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    test = _resource(resources, f"T-{slug}", "imsqti_test_xmlv2p1", TEST)
    for one in questions:
        SubElement(test, "dependency", identifierref=f"R-{_safe(one.id)}")
        _resource(resources, f"R-{_safe(one.id)}", "imsqti_item_xmlv2p1", names[one.id])
    return root


def _resource(resources: Element, identifier: str, type: str, href: str) -> Element:
    found = SubElement(resources, "resource", identifier=identifier, type=type, href=href)
    SubElement(found, "file", href=href)
    return found


def _test(questions: Sequence[Leaving], names: dict[str, str], slug: str, title: str) -> Element:
    root = Element("assessmentTest", {"xmlns": NAMESPACE, "xmlns:xsi": XSI, "identifier": f"T-{slug}", "title": title})
    root.set("xsi:schemaLocation", SCHEMA)
    part = SubElement(root, "testPart", identifier="P1", navigationMode="nonlinear", submissionMode="individual")
    SubElement(part, "itemSessionControl", showFeedback="true")
    sections: dict[str, Element] = {}
    for at, key in enumerate(_sections(questions), 1):
        sections[key] = SubElement(part, "assessmentSection", identifier=f"S{at}", title=key, visible="true")
    for one in questions:
        section = sections[one.question.section]
        SubElement(section, "assessmentItemRef", identifier=f"I-{_safe(one.id)}", href=names[one.id])
    return root


def _sections(questions: Sequence[Leaving]) -> Iterator[str]:
    yield from dict.fromkeys(one.question.section for one in questions)


def _safe(id: str) -> str:
    """An id as a name of XML and of a file."""
    return re.sub(r"[^a-z0-9.-]", "-", id)
