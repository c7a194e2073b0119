"""Many tenants and many flows."""

from browser import press, settle


def many(pages):
    page, file = pages.folder / "many.html", pages.folder / "many.scenario"
    if not page.exists():
        made = pages.run("generate", "--tenants", "50", "--flows", "2000", "--days", "1", "--changes", "40")
        file.write_text(made.stdout, encoding="utf-8")
        pages.run("run", str(file), "--quiet", "--html", str(page))
    return page


def check_the_map_and_the_policies_follow_the_event(pages):
    with pages.open(path=many(pages)) as page:
        events = page.evaluate("""[...app.stage.play.events.time.keys()].filter(row => app.stage.event("signIn", row) >= 0 && app.stage.event("tenant", row) >= 0
            && app.stage.event("tenant", row) !== app.stage.event("signIn", row))""")
        for row in events[:: max(1, len(events) // 12)]:
            page.evaluate("n => goToEvent(n)", row + 1)
            settle(page)
            about = page.evaluate("['tenant', 'signIn'].map(field => app.stage.tenant(app.stage.event(field, app.n - 1)))")
            assert set(about) <= set(page.locator(".tenant bdi").all_text_contents()), about
            assert set(about) <= set(page.locator(".policy h3 bdi").all_text_contents()), about


def check_a_chosen_tenant_is_let_go_again(pages):
    with pages.open(path=pages.shipped("rules/select-partners")) as page:
        before = page.locator(".policy h3").all_inner_texts()
        page.locator(".tenant-list button").first.click()
        settle(page)
        assert page.locator(".policy h3").count() == 1
        page.get_by_role("button", name="Show two tenants").click()
        settle(page)
        assert page.locator(".policy h3").all_inner_texts() == before


def check_many_flows_take_few_elements(pages):
    with pages.open(path=many(pages)) as page:
        for hash in ["#e=0", "#e=1200", "#e=1200&see=runs", "#e=1200&see=flow", "#e=1200&see=systems", "#e=1200&v=events", "#e=1200&v=checks"]:
            page.evaluate("hash => { location.hash = hash; }", hash)
            page.wait_for_timeout(100)
            settle(page)
            nodes = page.evaluate("document.querySelectorAll('*').length")
            assert nodes < 3000, f"{hash}: {nodes} elements"
        press(page, "Home")
        assert not page.problems, page.problems
