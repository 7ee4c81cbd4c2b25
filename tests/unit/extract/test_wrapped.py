from __future__ import annotations

import pytest

from extract.page import extract

LONG = (
    "那年我刚到厂里当学徒，师傅姓罗，话很少，手上的活却细得出奇。他教我的第一件事不是怎么开车床，是怎么磨刀。"
    "一把车刀在砂轮上磨坏了十几回，他也不骂，只把刀接过去，磨好了，再给我看一遍。"
)
ENGLISH = (
    "No, please do not. That is clubroot, and kale catches it just as easily as cabbage does. The spores sit in the "
    "soil for anything up to twenty years, so waiting one season gains you nothing, and lime is what helps."
)


def lines(text: str, width: int) -> list[str]:
    return [text[i : i + width] for i in range(0, len(text), width)]


def words(text: str, width: int) -> list[str]:
    out = [""]
    for word in text.split():
        out[-1:] = [f"{out[-1]} {word}".strip()] if len(out[-1]) + len(word) < width else [out[-1], word]
    return out


def passages(body: str) -> list[str]:
    page = f'<meta charset="utf-8"><title>磨刀的人</title><body><h1>磨刀的人</h1>{body}</body>'
    return [passage.text for passage in extract(page.encode()).passages]


@pytest.mark.parametrize("width", [24, 30, 36, 40])
def test_chinese_lines_broken_at_a_width_are_the_paragraphs_they_were(width):
    body = "<br><br>".join("<br>".join(lines(text, width)) for text in (LONG, LONG[:80], LONG[20:]))
    assert passages(f"<div>{body}</div>") == [LONG, LONG[:80], LONG[20:]]


def test_an_indent_begins_a_paragraph_where_no_empty_line_does():
    body = "<br>\n".join("　　" + "<br>\n".join(lines(text, 30)) for text in (LONG, LONG[10:]))
    assert passages(f"<div>{body}</div>") == [LONG, LONG[10:]]


def test_a_letter_in_fixed_type_is_read_by_paragraphs_and_a_quote_loses_its_signs():
    quoted = "\n".join(
        f"> {line}"
        for line in words(
            "Half of my cabbages wilted. Is it safe to put kale into the same bed this year or the next?", 64
        )
    )
    letter = "\n\n".join([quoted, *("\n".join(words(text, 64)) for text in (ENGLISH, ENGLISH))])
    found = passages(f"<pre>{letter}</pre>")
    assert found[1:] == [ENGLISH, ENGLISH]
    assert (
        found[0].replace("> ", "")
        == "Half of my cabbages wilted. Is it safe to put kale into the same bed this year or the next?"
    )


@pytest.mark.parametrize(
    "shown",
    [
        "床前明月光，疑是地上霜。|举头望明月，低头思故乡。|床前明月光，疑是地上霜。|举头望明月，低头思故乡。",
        "一、先断电，再拆开外壳，记下每根线的颜色位置|二、用万用表量两端的电阻，与说明书上对一对|三、换上新的，照原样接好，合上外壳再通电试",
        "会场：南开大学办公楼一楼会议室，靠近东门的|主持人：经济学年会秘书长，北京大学教授某某|议程：晚上七点半开始，讨论三件事，九点结束",
        "这一行短。|这一行比上面的长一些，不过也没有满，后面还空着。|又是短的。|最后一行也一样，写到哪里算哪里，没有宽度可言。",
    ],
)
def test_verses_lists_and_lines_of_their_own_stay_apart(shown):
    assert passages(f"<p>{LONG}</p><div>{shown.replace('|', '<br>')}</div>")[1:] == shown.split("|")


def test_the_lines_of_a_program_stay_together():
    found = passages(
        f"<p>{LONG}</p><pre><code>plover stop\ncp -r /var/plover /media\nplover start</code></pre><p>{LONG}</p>"
    )
    assert "plover stop cp -r /var/plover /media plover start" in found


def test_lines_in_a_box_each_as_print_gives_them_are_the_paragraphs_they_were():
    boxes = "".join(
        f"<div style='left:72px;top:{top}px;font-size:12px'>{line}</div>"
        for top, line in enumerate([*lines(LONG, 34), *lines(LONG[30:], 34)])
    )
    assert passages(f"<div>{boxes}</div>") == [LONG, LONG[30:]]
