"""Whether what a moment is about can be seen where it is shown, in every scenario that is shipped."""

from browser import SIZES, SMALL, press, settle

INSIDE = """([part, pane]) => [...document.querySelectorAll(part)].every(element => {
    const box = element.getBoundingClientRect(), edge = document.querySelector(pane).getBoundingClientRect();
    return box.height > 0 && box.top >= edge.top - 1 && box.bottom <= edge.bottom + 1;
})"""


def everywhere(pages, sizes, places=3):
    """Each shipped page at its beginning, in its middle and at its end."""
    for size in sizes:
        with pages.open(size=size) as page:
            for file in pages.all():
                page.goto(f"file://{file}")
                settle(page)
                for place in range(places):
                    page.evaluate("share => { goToEvent(Math.floor(eventCount() * share)); drawNow(); }", place / max(places - 1, 1))
                    yield page, f"{file.name}, event {page.evaluate('app.n')}, {size[0]}x{size[1]}"


# What of the map is cut, and arrows whose head a label covers.
CUT = """() => {
    const cut = [...document.querySelectorAll(".tenant, .arrow bdi, .arrows, #map, .map")].filter(element => element.checkVisibility() &&
        (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 2) && element.clientWidth).map(element => "cut: " + element.textContent.slice(0, 60));
    const heads = [...document.querySelectorAll(".arrow:not(.inside)")].filter(arrow => arrow.checkVisibility()).filter(arrow => {
        const [line, label] = [".line", ".label"].map(part => arrow.querySelector(part).getBoundingClientRect());
        const head = arrow.matches(".back") ? [line.left, line.left + 36] : [line.right - 36, line.right];
        return label.right > head[0] + 1 && label.left < head[1] - 1;
    }).map(arrow => "no head: " + arrow.textContent);
    return cut.concat(heads);
}"""

CUT_CAPTIONS = """() => [...Array(min(eventCount(), 100)).keys()].filter(row => app.stage.caption(row).length > 60).filter(row => {
    goToEvent(row + 1);
    drawDock();
    const now = byId("caption");
    return now.scrollHeight > now.clientHeight + 4;
}).map(row => app.stage.caption(row))"""

# Words that go on in the next line.
BROKEN = """() => {
    const broken = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        if (!node.parentElement.closest("td, th, dd, dt, h2, h3, .tenant, .chip") || !node.parentElement.checkVisibility() || node.parentElement.closest(".mono, code")) continue;
        for (const word of node.data.matchAll(/[A-Za-z]{2,12}/g)) {
            const range = document.createRange();
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) broken.push(word[0]);
        }
    }
    return broken;
}"""


def check_map_words_and_captions_are_whole(pages):
    for page, where in everywhere(pages, [SIZES[0], (1024, 720)]):
        found = page.evaluate(CUT) + page.evaluate(BROKEN) + page.evaluate(CUT_CAPTIONS)
        assert not found, f"{where}: {found[:3]}"


def check_key_screens_are_whole(pages):
    for size in SIZES:
        with pages.open(path=pages.shipped("rules/select-partners"), hash="#t=PT2H3M&see=admin", size=size) as page:
            assert page.locator("#seen tbody tr").count() == 3
            assert page.evaluate(INSIDE, ["#seen tbody tr", "#seen"]), f"rules at {size}"
        with pages.open(path=pages.shipped("propagation/one-hour-change"), hash="#t=PT2H10M&v=whatif", size=size) as page:
            assert page.evaluate(INSIDE, [".differences [aria-current]", ".differences"]), f"difference at {size}"
    for size in [SIZES[0], SIZES[2]]:
        with pages.open(path=pages.shipped("propagation/one-hour-change"), hash="#t=PT1H5M", size=size) as page:
            assert page.evaluate(INSIDE, [".flow-card > *", "#seen"]), f"connection card at {size}"


def check_the_lane_of_the_event_is_in_sight(pages):
    for page, where in everywhere(pages, [SIZES[1]]):
        hidden = page.evaluate("""() => {
            const lane = document.querySelector(`[data-of="flow-${app.stage.event("flow", app.n - 1)}"]`), lanes = byId("lanes").getBoundingClientRect();
            const box = lane?.getBoundingClientRect();
            const below = [...document.querySelectorAll(".lane")].filter(other => other.getBoundingClientRect().bottom > lanes.bottom + 4).length;
            return box && (box.bottom > lanes.bottom + 1 || box.top < lanes.top) ? lane.textContent : below && !byId("range").textContent.includes(`${below} more`) ? `${below} below, unsaid` : "";
        }""")
        assert not hidden, f"{where}: {hidden}"


def check_a_policys_word_lies_over_the_hatch(pages):
    with pages.open(path=pages.shipped("rules/select-partners"), hash="#t=PT1H30M") as page:
        over = page.evaluate("""() => [...document.querySelectorAll(".policy-bar .in")].every(word => getComputedStyle(word).zIndex === "1" &&
            getComputedStyle(word).backgroundColor === getComputedStyle(word.parentElement).backgroundColor)""")
        assert over and page.locator(".waiting").count()


def check_lists_are_whole_on_phones(pages):
    for page, where in everywhere(pages, SMALL[1:2], places=1):
        for view in ["events", "demo"]:
            page.evaluate("view => { app.view = view; app.seen = 'systems'; app.pane = 'see'; goToEvent(eventCount()); drawNow(); }", view)
            cut = page.evaluate("""() => [...document.querySelectorAll(".event-row, .event-row > *, .records td, .records td *")].filter(element => element.checkVisibility() && (
                element.getBoundingClientRect().right > innerWidth || element.clientWidth && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 3)))
                .map(element => element.className + ": " + element.textContent)""") + page.evaluate(CUT_CAPTIONS)
            assert not cut, f"{where}, {view}: {cut[:2]}"
