"""What can be seen: room, contrast, occlusion, targets, modes; and axe-core over every view."""

from browser import HERE, SIZES, SMALL, VIEWS, press, settle

# Text that somebody can see: its element, its box, what it says.
LEAVES = """() => {
    const leaves = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode, element = node.parentElement;
        if (!node.textContent.trim() || element.closest(".visually-hidden, option, script, [hidden]")) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        if (box.width < 1 || box.height < 1 || !element.checkVisibility({visibilityProperty: true})) continue;
        let clip = {left: 0, top: 0, right: innerWidth, bottom: innerHeight};
        for (let up = element; up; up = up.parentElement) {
            if (!/auto|scroll|hidden/.test(getComputedStyle(up).overflow)) continue;
            const edge = up.getBoundingClientRect();
            clip = {left: Math.max(clip.left, edge.left), top: Math.max(clip.top, edge.top), right: Math.min(clip.right, edge.right), bottom: Math.min(clip.bottom, edge.bottom)};
        }
        leaves.push({element, box, clip, text: node.textContent.trim()});
    }
    window.leaves = leaves;
}"""


def views(pages, sizes, **options):
    for size in sizes:
        with pages.open(size=size, **options) as page:
            for view in VIEWS:
                page.evaluate("hash => { location.hash = hash; }", view)
                page.wait_for_timeout(60)
                settle(page)
                page.evaluate("document.querySelector('.toast')?.remove()")
                yield page, f"{view} at {size[0]}x{size[1]}"


def check_nothing_scrolls_the_page_on_a_projector(pages):
    for page, where in views(pages, SIZES):
        sizes = page.evaluate("[document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]")
        assert max(sizes) <= 0, f"{where}: {sizes}"


def check_it_reflows_on_small_screens(pages):
    for page, where in views(pages, SMALL):
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{where}: {wide} px too wide"
        outside = page.evaluate("""() => [...document.querySelectorAll("button, select, [role=slider]")]
            .filter(element => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1 && !element.closest(".tabs"))
            .map(element => element.textContent || element.id)""")
        assert not outside, f"{where}: {outside}"


def check_no_text_is_cut_sideways(pages):
    for page, where in views(pages, SIZES + SMALL[:2]):
        page.evaluate(LEAVES)
        cut = page.evaluate("""() => leaves.filter(({element, box, clip}) => {
            if (element.closest(".lanes, .now, .head h1, .tabs, .event-row, .lane-label, .tenant, .arrow")) return false;
            const inView = box.bottom > clip.top + 4 && box.top < clip.bottom - 4;
            return inView && (box.right > clip.right + 1 || box.left < clip.left - 1);
        }).map(({text}) => text)""")
        assert not cut, f"{where}: {cut[:4]}"


def check_no_text_lies_under_something_else(pages):
    for page, where in views(pages, SIZES + SMALL[:3]):
        page.evaluate(LEAVES)
        hidden = page.evaluate("""() => leaves.filter(({element, box, clip}) => {
            if (element.closest(".toast")) return false;
            const x = (Math.max(box.left, clip.left) + Math.min(box.right, clip.right)) / 2, y = (box.top + box.bottom) / 2;
            if (y <= clip.top + 1 || y >= clip.bottom - 1 || x <= clip.left || x >= clip.right) return false;
            // What lets the pointer through (the moving head, a hatch) is no cover.
            const top = document.elementFromPoint(x, y);
            return top && !element.contains(top) && !top.contains(element);
        }).map(({text, element}) => text + " under " + (() => {
            const found = leaves.find(leaf => leaf.element === element), box = found.box;
            const top = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
            return top?.className || top?.tagName;
        })())""")
        assert not hidden, f"{where}: {hidden[:4]}"


def check_labels_of_the_map_do_not_meet(pages):
    for name in ["story", "two-edits"]:
        for size in SIZES:
            with pages.open(name, hash="#t=PT1H20M", size=size) as page:
                met = page.evaluate("""() => {
                    const boxes = [...document.querySelectorAll(".arrow .label")].map(label => [label.textContent, label.getBoundingClientRect()]);
                    const heads = [...document.querySelectorAll(".arrow:not(.inside) .line")].map(line => line.getBoundingClientRect());
                    const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3;
                    return boxes.flatMap(([text, box], at) => boxes.slice(at + 1).filter(([, other]) => meet(box, other)).map(([other]) => text + " / " + other))
                        .concat(boxes.filter(([, box]) => heads.some(head => head.width && box.right > head.right - 8 && box.left < head.right && Math.abs((box.top + box.bottom) / 2 - head.top) < 6)).map(([text]) => text + " on an arrowhead"));
                }""")
                assert not met, f"{name} {size}: {met}"


