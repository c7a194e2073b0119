"""Keys, remotes, tabs, slider, links, paper."""

from browser import press, settle


def state(page):
    return page.evaluate("({n: app.n, time: app.time, view: app.view, seen: app.seen, predict: app.predict, playing: app.playing, idle: app.skipIdle, zoom: app.zoom, theme: app.theme, speed: app.speed})")


def check_every_key_acts(pages):
    with pages.open() as page:
        for key, field in [("ArrowRight", "n"), ("PageDown", "n"), ("ArrowLeft", "n"), ("PageUp", "n"), ("]", "time"), ("[", "time"), ("End", "time"),
                           ("Home", "time"), ("Shift+ArrowRight", "n"), ("Shift+ArrowLeft", "n"), ("i", "idle"), ("z", "zoom"), ("e", "view"), ("e", "view"),
                           ("w", "view"), ("w", "view"), ("d", "time"), ("t", "theme"), ("+", "speed"), ("-", "speed"), ("q", "predict"), ("q", "predict"),
                           ("Alt+2", "seen"), ("Alt+3", "seen"), ("Alt+4", "seen"), ("Alt+5", "seen"), ("Alt+1", "seen")]:
            before = state(page)
            press(page, key)
            assert state(page)[field] != before[field], f"{key} leaves {field} at {before[field]}"
        for key in ["Space", "k", "."]:
            press(page, key)
            assert state(page)["playing"], key
            press(page, key)
            assert not state(page)["playing"], key
        press(page, "b")
        assert page.locator("#blank").is_visible()
        press(page, "b")
        assert page.locator("#blank").count() == 0
        press(page, "?")
        assert page.get_by_role("dialog", name="Help").is_visible()
        press(page, "Escape")
        press(page, "/")
        assert page.locator("dialog input[type=search]").is_visible()
        assert not page.problems, page.problems


def check_keys_stay_with_fields_and_dialogs(pages):
    with pages.open(hash="#t=PT1H20M") as page:
        before = state(page)
        page.locator("#speed").focus()
        press(page, "e", "q", "w")
        assert {key: value for key, value in state(page).items() if key != "speed"} == {key: value for key, value in before.items() if key != "speed"}
        press(page, "Escape")
        page.locator("body").click(position={"x": 5, "y": 5})
        press(page, "/")
        page.keyboard.type("fab-mail e q w b")
        settle(page)
        assert state(page)["view"] == before["view"] and page.locator("#blank").count() == 0
        press(page, "Escape", "Escape", "?")  # the first empties the field
        page.locator("#single-keys").uncheck()
        press(page, "Escape", "e")
        assert state(page)["view"] == before["view"], "single keys are off"
        press(page, "PageDown")
        assert state(page)["n"] == before["n"] + 1, "a remote still works"


def check_choosing_and_revealing_by_keys(pages):
    with pages.open(hash="#t=PT1H&q=1") as page:
        press(page, "2")
        assert page.locator('[role=radio][aria-checked=true]').inner_text().endswith("No")
        page.locator('[role=radio][aria-checked=true]').focus()
        press(page, "ArrowDown")
        assert page.locator('[role=radio][aria-checked=true]').inner_text().endswith("Yes")
        press(page, "h")
        assert page.locator(".hint").is_visible()
        press(page, "r")
        assert "As predicted" in page.locator(".answer").inner_text()


def check_tabs_have_one_stop_arrows_home_and_end(pages):
    with pages.open() as page:
        tabs = page.locator("#seen-tabs [role=tab]")
        assert tabs.evaluate_all("tabs => tabs.filter(tab => tab.tabIndex === 0).length") == 1
        page.locator("#seen-tabs [role=tab][aria-selected=true]").focus()
        for key, expected in [("ArrowRight", 1), ("ArrowRight", 2), ("End", 4), ("ArrowRight", 0), ("ArrowLeft", 4), ("Home", 0)]:
            press(page, key)
            assert tabs.nth(expected).get_attribute("aria-selected") == "true", key
            assert tabs.nth(expected).evaluate("tab => tab === document.activeElement"), f"{key} loses the focus"
            assert tabs.evaluate_all("tabs => tabs.filter(tab => tab.tabIndex === 0).length") == 1


def check_everything_is_reached_by_tab_alone(pages):
    with pages.open(hash="#t=PT1H20M") as page:
        reached = set()
        for _ in range(60):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
        for name in ["play-pause", "slider", "menu", "skip-idle", "Checks", "Questions", "tab-maker"]:
            assert name in reached, f"{name} is not reached: {sorted(reached)}"


def check_the_slider_speaks_in_words(pages):
    with pages.open() as page:
        slider = page.get_by_role("slider", name="Time")
        texts, start = set(), state(page)["n"]
        slider.focus()
        for _ in range(8):
            press(page, "ArrowRight")
            texts.add(slider.get_attribute("aria-valuetext"))
        assert len(texts) == 8, texts
        assert all("saved" in text and "in force" in text and "Event" in text for text in texts)
        assert state(page)["n"] == start + 8, "an arrow is an event"
        press(page, "Home")
        assert state(page)["n"] == 0
        box = slider.bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        settle(page)
        assert 0 < state(page)["time"] < page.evaluate("app.full.until")


