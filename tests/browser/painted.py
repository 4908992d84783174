"""What is really painted: two pictures of a page, compared pixel by pixel in a blank page."""

from base64 import b64encode

from playwright.sync_api import Locator, Page

Box = list[float]  # left, top, width, height in the window
CLEAR = 64  # of 255 in one channel: less than that is a matter of rounding
ENOUGH = 4  # pixels that differ clearly
BOX = "(e) => { const r = e.getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; }"
COMPARE = f"""async ([before, after, boxes]) => {{
    const painted = async (png) => {{
        const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${{png}}`)).blob());
        const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
        canvas.drawImage(picture, 0, 0);
        return (box) => canvas.getImageData(...box).data;
    }};
    const [a, b] = [await painted(before), await painted(after)];
    return boxes.map(([x, y, width, height]) => {{
        const box = [Math.floor(x), Math.floor(y), Math.ceil(width) + 1, Math.ceil(height) + 1];
        const [p, q] = [a(box), b(box)];
        let differ = 0;
        for (let at = 0; at < p.length; at += 4)
            differ += [0, 1, 2].some((c) => Math.abs(p[at + c] - q[at + c]) > {CLEAR});
        return differ >= {ENOUGH};
    }});
}}"""


def picture(page: Page) -> str:
    """What the window shows."""
    return b64encode(page.screenshot(animations="disabled")).decode()


def differ(page: Page, before: str, after: str, boxes: list[Box]) -> list[bool]:
    """For each box, whether a person would see that the two pictures differ in it."""
    blank = page.context.new_page()
    told: list[bool] = blank.evaluate(COMPARE, [before, after, boxes])
    blank.close()
    return told


def changes(page: Page, element: Locator, script: str) -> bool:
    """Whether running `script` on an element changes what is painted there."""
    element.scroll_into_view_if_needed()
    before, box = picture(page), element.evaluate(BOX)
    element.evaluate(script)
    return differ(page, before, picture(page), [box])[0]


def seen(page: Page, parts: Locator) -> list[bool]:
    """For each part of a drawing, whether the picture changes where it is once all are hidden."""
    parts.first.evaluate("(e) => e.ownerSVGElement.scrollIntoView({ block: 'center' })")
    boxes = parts.evaluate_all(f"(all) => all.map({BOX})")
    before = picture(page)
    parts.evaluate_all("(all) => { for (const e of all) e.style.visibility = 'hidden'; }")
    after = picture(page)
    parts.evaluate_all("(all) => { for (const e of all) e.style.visibility = ''; }")
    return differ(page, before, after, boxes)
