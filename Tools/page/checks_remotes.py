"""A presenter's remote, keyboards of other countries, and the notes in a second window."""

from browser import press, settle


def check_a_remote_steps_wherever_the_focus_is(pages):
    with pages.open(hash="#e=4") as page:
        slider = page.locator("#slider")
        slider.click()
        page.evaluate("goToEvent(4)")
        settle(page)
        press(page, "PageDown")
        assert page.evaluate("app.n") == 5, "on the slider"
        page.locator("#speed").focus()
        press(page, "PageDown", "PageDown", "PageUp")
        assert page.evaluate("[app.n, app.speed]") == [6, 1], "on the list of speeds"
        press(page, ".")
        assert page.evaluate("app.playing")
        press(page, ".", "b")
        assert page.locator("#blank").is_visible()
        press(page, "b")
        page.evaluate("goToEvent(6)")
        settle(page)
        press(page, "e", "PageDown")
        assert page.evaluate("app.n") == 7, "in the list of events"
        press(page, "/")
        page.keyboard.type(".b")
        press(page, "PageDown")
        assert page.evaluate("[app.n, app.playing]") == [7, False], "a text field keeps its keys"


KEY = "keys => document.body.dispatchEvent(new KeyboardEvent('keydown', {bubbles: true, cancelable: true, ...keys}))"


def check_keys_of_other_keyboards(pages):
    with pages.open(hash="#t=PT0S") as page:
        chapter = "app.data.script.chapters.findIndex(chapter => chapter.time === app.time)"
        press(page, "Home")
        page.evaluate(KEY, {"key": "]", "code": "Digit9", "altKey": True, "ctrlKey": True, "modifierAltGraph": True})
        settle(page)
        first = page.evaluate(chapter)
        press(page, "Shift+PageDown")
        assert page.evaluate(chapter) == first + 1
        press(page, "Shift+PageUp")
        assert page.evaluate(chapter) == first
        page.evaluate(KEY, {"key": "™", "code": "Digit2", "altKey": True})
        settle(page)
        assert page.evaluate("app.seen") == "flow"
        press(page, "s")
        assert page.evaluate("app.seen") == "runs"
        press(page, "?")
        for name in ["Shift+PageDown", "S"]:
            assert page.locator("dialog kbd", has_text=name).count(), name


def check_arrows_scroll_the_explanation(pages):
    with pages.open(path=pages.shipped("propagation/one-hour-change"), hash="#t=PT2H10M", size=(1280, 585)) as page:
        before = page.evaluate("[app.n, byId('explain').scrollTop]")
        press(page, "ArrowDown")
        assert page.evaluate("app.n") == before[0] and page.evaluate("byId('explain').scrollTop") > before[1]
        press(page, "ArrowUp")
        assert page.evaluate("byId('explain').scrollTop") == before[1]


def check_the_notes_window_passes_keys_on_and_has_the_documentation(pages):
    with pages.open(path=pages.shipped("propagation/one-hour-change"), hash="#t=PT2H10M") as page:
        note = page.locator(".say p").first.inner_text()
        with page.expect_popup() as popup:
            press(page, "n")
        notes = popup.value
        notes.wait_for_selector("h1")
        settle(page)
        assert note in notes.locator("body").inner_text() and notes.locator("a[href^='https://']").count() > 0
        assert note not in page.locator("#explain").inner_text() and page.locator("#explain a").count() > 0, "the link stays"
        before = page.evaluate("app.n")
        notes.keyboard.press("PageDown")
        settle(page)
        assert page.evaluate("app.n") == before + 1
        notes.keyboard.press("b")
        settle(page)
        assert page.locator("#blank").count() == 1


def check_a_link_to_no_moment_says_so(pages):
    for hash in ["#c=99", "#t=2h", "#t=-5"]:
        with pages.open(hash=hash) as page:
            assert hash in page.locator(".toast").inner_text(), hash
            assert page.evaluate("app.time") == 0