def check_the_live_region_is_silent_while_playing(pages):
    with pages.open() as page:
        press(page, "Home")
        page.wait_for_timeout(1200)
        page.evaluate("""() => {
            window.said = [];
            new MutationObserver(() => window.said.push(document.getElementById("status").textContent)).observe(document.getElementById("status"), {childList: true});
        }""")
        page.evaluate("app.speed = 8")
        press(page, "Space")
        page.wait_for_timeout(900)
        assert page.evaluate("said.length") == 0
        press(page, "Space")
        page.wait_for_timeout(1300)
        assert page.evaluate("said.length") == 1
        press(page, "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight")
        page.wait_for_timeout(1300)
        assert page.evaluate("said.length") == 3, "the first at once, the last a second later"


def check_playing_moves_and_stops_at_chapters(pages):
    with pages.open(hash="#t=PT25M") as page:
        page.evaluate("app.speed = 8")
        press(page, "Space")
        for _ in range(150):
            page.wait_for_timeout(100)
            if not page.evaluate("app.playing"):
                break
        assert page.evaluate("app.time") == 30 * 60_000, "it waits where the chapter opens"
        settle(page)
        assert page.locator("#play-pause").inner_text().endswith("Continue")


def check_e_leads_to_the_list_of_events(pages):
    with pages.open() as page:
        press(page, "e")
        assert page.evaluate("document.activeElement.id") == "event-list"
        before = state(page)["n"]
        press(page, "ArrowDown")
        assert state(page)["n"] == before + 1
        press(page, "e")
        assert state(page)["view"] == "demo"


def check_reduced_motion_plays_event_by_event(pages):
    with pages.open(reduced_motion="reduce") as page:
        press(page, "Space")
        seen = set()
        for _ in range(24):
            page.wait_for_timeout(100)
            seen.add(page.evaluate("app.time"))
        times = page.evaluate("[0, ...app.stage.play.events.time, ...app.data.script.chapters.map(chapter => chapter.time)]")
        assert 1 < len(seen) <= 5 and seen <= set(times), seen
        moving = page.evaluate("""() => [...document.querySelectorAll("*")].filter(element => {
            const style = getComputedStyle(element);
            return style.animationName !== "none" || style.transitionDuration !== "0s";
        }).length""")
        assert moving == 0


def check_links_lead_back(pages):
    for hash, expected in [("#t=PT1H20M", {"time": 80 * 60_000}), ("#e=10", {"n": 10}), ("#t=PT1H20M&v=checks", {"view": "checks"}),
                           ("#c=2", {"time": 3_600_000}), ("#t=PT99H", {"time": 4 * 3_600_000}), ("#nonsense=1&t=PT5M", {"time": 300_000}),
                           ("#e=9999", {"n": 29}), ("#t=rubbish", {"time": 0}), ("#see=runs", {"seen": "runs"}), ("#q=1", {"predict": True})]:
        with pages.open(hash=hash) as page:
            got = state(page)
            assert all(got[key] == value for key, value in expected.items()), (hash, got)
            assert not page.problems, page.problems
    with pages.open(hash="#t=PT99H") as page:
        assert "beyond" in page.locator(".toast").inner_text()
    with pages.open() as page:
        press(page, "ArrowRight", "ArrowRight", "ArrowRight", "Alt+3")
        page.wait_for_timeout(400)
        before = state(page)
        assert "see=runs" in page.evaluate("location.hash")
        page.reload()
        settle(page)
        assert state(page) == before, "a reload restores"


def check_notes_have_a_window(pages):
    with pages.open(hash="#t=PT1H") as page:
        assert page.locator(".say").is_visible()
        with page.expect_popup() as popup:
            press(page, "n")
        notes = popup.value
        page.wait_for_timeout(200)
        text = notes.locator("body").inner_text()
        assert "Ask the room" in text and "The switch" in text and "Next" in text, text
        assert "Answer" in text
        assert page.locator(".say").count() == 0, "off the projector"
        clock = notes.locator("#elapsed").inner_text()
        notes.wait_for_timeout(1500)
        assert notes.locator("#elapsed").inner_text() != clock


def check_the_handout_has_its_pages(pages):
    with pages.open() as page:
        pdf = page.pdf(prefer_css_page_size=True)
        count = pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") + pdf.count(b"/Type /Page/")
        # Three chapters share sheets; the answers begin one of their own.
        assert 3 <= count <= 6, f"{count} pages"
        page.evaluate("buildHandout()")
        text = page.locator("#handout").evaluate("element => element.textContent")
        assert "Play" not in text.split() and "Skip idle" not in text
        assert text.index("Will the 10:15 run") < text.rindex("Active flows are judged by the policy in force")
        page.evaluate("removeHandout()")
        assert page.locator("#handout").count() == 0
