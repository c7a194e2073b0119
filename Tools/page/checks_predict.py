"""What is asked, and what was revealed."""

import re

from browser import data_of, press, settle

SEEN = """() => {
    const copy = document.documentElement.cloneNode(true);
    copy.querySelectorAll("script, style").forEach(element => element.remove());
    return copy.outerHTML + document.title + decodeURIComponent(location.hash);
}"""


def minutes(text):
    """ "day 2 09:05" or "09:05" as minutes from the first midnight."""
    day, clock = re.fullmatch(r"(?:day (\d+) )?(\d\d:\d\d)", text).groups()
    hours, rest = clock.split(":")
    return (int(day or 1) - 1) * 1440 + int(hours) * 60 + int(rest)


def check_predict_tells_no_later_time_in_any_view_of_any_scenario(pages):
    """An open question's page names no time after it but those that it asks about."""
    asked = 0
    with pages.open() as page:
        for file in pages.all():
            data = data_of(file)
            start = data["start"] % 86_400_000 // 60_000
            for row, question in enumerate(data["script"]["questions"]):
                asked += 1
                page.goto(f"file://{file}#q=1&r={row}&t=PT{question['time'] // 1000}S")
                settle(page)
                assert page.evaluate("questionNow()") == row, file.name
                allowed = set(re.findall(r"\d\d:\d\d", question["text"] + " ".join(question["options"])))
                for view, tab in [("demo", tab) for tab in ["maker", "flow", "runs", "admin", "systems"]] + [(view, None) for view in ["whatif", "events", "checks"]]:
                    page.evaluate("([view, tab]) => { setView(view); if (tab) setSeen(tab); }", [view, tab])
                    settle(page)
                    times = re.findall(r"(?:day \d+ )?\b\d\d:\d\d\b", re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "", page.evaluate(SEEN)))
                    later = {time for time in times if minutes(time) > start + question["time"] / 60_000 and time[-5:] not in allowed}
                    assert not later, f"{file.name}, question {row + 1}, {view} {tab or ''}: {sorted(later)}"
    assert asked >= 5


def check_what_was_revealed_is_in_the_link(pages):
    with pages.open(path=pages.shipped("propagation/one-hour-change"), hash="#t=PT1H&q=1") as page:
        press(page, "2", "r")
        page.wait_for_timeout(400)
        revealed = page.evaluate("[app.time, app.predict, openQuestion()]")
        page.reload()
        settle(page)
        assert page.evaluate("[app.time, app.predict, openQuestion()]") == revealed
        assert page.locator(".toast").count() == 0, page.locator(".toast").inner_text()
        assert page.locator(".question").count() == 0
