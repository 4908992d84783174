"""HTML of Markdown as the XML that QTI takes: known elements alone, each closed, no entities but those of XML."""

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

TAKEN = {"p", "em", "strong", "code", "pre", "ul", "ol", "li", "br", "blockquote", "sub", "sup"}
BLOCKS = {"p", "pre", "ul", "ol", "blockquote"}


class _Tree(HTMLParser):
    """Builds the elements that are taken below `root`; of others the words are kept."""

    def __init__(self, root: Element) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; <br> closes itself."""
        if tag in TAKEN:
            child = SubElement(self.open[-1], tag)
            if tag != "br":
                self.open.append(child)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element of that name, and what was left open in it."""
        for at in range(len(self.open) - 1, 0, -1):
            if self.open[at].tag == tag:
                del self.open[at:]
                return

    def handle_data(self, data: str) -> None:
        """Words, put behind what stands there already."""
        here = self.open[-1]
        text = "".join(letter for letter in data if letter in "\t\n" or letter >= " ")
        if len(here):
            here[-1].tail = (here[-1].tail or "") + text
        else:
            here.text = (here.text or "") + text


def put(html: str, into: Element) -> None:
    """Put HTML below an element."""
    tree = _Tree(into)
    tree.feed(html)
    tree.close()


def put_blocks(html: str, into: Element) -> None:
    """The same where only blocks may stand: loose words get a paragraph, blanks between blocks go."""
    holder = Element("div")
    put(html, holder)
    if (holder.text or "").strip():
        SubElement(into, "p").text = holder.text
    for child in holder:
        tail, child.tail = child.tail, None
        into.append(child if child.tag in BLOCKS else _wrapped(child))
        if (tail or "").strip():
            SubElement(into, "p").text = tail


def _wrapped(child: Element) -> Element:
    paragraph = Element("p")
    paragraph.append(child)
    return paragraph