CONTRAST = """() => {
    const parse = text => { const found = text.match(/[\\d.]+/g)?.map(Number) ?? [0, 0, 0, 0]; return [found[0], found[1], found[2], found[3] ?? 1]; };
    const over = (top, under) => [0, 1, 2].map(at => top[at] * top[3] + under[at] * (1 - top[3])).concat(1);
    const backdrop = element => {
        const layers = [];
        for (let up = element; up; up = up.parentElement) layers.push(parse(getComputedStyle(up).backgroundColor));
        return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
    };
    const light = ([r, g, b]) => [r, g, b].map(part => part / 255).map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
        .reduce((sum, part, at) => sum + part * [.2126, .7152, .0722][at], 0);
    const ratio = (a, b) => { const [high, low] = [light(a), light(b)].sort((x, y) => y - x); return (high + .05) / (low + .05); };
    return leaves.map(({element, text}) => {
        const under = backdrop(element), ink = over(parse(getComputedStyle(element).color), under);
        return [ratio(ink, under), text, element.className];
    }).filter(([value]) => value < 4.5);
}"""


def check_the_label_of_a_reconstruction_is_in_sight(pages):
    for page, where in views(pages, SIZES[:2]):
        if page.evaluate("app.view") == "demo" and page.locator(".replica").count():
            label, pane = page.locator(".replica .by").bounding_box(), page.locator("#seen").bounding_box()
            assert "Reconstruction" in page.locator(".replica .by").inner_text()
            assert label["y"] >= pane["y"] and label["y"] + label["height"] <= pane["y"] + pane["height"] + 1, where


def check_lanes_are_in_sight_and_fold_where_outcomes_change(pages):
    with pages.open(hash="#t=PT3H&v=whatif", size=(1280, 585)) as page:
        lanes = page.locator("#lanes").evaluate("lanes => [lanes.scrollHeight, lanes.clientHeight, lanes.textContent]")
        assert lanes[0] <= lanes[1] + 1 and "B · " in lanes[2], lanes
    for size in SMALL[:2]:
        with pages.open(hash="#t=PT3H&v=whatif", size=size) as page:
            box, lanes = page.locator("#lanes").bounding_box(), page.locator("#lanes .lane")
            last = page.locator("#lanes .lane", has_text="B · ").last.bounding_box()
            assert last["y"] + last["height"] <= box["y"] + box["height"] + 1 or "more" in page.locator("#range").inner_text(), size
            assert page.locator(".run-mark.mixed").count() == 0, size
            cut = page.evaluate("""() => [...document.querySelectorAll(".run-mark")].filter(mark => {
                const box = mark.getBoundingClientRect(), lanes = document.getElementById("lanes").getBoundingClientRect();
                return box.right > lanes.right + 1 || box.width < 6;
            }).length""")
            assert cut == 0, size


def check_no_text_is_cut_on_phones(pages):
    for page, where in views(pages, SMALL[:2]):
        cut = page.evaluate("""() => [...document.querySelectorAll(".head h1, .now, .lane-label, .tabs")].filter(element => element.checkVisibility() &&
            (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 4)).map(element => element.textContent)""")
        assert not cut, f"{where}: {cut}"


def check_labels_of_the_map_stay_on_it(pages):
    file = str(HERE.parent.parent / "Scenarios" / "rules" / "select-partners.scenario")
    with pages.open("partners", file=file, hash="#t=PT2H3M") as page:
        outside = page.evaluate("""() => [...document.querySelectorAll(".arrow .label > small:last-child")].filter(part =>
            part.getBoundingClientRect().right > document.querySelector(".arrows").getBoundingClientRect().right + 1).map(part => part.parentElement.textContent)""")
        assert not outside, outside


def check_contrast_of_every_text_in_light_and_dark(pages):
    for scheme in ["light", "dark"]:
        for page, where in views(pages, SIZES[:1], color_scheme=scheme):
            page.evaluate(LEAVES)
            low = page.evaluate(CONTRAST)
            assert not low, f"{scheme} {where}: {low[:4]}"


def check_targets_are_large_enough(pages):
    for size, least, options in [((1280, 720), 24, {}), ((390, 844), 44, {"has_touch": True, "is_mobile": True})]:
        for page, where in views(pages, [size], **options):
            small = page.evaluate("""least => [...document.querySelectorAll("button, select, input, [role=slider], [role=tab], summary")]
                .filter(element => element.checkVisibility()).map(element => [element, element.getBoundingClientRect()])
                .filter(([element, box]) => box.height < least - .5 || (box.width < 24 && !element.matches("[role=slider]")))
                .map(([element, box]) => `${element.textContent || element.id} ${Math.round(box.width)}x${Math.round(box.height)}`)""", least)
            assert not small, f"{where}: {small[:5]}"


def check_every_control_has_a_name_in_sentence_case(pages):
    for page, where in views(pages, SIZES[:1] + SMALL[:1]):
        nameless = page.evaluate("""() => [...document.querySelectorAll("button, select, input, [role=slider], table, [role=tablist], [role=listbox]")]
            .filter(element => element.checkVisibility())
            .filter(element => !(element.getAttribute("aria-label") || element.textContent.trim() || element.labels?.length))
            .map(element => element.outerHTML.slice(0, 80))""")
        assert not nameless, f"{where}: {nameless}"
        shouting = page.evaluate("""() => [...document.querySelectorAll("h1, h2, h3, button, [aria-label]")]
            .map(element => element.getAttribute("aria-label") || element.textContent.trim()).filter(name => name.length > 3 && name === name.toUpperCase() && /[A-Z]{4}/.test(name))""")
        assert not shouting, f"{where}: {shouting}"
        assert page.evaluate("document.querySelectorAll('h1').length") == 1


