"""One build of a folder at a time; what a build that was broken off wrote is written again."""

import os
import threading
from multiprocessing import get_context

import pytest
from filelock import FileLock

from tests.books import build


def test_a_build_waits_for_another_in_its_folder_and_says_so(tmp_path, capsys):
    built = threading.Thread(target=build, args=(tmp_path, "# Tides"))
    said = ""
    with FileLock(tmp_path / "._html.lock"):
        built.start()
        while built.is_alive() and "waits" not in said:
            built.join(timeout=0.1)
            said += capsys.readouterr().err
        assert f"Another build writes to {tmp_path / '_html'}" in said
        assert not (tmp_path / "_html" / "index.html").exists()
    built.join()
    assert "Tides" in (tmp_path / "_html" / "index.html").read_text(encoding="utf-8")


def test_a_page_half_written_by_a_killed_build_is_written_again(tmp_path, monkeypatch):
    page = build(tmp_path, "# Tides\n\nHigh and low.") / "index.html"
    whole = page.read_bytes()

    def killed(self, name, *_):
        page.write_bytes(whole[:500])
        os._exit(9)

    with monkeypatch.context() as patched:
        patched.setattr("sphinx.builders.html.StandaloneHTMLBuilder.write_doc", killed)
        process = get_context("fork").Process(
            target=build, args=(tmp_path, "# Tides\n\nHigh or low.")
        )
        process.start()
        process.join()
    assert (process.exitcode, page.read_bytes()) == (9, whole[:500])
    build(tmp_path, "# Tides\n\nHigh or low.")
    assert page.read_bytes() == whole.replace(b"High and low", b"High or low")
    assert not (tmp_path / "._html.unfinished").exists()


def test_a_build_that_failed_is_not_taken_for_finished(tmp_path, monkeypatch):
    def fails(self, name, *_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sphinx.builders.html.StandaloneHTMLBuilder.write_doc", fails)
    with pytest.raises(OSError, match="No space"):
        build(tmp_path, "# Tides\n\nHigh and low.")
    assert (tmp_path / "._html.unfinished").exists()
