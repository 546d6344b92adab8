"""Feeds, exports and mail as the world has them: old forms, other namespaces, what plugins put around the words."""

from __future__ import annotations

from pathlib import Path

import pytest

from postscan.model import Post, Problem, Skipped
from postscan.reading import read
from postscan.reading.wordpress import content_text

STATUS = "https://twitter.com/i/status/1423600000000000000"
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def read_text(tmp_path: Path, name: str, content: str) -> list[Post | Skipped | Problem]:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    return list(read(file))


def only_post(items: list[Post | Skipped | Problem]) -> Post:
    (post,) = items
    assert isinstance(post, Post), post
    return post


def rss(item: str, above: str = "") -> str:
    return (
        f'{above}<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/">'
        f"<channel><title>Quay</title><item>{item}</item></channel></rss>"
    )


def test_words_of_a_picture_are_not_those_of_its_item(tmp_path: Path) -> None:
    picture = "<media:title>Crane</media:title><media:description>A crane</media:description>"
    item = f"{picture}<title>Gate</title><description>It is shut.</description><author>a@b.example (Rana)</author>"
    post = only_post(read_text(tmp_path, "feed.xml", rss(item)))
    assert (post.title, post.text, post.author) == ("Gate", "It is shut.", "Rana")


def test_blank_lines_and_names_of_html_do_not_break_a_feed(tmp_path: Path) -> None:
    item = "<title>A&nbsp;B &amp; C</title><description>Rain&hellip; &lt;b&gt;snow&lt;/b&gt;</description>"
    post = only_post(read_text(tmp_path, "feed.xml", rss(item, above="\n \n")))
    assert (post.title, post.text) == ("A\N{NO-BREAK SPACE}B & C", "Rain… snow")


def test_a_name_of_html_may_lie_across_two_pieces_of_a_feed(tmp_path: Path) -> None:
    for more in range(6):
        words = "x" * (more + 1) + "&nbsp;" * 100_000 + "x"
        post = only_post(read_text(tmp_path, "feed.xml", rss(f"<description>{words}</description>")))
        assert post.text.strip("x") == "\N{NO-BREAK SPACE}" * 100_000


@pytest.mark.parametrize(
    ("last", "cut"),
    [("<p>The post <a href='#'>A</a> appeared on <a href='#'>Q</a>.</p>", True), ("<p>More.</p>", False)],
)
def test_a_text_is_cut_above_the_line_that_wordpress_puts_under_it(last: str, cut: bool, tmp_path: Path) -> None:
    item = f"<description><![CDATA[<p>It is shut and [&#8230;]</p>\n{last}]]></description>"
    assert only_post(read_text(tmp_path, "feed.xml", rss(item))).truncated is cut


def test_an_entry_has_what_its_feed_says_of_all(tmp_path: Path) -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><title type="html">Q '
        "&amp;amp; A</title><author><name>Rana</name></author><entry><id>1</id><issued>2003-12-13T08:29:29Z</issued>"
        "<media:group><media:description>Tide &lt; 3\n#quay</media:description></media:group></entry></feed>"
    )
    post = only_post(read_text(tmp_path, "feed.xml", feed))
    assert (post.author, post.channel, post.created) == ("Rana", "Q & A", "2003-12-13T08:29:29Z")
    assert post.text == "Tide < 3\n#quay"


def test_a_list_hides_addresses_and_its_times_are_utc(tmp_path: Path) -> None:
    message = "From: omar at quay.example (=?utf-8?q?Omar_=C3=89?=)\nDate: Fri, 6 Aug 2021 10:00:00 -0000\n\nShut.\n"
    post = only_post(read_text(tmp_path, "a.eml", message))
    assert (post.author, post.author_id) == ("Omar É", "omar at quay.example")
    assert post.created == "2021-08-06T10:00:00Z"


def test_a_text_part_without_words_is_none(tmp_path: Path) -> None:
    parts = "--b\nContent-Type: text/plain\n\n \n--b\nContent-Type: text/html\n\n<p>Shut.</p>\n--b--\n"
    message = f'From: a@b.example\nContent-Type: multipart/alternative; boundary="b"\n\n{parts}'
    assert only_post(read_text(tmp_path, "a.eml", message)).text == "Shut."


def test_shortcodes_of_platforms_are_links_and_those_of_builders_are_nothing() -> None:
    built = "[vc_row][vc_column width='1/2']Low tide.[/vc_column][/vc_row]"
    source = f"{built}\n\n[tweet {STATUS} hide='1'][youtube={VIDEO}&w=6]"
    text, _ = content_text(source)
    assert text == f"Low tide.\n\n{STATUS}\n\n{VIDEO}"


def test_a_word_document_shows_what_was_inserted_and_each_cell_once(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    oxml = pytest.importorskip("docx.oxml")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = docx.Document()
    paragraph = document.add_paragraph("The gate ")
    for part in (
        '<w:ins {}><w:r><w:t xml:space="preserve">is now </w:t></w:r></w:ins>',
        "<w:del {}><w:r><w:delText>was</w:delText></w:r></w:del>",
        "<w:moveFrom {}><w:r><w:t>moved</w:t></w:r></w:moveFrom>",
        '<w:fldSimple {} w:instr="DATE"><w:r><w:t>shut</w:t><w:br w:type="page"/></w:r></w:fldSimple>',
        "<w:r {}><w:noBreakHyphen/></w:r>",
        "<w:sdt {}><w:sdtPr><w:tab/></w:sdtPr><w:sdtContent><w:r><w:t>off.</w:t></w:r></w:sdtContent></w:sdt>",
    ):
        paragraph._p.append(oxml.parse_xml(part.format(space)))
    block = f"<w:sdt {space}><w:sdtContent><w:p><w:r><w:t>First.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(0, oxml.parse_xml(block))
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Wide"
    table.cell(1, 0).text = "a"
    table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "within"
    document.save(tmp_path / "note.docx")
    post = only_post(list(read(tmp_path / "note.docx")))
    first, second, rows = post.text.split("\n\n")
    assert (first, second) == ("First.", "The gate is now shut-off.")
    assert [cell.split() for cell in rows.split("\n", 1)[0].split("\t")] == [["Wide"]]
    assert rows.split("\n", 1)[1].split() == ["a", "within"]


def test_words_of_an_item_in_a_thousand_elements_are_read_and_those_no_parser_reads_are_a_problem(
    tmp_path: Path,
) -> None:
    def item(depth: int) -> str:
        words = f"{'<div>' * depth}Fog{'</div>' * depth}<p>Rain</p>"
        return f"<item><description><![CDATA[{words}]]></description></item>"

    feed = f'<?xml version="1.0"?><rss version="2.0"><channel>{item(1000)}{item(9000)}{item(1)}</channel></rss>'
    first, second, third = read_text(tmp_path, "feed.xml", feed)
    assert isinstance(first, Post)
    assert isinstance(second, Problem)
    assert isinstance(third, Post)
    assert first.text == third.text == "Fog\n\nRain"
    assert "no parser reads them" in second.message


def test_a_header_that_a_parser_takes_hours_for_is_a_problem_of_its_message(tmp_path: Path) -> None:
    begin = "From a@b Mon Jan  1 00:00:00 2024\n"
    long = f"{begin}Subject: {'=?utf-8?q?x?= ' * 300_000}\n\nSnow\n\n"
    (tmp_path / "a.mbox").write_text(f"{long}{begin}Subject: x\n\nRain\n", encoding="utf-8")
    problem, post = read(tmp_path)
    assert isinstance(problem, Problem)
    assert "header" in problem.message
    assert isinstance(post, Post)
    assert post.text == "Rain"
