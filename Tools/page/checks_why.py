"""Why, what to say, and the chapter it belongs to."""

from browser import SIZES, data_of, press, settle


def check_the_deciding_step_never_made_no_difference(pages):
    with pages.open("long-names", hash="#e=3") as page:
        assert len(page.locator(".why .decides bdi").first.inner_text()) > 200
        assert page.locator(".why details .decides").count() == 0


def check_why_begins_with_what_decides_and_in_peoples_words(pages):
    with pages.open() as page:
        for file in pages.all():
            page.goto(f"file://{file}")
            settle(page)
            wrong = page.evaluate("""() => app.stage.play.decisions.map(decision => [...h("div", decisionTree(app.stage, decision)).querySelectorAll("div > .reasons > li")])
                .filter(([first, ...more]) => first && (more.length && /^line \\d+:/.test(first.textContent) || more.some(step => step.matches(".decides")) && !first.matches(".decides")))
                .map(([first]) => first.textContent)""")
            assert not wrong, f"{file.name}: {wrong[:2]}"


def check_nobody_is_told_why_a_record_was_written(pages):
    with pages.open(path=pages.shipped("digest/daily")) as page:
        kinds = page.evaluate("[...app.stage.play.events.time.keys()].map(row => app.stage.kind(row))")
        for kind in ["audit.available", "mail.sent"]:
            page.evaluate("n => goToEvent(n)", kinds.index(kind) + 1)
            settle(page)
            assert page.locator(".why .reasons").count() == 0, page.locator(".why").inner_text()
        page.evaluate("n => goToEvent(n)", kinds.index("auditing.on") + 1)
        settle(page)
        assert page.locator("#caption .propagating").count() == 0, "nothing is on its way"


def check_the_note_is_in_sight_when_its_moment_has_come(pages):
    noted = 0
    for size in SIZES:
        with pages.open(size=size) as page:
            for file in pages.all():
                for note in data_of(file)["script"]["notes"]:
                    page.goto("about:blank")
                    page.goto(f"file://{file}#t=PT{note['time'] / 1000}S")
                    settle(page)
                    say, pane = page.locator(".say p").first.bounding_box(), page.locator("#explain").bounding_box()
                    assert say["y"] + say["height"] <= pane["y"] + pane["height"] + 1, f"{file.name} at {note['time']}, {size}"
                    noted += 1
    assert noted > 30


def check_the_chapter_has_its_title_and_its_number(pages):
    with pages.open(path=pages.shipped("propagation/one-hour-change"), hash="#t=PT2H10M") as page:
        title = page.evaluate("app.data.script.chapters[2].title")
        assert title in page.locator("#explain").inner_text()
        press(page, "z")
        assert page.locator(".flag").first.inner_text() == "3"
