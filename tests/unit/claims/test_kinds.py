"""Words of which one says another thing than the other."""

import pytest

from counterspin.claims.kinds import are_rivals


@pytest.mark.parametrize(
    ("left", "right", "language"),
    [
        ("提高", "降低", "zh"),
        ("可以", "不宜", "zh"),
        ("儿童", "成人", "zh"),
        ("接听", "挂断", "zh"),
        ("饭前", "饭后", "zh"),
        ("safe", "dangerous", "en"),
        ("may", "must not", "en"),
    ],
)
def test_opposites_and_members_of_one_family_are_rivals(left, right, language):
    assert are_rivals(left, right, language)
    assert are_rivals(right, left, language)


@pytest.mark.parametrize(
    ("left", "right", "language"),
    [
        ("注意", "关注", "zh"),
        ("应该", "必须", "zh"),
        ("儿童", "小孩", "zh"),
        ("begin", "start", "en"),
        ("问题", "疑问", "ja"),
    ],
)
def test_other_words_for_one_thing_are_none(left, right, language):
    assert not are_rivals(left, right, language)
