"""How long an explorer of many rows takes to answer a letter, in a browser.

The rows of a hundred corpora lie in files beside the page. The seconds are those that the page's
own thread works until the answer is painted, so another program changes them little.
"""

import argparse
import re
import tempfile
from pathlib import Path

from booktheme.table_layout import MOST, write_rows
from tests.browser import launched
from tests.theme.test_theme_explorer import built, made_rows

SAID = " It has been said before, at some length, and will be said again." * 2


def book_of(many: int, folder: Path) -> Path:
    """Build a book of one explorer of many rows; Sphinx, which would take minutes, sees few."""
    out = built(folder, made_rows(MOST + 1), ["lead-6"])
    text = (out / "index.html").read_text(encoding="utf-8")
    row = re.search(r"<tr\b.*?</tr>", text.partition("<tbody>")[2], re.DOTALL)[0]
    rows = [row.replace("claim-000", f"claim-{n:03}") for n in range(many)]
    frame = made_rows(many).map(str)
    frame["What it says"] += SAID
    texts = [[name, frame[name].tolist()] for name in frame]
    texts[0][1] = [f"claim-{n:03}" for n in range(many)]
    write_rows(out / "_tables", "table-rows", texts, rows)
    return out


def letter(page, key: str) -> float:
    """Milliseconds of its thread that a page takes for a letter until it has been painted."""
    client = page.context.new_cdp_session(page)
    client.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        metrics = client.send("Performance.getMetrics")["metrics"]
        return {m["name"]: m["value"] for m in metrics}["TaskDuration"]

    before = spent()
    page.keyboard.press(key)
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))")
    return 1000 * (spent() - before)


def main(many: int, times: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name, launched() as browser:
        folder = book_of(many, Path(name))
        took = []
        for _ in range(times):
            page = browser.new_page()
            page.goto((folder / "index.html").as_uri())
            page.locator("table.ready").wait_for()
            page.get_by_label("Words in a row").focus()
            took.append([letter(page, key) for key in "ev"])
            page.close()
    first, second = (min(each) for each in zip(*took, strict=True))
    print(f"{many} rows: first letter {first:.0f} ms, second {second:.0f} ms (best of {times})")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--times", type=int, default=3)
    chosen = parser.parse_args()
    main(chosen.rows, chosen.times)
