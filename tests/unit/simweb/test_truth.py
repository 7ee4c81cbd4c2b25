"""The yardstick itself: what counts as found, as right, as a false alarm."""

from __future__ import annotations

from dataclasses import replace

from counterspin.identity import new_flag
from counterspin.model import Counterpart, Evidence, Flag, Passage
from crawler.simweb.demo.site import hosts
from crawler.simweb.truth import Entry, Question, Truth, load, score, squeeze, touches

URL = "http://a.test/1.html"


def _flag(category, rule, passage, *, url=URL, counterpart=None, evidence=(), severity=2):
    flag = Flag(
        "", category, rule, url, passage, 0, len(passage), 1.0, "because", evidence, counterpart, severity=severity
    )
    return replace(flag, id=f"{category}{rule}{passage}{url}")


def _truth(*entries, questions=(), forbidden=()):
    return Truth(entries, questions, forbidden)


def _entry(*texts, category="damaged", **more):
    return Entry("a.test/1.html", True, (category,), texts, "a hole", **more)


def _of(result, category):
    return next(item for item in result.scores if item.category == category)


def test_a_flag_that_touches_the_quoted_text_finds_it():
    result = score([_flag("damaged", "hole", "可以通过 、短信联系我们")], _truth(_entry("通过 、短信")))
    assert (_of(result, "damaged").recall, _of(result, "damaged").precision) == (1.0, 1.0)


def test_a_flag_of_another_category_neither_finds_nor_is_right():
    result = score([_flag("spun", "swap", "可以通过 、短信联系我们")], _truth(_entry("通过 、短信")))
    assert _of(result, "damaged").found == 0
    assert _of(result, "spun").precision == 0.0


def test_a_flag_on_another_page_is_a_false_alarm():
    result = score([_flag("damaged", "hole", "通过 、短信", url="http://b.test/")], _truth(_entry("通过 、短信")))
    assert len(result.misses) == len(result.alarms) == 1


def test_every_quoted_text_is_asked_for_where_both_sides_matter():
    entry = _entry("可以晒太阳", "不能晒太阳", category="contradictory", every=True)
    one = _flag("contradictory", "polarity", "可以晒太阳")
    both = _flag("contradictory", "polarity", "可以晒太阳", counterpart=Counterpart(URL, "不能晒太阳", 0, 5))
    assert score([one], _truth(entry)).misses
    assert not score([both], _truth(entry)).misses


def test_an_entry_for_one_rule_accepts_no_other():
    entry = _entry("租客", rules=("lost_character",))
    assert score([_flag("damaged", "hole", "租客")], _truth(entry)).alarms
    assert not score([_flag("damaged", "lost_character", "租客")], _truth(entry)).alarms


def test_a_strong_flag_on_what_is_only_mild_is_a_false_alarm():
    entry = replace(_entry("第十七条"), must=False, max_severity=1)
    assert score([_flag("damaged", "hole", "第十七条", severity=3)], _truth(entry)).alarms
    assert not score([_flag("damaged", "hole", "第十七条", severity=1)], _truth(entry)).alarms


def test_an_entry_of_a_host_holds_on_all_its_pages():
    entry = replace(_entry("棋牌大全", category="link_farm"), where="a.test")
    evidence = (Evidence("link", "http://a.test/2.html", None, None, "棋牌大全"),)
    flag = _flag("link_farm", "link_farm", "", url="http://a.test/2.html", evidence=evidence)
    assert not score([flag], _truth(entry)).misses


def test_a_question_is_found_when_two_answers_are_set_against_each_other():
    question = Question("多久换", True, (((("a.test/1.html", "三个月换一次")),), ((("b.test/", "两年换一次")),)))
    rivals = _flag(
        "contradictory", "numeric", "三个月换一次", counterpart=Counterpart("http://b.test/", "两年换一次", 0, 5)
    )
    same = _flag("contradictory", "numeric", "三个月换一次", counterpart=Counterpart(URL, "三个月换一次", 0, 6))
    assert not score([rivals], _truth(questions=(question,))).misses
    assert len(score([same], _truth(questions=(question,))).alarms) == 1


def test_a_named_trap_is_named_with_its_alarm():
    trap = replace(_entry("另一个城市"), must=False, why="another place, other rules")
    result = score([_flag("damaged", "hole", "另一个城市")], _truth(forbidden=(trap,)))
    assert result.alarms[0].trap == "another place, other rules"


def test_a_category_without_anything_has_neither_recall_nor_precision():
    empty = _of(score([], _truth()), "spun")
    assert (empty.recall, empty.precision) == (None, None)


def test_the_goal_is_reached_only_by_both_figures():
    truth = _truth(_entry("通过 、短信"))
    right, wrong = _flag("damaged", "hole", "通过 、短信"), _flag("damaged", "hole", "别的句子在这里")
    assert score([right], truth).passes()
    assert not score([right, wrong], truth).passes()
    assert not score([], truth).passes()


def test_the_order_of_flags_does_not_matter():
    flags = [_flag("damaged", "hole", text) for text in ("通过 、短信", "别的句子在这里", "第三句话在这里")]
    truth = _truth(_entry("通过 、短信"))
    assert score(flags, truth) == score(flags[::-1], truth)


def test_a_lone_word_is_no_part_of_a_quoted_sentence():
    assert not touches("租客可以退租", squeeze("租客"))
    assert touches("租客可以退租,房东不能拒绝", squeeze("房东不能拒绝"))


def test_punctuation_and_spaces_make_no_difference():
    assert squeeze("通过 、短信，好。") == squeeze("通过、短信,好.") == "通过、短信,好."


def test_every_quoted_text_stands_on_its_page():
    pages = {f"{host.name}{page.path}": page for host in hosts().values() for page in host.pages}
    truth = load()
    for entry in (*truth.entries, *truth.forbidden):
        if "/" in entry.where:
            page = pages[entry.where]
            words = [page.title, *(part.text for part in page.parts), *(f"{x.author}\n{x.text}" for x in page.remarks)]
            assert all(text in "\n".join(words) for text in entry.texts), entry


def test_nothing_found_gives_a_recall_of_nought_and_names_every_miss():
    result = score([])
    assert all(item.found == 0 for item in result.scores)
    assert len(result.misses) == sum(item.must for item in result.scores)
    assert all(item.must >= 10 for item in result.scores)


def test_a_flag_made_by_the_product_is_scored():
    page = next(page for page in hosts()["anju.fangzhidao.test"].pages if page.name == "butui")
    text = next(part.text for part in page.parts if "通过 、短信" in part.text)
    url = f"http://anju.fangzhidao.test{page.path}"
    passage = Passage("paragraph", 0, 0, len(text), text)
    evidence = (Evidence("subject", url, 0, len(text), text),)
    flag = new_flag("damaged", "hole", url, passage, score=1.0, reason="a word is gone", evidence=evidence)
    assert _of(score([flag]), "damaged").found == 1
