"""A copy is read as it stands; of a saved web page, the article and not what stands round it."""

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from evidence.copies import read_copy
from evidence.data import DataError

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Coffee and headaches – Made Magazine</title>
<meta name="author" content="Ann Other"><meta property="og:site_name" content="Made Magazine">
<meta property="article:published_time" content="2021-04-05T06:00:00Z">
<link rel="canonical" href="https://example.org/coffee"></head>
<body><nav><a href="/">Home</a> <a href="/tea">More on tea</a></nav>
<article><h1>Coffee and headaches</h1>
<p>Coffee <em>may</em> cause headaches, says Zoë. “Three mice” were jittery.</p>
<h2>What helps</h2><ul><li>Less coffee</li><li>More water</li></ul>
<p>In the end, 5&nbsp;% of all who were asked slept well and drank tea instead.</p></article>
<footer>Sign up for our newsletter. All rights reserved.</footer></body></html>
"""


def test_a_text_file_is_read_as_it_stands(tmp_path):
    text = "Coffee\u00a0may  cause\r\n\r\n headaches.\n<p>is no mark-up here"
    (tmp_path / "copy.txt").write_bytes(text.encode())
    assert read_copy(tmp_path / "copy.txt").text == text


def test_of_a_web_page_the_article_is_read_and_what_it_says_of_itself(tmp_path):
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    found = read_copy(tmp_path / "page.html")
    assert [" ".join(line.split()) for line in found.text.splitlines()] == [
        "Coffee and headaches",
        "Coffee may cause headaches, says Zoë. “Three mice” were jittery.",
        "What helps",
        "- Less coffee",
        "- More water",
        "In the end, 5 % of all who were asked slept well and drank tea instead.",
    ]
    told = (found.title, found.author, found.publisher, found.url, found.published)
    assert told == (
        "Coffee and headaches",
        "Ann Other",
        "Made Magazine",
        "https://example.org/coffee",
        "2021-04-05",
    )


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_web_page_is_told_by_its_beginning_and_read_in_its_own_letters(tmp_path, charset):
    (tmp_path / "saved").write_bytes(PAGE.replace("utf-8", charset).encode(charset))
    assert "says Zoë. “Three mice” were jittery." in read_copy(tmp_path / "saved").text


def test_a_page_saved_with_its_pictures_in_one_file_is_read(tmp_path):
    whole = MIMEMultipart("related")
    whole.attach(MIMEText(PAGE, "html", "utf-8"))
    whole.attach(MIMEText("body { color: red }", "css"))
    (tmp_path / "page.mhtml").write_bytes(whole.as_bytes())
    text = read_copy(tmp_path / "page.mhtml").text
    assert "says Zoë" in text and "color" not in text


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("scan.pdf", b"%PDF-1.7 \xe2\xe3", "neither text in UTF-8 .byte 9. nor a saved web page"),
        ("empty.html", b"<html><body></body></html>", "holds no main text"),
        ("empty.htm", b"", "holds no main text"),
        ("letter.mhtml", b"Subject: none\n\nno page", "holds no main text"),
    ],
)
def test_what_holds_no_text_is_one_line_with_the_file_and_what_to_do(tmp_path, name, raw, told):
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(DataError, match=f"{name}: .*{told}"):
        read_copy(tmp_path / name)
    with pytest.raises(DataError, match=r"none\.txt: cannot be read"):
        read_copy(tmp_path / "none.txt")
