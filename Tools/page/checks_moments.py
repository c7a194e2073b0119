"""What a moment is about: the event that is spoken of, what is on its way, and what the trainer asks."""

from browser import press, settle

WORLD = "tenant contoso\ntenant fabrikam\nadmin ada of contoso\nmaker maya of contoso\nconnection fab of maya using sharepoint signed in to fabrikam\n"


def scenario(pages, name, text):
    file = pages.folder / f"{name}.scenario"
    file.write_text(WORLD + text, encoding="utf-8")
    return {"name": name, "file": str(file)}


def caption(page):
    return " ".join(page.locator("#caption").inner_text().split())


def check_a_tie_stands_beside_what_decides_and_hides_no_runs(pages):
    with pages.open(**scenario(pages, "tie", "until 12:00\nflow sync of maya every 15m using fab\nat 09:00 ada turns isolation on\n"), hash="#t=PT3H20M") as page:
        assert "Failed" in caption(page) and "6 runs of sync to 11:15" in caption(page), caption(page)
        assert page.locator(".why .reasons .decides").count() == 1
        assert "A tie: contoso's policy" in page.locator(".why .reasons").first.inner_text()


def check_runs_that_go_on_are_spoken_of_again(pages):
    text = "app board of maya using fab\nflow sync of maya every 15m using fab\nat 10:20 maya opens app board\n"
    with pages.open(**scenario(pages, "go-on", text)) as page:
        for minutes, words in [(140, "opens app board"), (144, "opens app board"), (145, "opens app board"), (150, "11 runs of sync to 10:30"), (165, "12 runs of sync to 10:45")]:
            page.evaluate("time => goToTime(time)", minutes * 60_000)
            settle(page)
            assert words in caption(page), (minutes, caption(page))


def check_only_what_differs_is_on_its_way(pages):
    text = "isolation on for contoso\nrule for contoso allows fabrikam outbound\nat 09:00 ada allows fabrikam outbound\n"
    with pages.open(**scenario(pages, "unchanged", text), hash="#t=PT1H") as page:
        assert "unchanged" in caption(page)
        assert "nothing changes" in page.locator(".why").inner_text()
        page.evaluate("goToTime(5400000)")
        settle(page)
        assert page.locator(".chip.propagating, .pending, .tenant.changing, .waiting").count() == 0
    text = "isolation off for contoso\nat 09:00 ada turns isolation on\nat 09:20 ada turns isolation off\n"
    with pages.open(**scenario(pages, "on-and-off", text), hash="#t=PT1H30M") as page:
        hatched = page.locator(".waiting").evaluate_all("spans => spans.map(span => parseFloat(span.style.left)).length")
        assert hatched == 2, "on before it is felt, off before that is felt; between the two they are the same"
        assert page.locator(".pending").count() == 2, "both are still to come"


def check_the_end_of_a_whole_day_is_the_next_day(pages):
    with pages.open(**scenario(pages, "day", "start 2025-01-06 00:00\nuntil day 2 00:00\nflow sync of maya every 1h using fab\n")) as page:
        assert "Mon 6 Jan 2025" in page.locator("#clock").inner_text()
        press(page, "End")
        assert "Tue 7 Jan 2025" in page.locator("#clock").inner_text()
        page.evaluate("setSeen('runs')")
        settle(page)
        assert "at day 2 00:00" in page.locator("#seen").inner_text()


def check_a_chapter_and_an_answer_are_about_their_event(pages):
    with pages.open(path=pages.shipped("reports/before-the-switch")) as page:
        press(page, "]")
        assert "ada asks for" in caption(page) and "Chapter: The week before – Continue (Space)." in caption(page)
        assert "Ada asks for" in page.locator(".why").inner_text()
        assert "•" in page.locator("#tab-systems").inner_text(), "the record is there"
        page.wait_for_timeout(400)
        page.reload()
        settle(page)
        assert "ada asks for" in caption(page), "the link holds it"
        press(page, "ArrowRight")
        assert "1 run of invoices" in caption(page)
    text = 'app board of maya using fab\nflow sync of maya every 15m using fab\nat 09:00 ada turns isolation on\n  question "Does the board open?" until 09:30 options "Yes", "No" answer "Yes"\nat 09:30 maya opens app board\n'
    with pages.open(**scenario(pages, "answer", text), hash="#t=PT1H&q=1") as page:
        press(page, "r")
        assert "Maya opens app board" in page.locator(".why").inner_text(), page.locator(".why").inner_text()
        assert page.locator(".answer").count() == 1


def check_questions_are_found_without_their_key(pages):
    with pages.open(path=pages.shipped("propagation/one-hour-change"), hash="#t=PT1H30M") as page:
        assert page.locator(".flag.ask").count() == 2
        assert page.get_by_role("button", name="Questions").is_visible()
        assert "Will the run of 09:55 fail?" in page.locator("#explain").inner_text()
        page.get_by_role("button", name="Ask it").click()
        settle(page)
        assert page.locator("#question").is_visible() and page.evaluate("app.time") == 3_600_000
    with pages.open(path=pages.shipped("propagation/one-hour-change"), hash="#t=PT2H50M", size=(390, 844)) as page:
        page.evaluate("setPane('why')")
        settle(page)
        assert "When does the flow run well again?" in page.locator("#explain").inner_text()
        page.get_by_role("button", name="Ask it").click()
        settle(page)
        assert page.locator("#question h2").inner_text() == "Question 2"


def check_the_number_of_checks_is_the_one_that_is_told_elsewhere(pages):
    told = pages.run("test", pages.shipped_file("propagation/one-hour-change")).stdout
    with pages.open(path=pages.shipped("propagation/one-hour-change"), hash="#v=checks") as page:
        line = page.locator("#view-checks p").first.inner_text()
        whole, parts = line.split(": ")
        assert whole in told, (line, told)
        assert parts == "19 of 19 of the scenario, 4 of 4 of With an exception for Fabrikam in time."
