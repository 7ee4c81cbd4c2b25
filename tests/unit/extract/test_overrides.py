from __future__ import annotations

import pytest

from counterspin.errors import SettingsError
from extract.overrides import read_overrides
from extract.page import extract

PROSE = "这一段是网站自己标明的正文，说的是怎样与银行商量还款。"
RAW = f"""<html><head><meta charset="utf-8"><title>题目</title></head><body><h1>题目</h1>
<div class="other"><p>{"别处更长的文字，本来会被当成正文。" * 20}</p></div>
<div class="real x"><p>{PROSE}</p><p class="promo">加群领资料，名额有限，先到先得。</p></div>
<span id="when">2020-02-03</span><span class="who">林木</span></body></html>""".encode()


def written(tmp_path, text):
    path = tmp_path / "extract.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_site_names_its_own_body_date_and_author_and_prunes(tmp_path):
    path = written(
        tmp_path,
        '["a.test"]\nbody = "div.real"\nprune = ["p.promo"]\ndate = "#when"\nauthor = "//span[@class=\'who\']"\n',
    )
    document = extract(RAW, url="http://www.a.test/1", overrides=read_overrides(path))
    assert document.text == PROSE
    assert (document.published, document.byline) == ("2020-02-03", "林木")
    assert "published_from:override" in document.marks


def test_other_hosts_are_read_by_the_general_rules(tmp_path):
    overrides = read_overrides(written(tmp_path, '["a.test"]\nbody = "div.real"\n'))
    assert extract(RAW, url="http://b.test/1", overrides=overrides) == extract(RAW, url="http://b.test/1")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('["a.test"]\nbodies = "div"\n', "bodies is unknown; known are body"),
        ('["a.test"]\nbody = "div:nth-child(2)"\n', "is no selector"),
        ('["a.test"]\nbody = "//div[["\n', "is no selector"),
        ('["a.test"]\nbody = 3\n', "give a selector such as"),
        ('a = "b"\n', "is no table"),
        ("[[", "no valid TOML"),
    ],
)
def test_a_wrong_rule_is_named_with_its_file(tmp_path, text, message):
    path = written(tmp_path, text)
    with pytest.raises(SettingsError, match=message) as error:
        read_overrides(path)
    assert str(path) in str(error.value)


def test_no_file_means_no_rules(tmp_path):
    assert read_overrides(tmp_path / "none.toml").of("http://a.test/") is None
