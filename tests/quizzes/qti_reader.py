"""A reader of QTI 2.1 that is not ours (pyslet), as a program: packages and answers in, scores and feedback out.

Its imports and its code warn of Python 2, so it runs in a process of its own. It reads `tolerance` and forgets it;
that one attribute is put back by hand.
"""

import json
import sys
import warnings
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

warnings.simplefilter("ignore")

import pyslet.imscpv1p2 as imscp  # noqa: E402
import pyslet.imsqtiv2p1 as qti  # noqa: E402
from pyslet.qtiv2.variables import BaseType, ItemSessionState  # noqa: E402

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"


def document(kind, raw):
    found = kind()
    found.read(src=BytesIO(raw))
    return found.root


def foreign(element):
    """Elements below one that the reader has no class for."""
    for child in element.get_children():
        if hasattr(child, "get_children"):
            if not type(child).__module__.startswith(("pyslet.qtiv2", "pyslet.html", "pyslet.ims")):
                yield child.xmlname
            yield from foreign(child)


def item(raw):
    found = document(qti.QTIDocument, raw)
    tolerances = [one.get("tolerance", "").split() for one in ElementTree.fromstring(raw).iter(f"{QTI}equal")]
    equals = list(found.ResponseProcessing.find_children_depth_first(qti.Equal))
    assert len(equals) == len(tolerances)
    for one, tolerance in zip(equals, tolerances, strict=True):
        one.tolerance = tolerance
    return found


def answered(found, given):
    """The score and the feedback of an answer; None is no answer."""
    state = ItemSessionState(found)
    state.begin_session()
    response = state["RESPONSE"]
    if given is not None:
        if response.baseType == BaseType.directedPair:
            given = [tuple(pair.split()) for pair in given]
        response.set_value(given)
    state.end_attempt()
    return state["SCORE"].value, sorted(state["FEEDBACK"].value or {})


def main():
    answers = json.load(sys.stdin)
    package = ZipFile(sys.argv[1])
    manifest = document(imscp.ManifestDocument, package.read("imsmanifest.xml"))
    test = document(qti.QTIDocument, package.read("test.xml"))
    out = {
        "resources": [
            [one.type, one.href, [file.href for file in one.File], [dep.identifierref for dep in one.Dependency]]
            for one in manifest.Resources.Resource
        ],
        "refs": [one.href for one in test.find_children_depth_first(qti.AssessmentItemRef)],
        "items": {},
    }
    for name in package.namelist():
        if name.startswith("items/"):
            found = item(package.read(name))
            results = [answered(found, given) for given in answers.get(name, [])]
            out["items"][name] = {
                "id": found.identifier,
                "foreign": list(foreign(found)),
                "correct": answered(found, ItemSessionState(found)["RESPONSE.CORRECT"].value)
                if found.ResponseDeclaration[0].baseType != BaseType.directedPair
                else None,
                "results": results,
                "modal": [[one.identifier, one.outcomeIdentifier] for one in found.QTIModalFeedback],
            }
    json.dump(out, sys.stdout, default=str)


main()
