"""A real browser over pages that the built program wrote."""

import contextlib
import importlib.util
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).parent
SCENARIOS = HERE.parent.parent / "Scenarios"
SIZES = [(1280, 720), (1280, 585), (1920, 1080)]
SMALL = [(390, 844), (320, 640), (640, 360), (1024, 720)]
# One place for each view and each pane.
VIEWS = [
    "#t=PT1H20M", "#t=PT1H25M", "#t=PT2H16M&see=flow", "#t=PT3H25M&see=runs", "#t=PT1H30M&see=admin",
    "#t=PT2H51M&v=whatif", "#t=PT2H&v=events", "#t=PT2H&v=checks", "#t=PT1H&q=1",
]


def chromium():
    names = ["chromium", "chromium-browser", "google-chrome"]
    return next((path for path in map(shutil.which, names) if path), None)


def missing():
    """What of what the pages are tried with is not on this machine; None where all is there."""
    for name in ["playwright", "axe_playwright_python"]:
        if not importlib.util.find_spec(name):
            return f"there is no {name} (PyPI)"
    return None if chromium() else "there is no chromium"


class Pages:
    """Writes pages, each once, and opens them."""

    def __init__(self, program, folder, browser):
        self.program, self.folder, self.browser = program, pathlib.Path(folder), browser

    def run(self, *arguments, **options):
        return subprocess.run([self.program, *arguments], capture_output=True, text=True, **options)

    def scenario(self, name):
        return str(HERE / "scenarios" / f"{name}.scenario")

    def write(self, name, file=None, again=False):
        """The page of a scenario of this folder, or of `file`."""
        page = self.folder / f"{name}{'-again' if again else ''}.html"
        if again or not page.exists():
            result = self.run("run", file or self.scenario(name), "--quiet", "--html", str(page))
            assert page.exists(), result.stderr
        return page

    def all(self):
        """The pages of `Scenarios/`, written once."""
        folder = self.folder / "set"
        if not folder.exists():
            self.run("page", str(SCENARIOS), "--output", str(folder))
        files = sorted(path for path in folder.rglob("*.html") if path.name != "index.html")
        assert files
        return files

    def shipped_file(self, path):
        return str(SCENARIOS / f"{path}.scenario")

    def shipped(self, path):
        """The page of one of them, as `rules/select-partners`."""
        return self.write(pathlib.Path(path).name, self.shipped_file(path))

    @contextlib.contextmanager
    def open(self, name="story", hash="", size=(1280, 720), file=None, path=None, **options):
        """An open page; what it asks the network for and what goes wrong in it is kept."""
        path = path or self.write(name, file)
        context = self.browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        page = context.new_page()
        page.requests, page.problems = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("console", lambda message: page.problems.append(message.text))
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.set_default_timeout(10_000)
        page.goto(f"file://{path}{hash}")
        if options.get("java_script_enabled", True):
            settle(page)
        try:
            yield page
        finally:
            context.close()


def settle(page):
    """Until the page has drawn what was asked of it."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
        settle(page)


def data_of(page_file):
    """The data that a page holds, as the program wrote it."""
    import json
    text = pathlib.Path(page_file).read_text(encoding="utf-8")
    start = text.index('id="play">') + len('id="play">')
    return json.loads(text[start:text.index("</script>", start)])
