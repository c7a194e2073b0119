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


TOUCH = {"has_touch": True, "is_mobile": True}

# Of the lanes that show, those that are cut; marks beyond the axis; what is said of hidden lanes, where it meets the slider's knob.
CUT_LANES = """() => {
    const box = element => element.getBoundingClientRect(), lanes = box(byId("lanes")), strip = box(byId("slider")), knob = box(document.querySelector(".thumb"));
    const shown = [...document.querySelectorAll(".lane")].filter(lane => getComputedStyle(lane).visibility === "visible");
    const pinned = shown.slice(0, shown[1]?.matches(".policy-lane, .calm-lane") ? 2 : 1), top = box(pinned.at(-1)).bottom;
    const cut = shown.filter(lane => box(lane).bottom > lanes.bottom + 4 || !pinned.includes(lane) && box(lane).top < top - 2).map(lane => "cut: " + lane.textContent);
    const gap = pinned.length > 1 && box(pinned[1]).top - box(pinned[0]).bottom > .5 ? ["a gap below the axis"] : [];
    const beyond = [...document.querySelectorAll(".run-mark")].filter(mark => box(mark).left < strip.left - 1 || box(mark).right > strip.right + 1).map(mark => "beyond: " + mark.textContent);
    const met = [...document.querySelectorAll("#range > *")].filter(text => box(text).right > knob.left).map(text => "under the knob: " + text.textContent);
    return [...cut, ...gap, ...beyond, ...met];
}"""


def check_lanes_are_whole_and_marks_stay_on_the_axis(pages):
    from checks_many import many
    for path in [many(pages), pages.shipped("data-policies/coming-back"), pages.shipped("propagation/one-hour-change")]:
        for size, options in [((1280, 720), {}), ((1280, 585), {}), ((1024, 720), {}), ((390, 844), TOUCH)]:
            with pages.open(path=path, size=size, **options) as page:
                for share in [0, .5, 1]:
                    page.evaluate("share => { goToEvent(Math.floor(eventCount() * share)); drawNow(); }", share)
                    page.evaluate("byId('lanes').scrollBy(0, 13)")
                    page.wait_for_timeout(100)
                    found = page.evaluate(CUT_LANES)
                    assert not found, f"{path.stem} at {size}, {share}: {found[:3]}"


def check_density_is_in_sight_where_there_is_room(pages):
    with pages.open(path=pages.shipped("data-policies/coming-back"), hash="#e=11") as page:
        assert "more" not in page.locator("#range").inner_text() and page.locator(".density").is_visible()


def check_a_policy_with_a_rule_looks_unlike_one_without(pages):
    with pages.open(path=pages.shipped("propagation/one-hour-change"), size=(390, 844), **TOUCH) as page:
        assert page.locator(".policy-bar.inForce").all_inner_texts()[-2:] == ["On", "On, 1"]
        assert "Tap Play" in page.locator("#caption").inner_text()


def check_a_toast_covers_no_tabs_and_no_heads(pages):
    for size in [(1280, 720), (1024, 720), (390, 844)]:
        with pages.open(size=size, hash="#t=PT1H20M&see=runs") as page:
            page.evaluate("toast('Predict: what follows a question is hidden')")
            covered = page.evaluate("""() => { const toast = document.querySelector(".toast").getBoundingClientRect();
                return [...document.querySelectorAll("[role=tab], th, h2, #clock, #views button, #menu")].filter(item => item.checkVisibility()).filter(item => {
                    const box = item.getBoundingClientRect();
                    return box.left < toast.right && toast.left < box.right && box.top < toast.bottom && toast.top < box.bottom && box.height > 1;
                }).map(item => item.textContent); }""")
            assert not covered, f"{size}: {covered}"


def check_records_and_rules_are_whole_in_their_screens(pages):
    for size in [(1280, 720), (1024, 720)]:
        with pages.open(path=pages.shipped("packages/installed-and-mailed"), hash="#see=systems", size=size) as page:
            press(page, "End")
            assert page.locator(".records .chip", has_text="Install-requested").count()
            beyond = page.evaluate("""[...document.querySelectorAll(".records .chip")].filter(chip => chip.getBoundingClientRect().right > chip.closest(".screen").getBoundingClientRect().right - 4).length""")
            assert beyond == 0, size
    with pages.open(path=pages.shipped("rules/five-hundred-rules"), hash="#see=admin") as page:
        press(page, "End")
        assert page.evaluate("document.querySelector('#seen caption').getBoundingClientRect().top >= document.querySelector('#seen tbody').getBoundingClientRect().bottom - 1")


def check_apps_have_a_lane_and_say_whom_they_are_shared_with(pages):
    with pages.open(path=pages.shipped("sharing/everyone"), hash="#e=1") as page:
        assert "Shared with everyone." in page.locator("#seen").inner_text()
        assert "shared with" in page.locator(".changes").inner_text()
        assert page.locator(".app-lane .run-mark").all_inner_texts() == ["✓", "✕", "✓"]
        press(page, "End")
        assert "Shared with finance." in page.locator("#seen").inner_text()
