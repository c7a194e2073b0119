"""The trainer's guide: each of its sessions' steps is taken with the keys that it names, and shows what it says."""

import re

from browser import HERE, press

ROOT = HERE.parent.parent
GUIDE = ROOT / "Sources" / "gateway-sim" / "GatewaySim.docc" / "TrainersGuide.md"
KEYS = {"→": "ArrowRight", "←": "ArrowLeft"}

# A scenario of the guide, and what it says of it step by step: its words, the keys in them, the clock, and where what stands then.
SESSION = [
    ("first-flow/onedrive-to-teams", [
        ("Press `Q` once, then `]` as far as 08:10.", "Q ]", "08:10", {"#map": ["lab-files", "home-teams"], "#policies": ["Off"]}),
        ("**Ask**, after one more `]`: *Which file is the last to become a message?*", "]", "08:30", {"#question": ["last to become a message"]}),
        ("press `R`. It is the one of 09:20", "R", "09:40", {".answer": ["The one of 09:20"]}),
    ]),
    ("propagation/one-hour-change", [
        ("Press `Q`, then `]` twice, to 09:00.", "Q ] ]", "09:00", {"#policies": ["saved on", "in force off"]}),
        ("**Ask.** *Will the run of 09:55 fail?* Then `R`. No.", "R", "09:55", {".answer": ["No"]}),
        ("`←` twice, back to 09:05: in that same hour Maya is refused a new connection. `Alt+1` has what she reads.", "← ← Alt+1", "09:05",
         {"#seen": ["Connection Owner Tenant", "Connection Sign In Tenant", "Connector"]}),
        ("`]` to 10:00 and `→` to 10:10. `Alt+2`: the flow says *On*, under a bar that something needs to be fixed.", "] → Alt+2", "10:10",
         {"#seen": ["On", "There's a problem that needs to be fixed"]}),
        ("`Alt+3`: the run history has turned red", "Alt+3", "10:10", {"#seen": ["Failed"]}),
        ("**Ask**, after `]`: *The exception is saved. When does the flow run well again?*", "]", "10:30", {"#question": ["run well again"]}),
        ("`R`: an hour later, by itself.", "R", "11:40", {".answer": ["At 11:30"]}),
        ("Same page: `Q` again, so that nothing is hidden, `W`, `Home`, and `D` from difference to difference.", "Q W Home D", "09:00",
         {".differences": ["Fabrikam outbound", "6 runs"]}),
    ]),
    ("design-time/suspended-and-resumed", [
        ("Press `Q`, `Alt+2`, `]` to 08:10.", "Q Alt+2 ]", "08:10", {"#seen": ["Suspended"]}),
        ("**Ask**, after `]`: *Does the flow run before 09:30?* `R`: no.", "] R", "09:29", {".answer": ["No"]}),
        ("Then `→` twice", "→ →", "09:30", {"#seen": ["On"]}),
    ]),
    ("rules/select-partners", [
        ("Press `Q`, then `]` to 08:10.", "Q ]", "08:10", {"#question": ["May Nora of Northwind connect to Contoso?"]}),
        ("`R`. No: she comes in.", "R", "08:11", {".answer": ["No"]}),
        ("`→` through Tailwind and Fabrikam, `]` to Adatum, `Alt+4` for the list as administrators see it.", "→ → → → ] Alt+4", "08:25",
         {"#seen": ["Northwind", "Tailwind Traders", "Fabrikam"], "#caption": ["adatum"]}),
    ]),
    ("azure-devops/exception-and-mitigation", [
        ("Press `Q`, then `]` to 08:05 and `→` to 08:06.", "Q ] →", "08:06", {"#map": ["ado-out", "ado-in", "not enforced"]}),
        ("After `]`, the same with Outlook is refused.", "]", "08:15", {"#caption": ["blocked"]}),
        ("**Ask**, after `]`: *A data policy blocks Azure DevOps at 10:00.", "]", "10:00", {"#question": ["A data policy blocks Azure DevOps"]}),
        ("`R`: Suspended at 11:00.", "R", "11:00", {".answer": ["It is Suspended at 11:00"]}),
    ]),
]


def check_each_step_of_the_guide_shows_what_it_says(pages):
    guide, at = " ".join(GUIDE.read_text(encoding="utf-8").split()), 0
    for scenario, steps in SESSION:
        with pages.open(f"guide-{scenario.split('/')[1]}", file=str(ROOT / "Scenarios" / f"{scenario}.scenario")) as page:
            for words, keys, clock, seen in steps:
                found = guide.find(words, at)
                assert found >= 0, f"the guide does not say, or not here: {words}"
                at = found
                press(page, *[KEYS.get(key, key if "+" in key or len(key) > 1 else key.lower()) for key in keys.split()])
                where = f"{scenario}: {words}"
                assert page.locator("#clock").inner_text().startswith(clock), f"{where}: {page.locator('#clock').inner_text()}"
                for place, texts in seen.items():
                    text = " ".join(page.locator(place).first.inner_text().split())
                    missing = [part for part in texts if part.lower() not in text.lower()]
                    assert not missing, f"{where}: {missing} in {text[:300]}"
            assert not page.problems, page.problems


def check_the_guide_writes_the_pages_that_it_walks_through(pages):
    """All but the one to go to when somebody doubts."""
    guide = GUIDE.read_text(encoding="utf-8")
    written = re.findall(r"Scenarios/([\w/-]+)\.scenario \\", guide)
    assert {scenario for scenario, _ in SESSION} == set(written) - {"propagation/exceptions-first"}, written
