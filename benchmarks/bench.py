"""How long things take, in copies of the project, beside plain jupyter-book: ``make bench``."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
sys.path.insert(0, str(ROOT))
from _ext.pdf import browser_path  # noqa: E402
from tests.browser import weight  # noqa: E402

PLAIN = """title: Plain
only_build_toc_files: true
execute: {execute_notebooks: force, timeout: 120}
sphinx: {config: {bibtex_bibfiles: [references.bib], nb_render_markdown_format: myst}}
"""
LEFT_OUT = shutil.ignore_patterns("_build", ".git", ".venv", ".*_cache", "__pycache__")


def copy(folder):
    """Return a copy of the project with the environment of the original."""
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    (folder / ".venv").symlink_to(BIN.parent)
    return folder


def seconds(folder, *command):
    """Return how long a command takes in a copy."""
    start = time.perf_counter()
    env = {**os.environ, "PYTHONPATH": str(folder), "MAKEFLAGS": ""}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return f"{time.perf_counter() - start:.1f} s"


def views(folder):
    """Return the requests and kilobytes, compressed, of the first view of each page."""
    html, found = folder / "_build/html", []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        for path in [html / "index.html", *sorted(html.glob("chapters/*.html"))]:
            if "location.replace" in path.read_text("utf-8"):
                continue  # a page that went
            page, asked = browser.new_page(), []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto(path.as_uri(), wait_until="load")
            own = [address for address in asked if address.startswith("file:")]
            found.append((len(asked), weight(own) / 1000, len(asked) - len(own)))
            page.close()
        browser.close()
    count, size, foreign = zip(*found, strict=True)
    return f"{median(count):.0f} requests, {median(size):.0f} kB, {max(foreign)} to others"


with tempfile.TemporaryDirectory() as scratch:
    ours, plain = copy(Path(scratch, "ours")), copy(Path(scratch, "plain"))
    (plain / "_config.yml").write_text(PLAIN)
    print("| | this book | plain jupyter-book |\n|---|---:|---:|", flush=True)
    stock = seconds(plain, BIN / "jupyter-book", "build", ".", "-q")
    both = seconds(ours, "sh", "-c", "make execute && make book")
    print(f"| execute all notebooks and render | {both} | {stock} |", flush=True)
    print(f"| first view of a page (median) | {views(ours)} | {views(plain)} |", flush=True)
    print(f"| `make book`, nothing changed | {seconds(ours, 'make', 'book')} | |", flush=True)
    changed = ours / "chapters/since.ipynb"
    notebook = json.loads(changed.read_text("utf-8"))
    notebook["cells"][0]["source"] += ["\n\nAnother sentence."]
    changed.write_text(json.dumps(notebook, indent=1, ensure_ascii=False), "utf-8")
    print(f"| `make book`, one sentence changed | {seconds(ours, 'make', 'book')} | |", flush=True)
    print(f"| `make check` | {seconds(copy(Path(scratch, 'check')), 'make', 'check')} | |")