def check_forced_colours_keep_tabs_and_chips_apart(pages):
    with pages.open(hash="#t=PT1H25M", forced_colors="active") as page:
        borders = page.locator("#seen-tabs [role=tab]").evaluate_all("tabs => tabs.map(tab => getComputedStyle(tab).borderBottomColor)")
        assert len(set(borders)) == 2 and sum(border == borders[0] for border in borders) == 1, borders
        styles = page.locator(".arrow .line").evaluate_all("lines => lines.map(line => getComputedStyle(line).borderTopColor)")
        assert len(set(styles)) == 1, styles
    with pages.open(hash="#t=PT3H", forced_colors="active") as page:
        unseen = page.evaluate("""() => [...document.querySelectorAll(".run-mark .glyph, .chip .glyph")].filter(glyph =>
            getComputedStyle(glyph).color === getComputedStyle(glyph.parentElement).backgroundColor).map(glyph => glyph.outerHTML)""")
        assert not unseen, unseen[:3]
        assert "gradient" in page.locator(".waiting").first.evaluate("element => getComputedStyle(element).backgroundImage")


def check_forced_colours_leave_no_text_unseen(pages):
    """Behind text whose colours are forced lies a plate of the reader's own background."""
    for scheme in ["light", "dark"]:
        for hash in ["#t=PT2H16M&see=flow", "#t=PT2H16M&v=events", "#t=PT2H16M&v=whatif", "#t=PT2H16M&v=checks", "#t=PT1H&q=1"]:
            with pages.open(path=pages.shipped("propagation/one-hour-change"), hash=hash, forced_colors="active", color_scheme=scheme) as page:
                page.evaluate("toast('A toast')")
                page.evaluate(LEAVES)
                unseen = page.evaluate("""() => leaves.filter(({element}) => getComputedStyle(element).forcedColorAdjust === "auto" &&
                    getComputedStyle(element).color === getComputedStyle(document.documentElement).backgroundColor).map(({text}) => text)""")
                assert not unseen, f"{scheme} {hash}: {unseen[:4]}"
                assert not page.evaluate(CONTRAST.replace("< 4.5", "< 3")), f"{scheme} {hash}"


def check_axe_finds_nothing_in_pages_of_every_kind(pages):
    from axe_playwright_python.sync_playwright import Axe
    for name, hash in [("digest/daily", "#e=12&see=systems"), ("data-policies/coming-back", "#e=10&see=flow"), ("rules/select-partners", "#t=PT2H3M&see=admin"),
                       ("packages/failed", "#e=4&v=events"), ("packages/who-polls", "#e=10"), ("propagation/one-hour-change", "#t=PT1H&q=1")]:
        for size, scheme in [((1280, 720), "dark"), ((1280, 585), "light"), ((390, 844), "dark"), ((320, 640), "light")]:
            with pages.open(path=pages.shipped(name), hash=hash, size=size, color_scheme=scheme) as page:
                report(Axe().run(page), f"{name} at {size}")


def check_axe_finds_nothing_in_any_view(pages):
    from axe_playwright_python.sync_playwright import Axe
    for scheme, sizes in [("light", [(1280, 720), (390, 844)]), ("dark", [(1280, 720)])]:
        for page, where in views(pages, sizes, color_scheme=scheme):
            report(Axe().run(page), where)
            press(page, "?")
            report(Axe().run(page), f"{where}, help")
    with pages.open() as page:
        page.locator("#menu").click()
        settle(page)
        report(Axe().run(page), "menu")


def report(results, where):
    violations = results.response["violations"]
    said = [f"{item['id']}: {item['nodes'][0]['html'][:120]}" for item in violations]
    assert not said, f"{where}: {said[:4]}"


def check_pictures_of_every_view_are_kept(pages):
    folder = pages.folder / "pictures"
    folder.mkdir(exist_ok=True)
    for scheme in ["light", "dark"]:
        for number, (page, _) in enumerate(views(pages, SIZES + SMALL, color_scheme=scheme)):
            size = page.viewport_size
            view = number % len(VIEWS) + 1
            page.screenshot(path=folder / f"{size['width']}x{size['height']}-{scheme}-{view}.png")
    for deficiency in ["protanopia", "deuteranopia", "tritanopia", "achromatopsia"]:
        with pages.open(hash=VIEWS[1]) as page:
            page.context.new_cdp_session(page).send("Emulation.setEmulatedVisionDeficiency", {"type": deficiency})
            page.screenshot(path=folder / f"{deficiency}.png")
    assert len(list(folder.iterdir())) >= 2 * len(SIZES + SMALL) * len(VIEWS)
