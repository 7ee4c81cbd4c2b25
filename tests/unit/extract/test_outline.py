from __future__ import annotations

from extract.page import extract

PROSE = "玻璃外头被雨淋凉，车里的水汽碰到冷玻璃就结成小水珠，人越多雾越重。"


def headings(*parts: str) -> list[str]:
    page = f"<meta charset=utf-8><title>车窗起雾怎么办</title><h1>车窗起雾怎么办</h1><div>{''.join(parts)}</div>"
    return [p.text for p in extract(page.encode()).passages if p.kind == "heading"]


def box(text: str, inner: str) -> str:
    return f"<div class='c1'><p><span class='{inner}'>{text}</span></p></div>"


def test_short_lines_in_an_element_that_prose_never_has_are_headings():
    parts = [box(PROSE, "x7"), box("为什么会起雾", "x9"), box(PROSE, "x7"), box("按哪个钮", "x9"), box(PROSE, "x7")]
    assert headings(*parts) == ["为什么会起雾", "按哪个钮"]


def test_short_lines_drawn_as_the_prose_is_are_no_headings():
    parts = [box(PROSE, "x7"), box("为什么会起雾", "x7"), box(PROSE, "x7"), box("按哪个钮", "x7"), box(PROSE, "x7")]
    assert headings(*parts) == []


def test_where_a_line_stands_is_no_part_of_how_it_is_drawn():
    def line(top: int, size: int, text: str) -> str:
        return f"<div style='left:70px;top:{top}px;font-size:{size}px'>{text}</div>"

    parts = [
        line(9, 12, PROSE),
        line(30, 16, "为什么会起雾"),
        line(50, 12, PROSE),
        line(70, 16, "按哪个钮"),
        line(9, 12, PROSE),
    ]
    assert headings(*parts) == ["为什么会起雾", "按哪个钮"]


def test_a_table_of_contents_beside_the_text_is_one_wherever_it_stands():
    names = ("看保修", "看螺丝", "看温度")
    parts = [f"<h2 id='{name}'>{name}</h2><p>{PROSE}</p>" for name in names]
    listed = "".join(f"<li><a href='#{name}'>{name}</a></li>" for name in names)
    page = f"<meta charset=utf-8><title>清灰</title><h1>清灰</h1>{''.join(parts)}<aside><ol>{listed}</ol></aside>"
    assert extract(page.encode()).toc == names
