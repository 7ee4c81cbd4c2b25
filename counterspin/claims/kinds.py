"""Whether two claims speak of opposite kinds of one thing: 体内驱虫 / 体外驱虫, the wet side / the dry side.

Opposites in what two values or two pieces of advice are about tell them apart; where the opposites themselves are
the answer (冷敷 / 热敷), the claims are compared as antonyms.
"""

from __future__ import annotations

from itertools import product

from counterspin.claims.profile import Profile
from counterspin.claims.stance import NEGATIVE
from counterspin.claims.tables import lexicon

# Characters of place, number, sex and state that make opposite kinds of one word: 室内 / 室外, 单人间 / 双人间.
_PAIRS = (
    "内外 上下 前后 左右 有无 大小 长短 高低 男女 公母 雌雄 新旧 生熟 冷热 干湿 早晚 "
    "单双 正反 正负 进出 入出 首尾 主客 主副 深浅 厚薄 粗细 软硬 轻重 快慢 阴阳 南北 "
    "东西 甲乙 收付 买卖 借贷 远近 明暗 手自 春秋 冬夏 老幼 老少 水旱 虚实 "
)
_OPPOSED = frozenset(pair[way] for pair in _PAIRS.split() for way in (slice(None), slice(None, None, -1)))
_MODIFIED = 2  # characters of a word that is told apart by one of them


def kinds_apart(left: Profile, right: Profile) -> bool:
    """Whether each has a word of its own that is the opposite of the other's."""
    mine, others = left.own_words - right.own_words, right.own_words - left.own_words
    antonyms = lexicon(left.claim.language).antonyms
    if any(not others.isdisjoint(antonyms.get(word, ())) for word in mine):
        return True
    return left.claim.language == "zh" and any(_differ(one, two) for one, two in product(mine, others))


def are_rivals(left: str, right: str, language: str) -> bool:
    """Whether two words say the opposite (提高, 降低), allow and forbid (可以, 不宜), or are two kinds of one family.

    Who puts one for the other says another thing, and not the same in other words.
    """
    words = lexicon("zh" if language[:2] == "zh" else "en")
    forbids = {words.stance[word] in NEGATIVE for word in (left, right) if word in words.stance}
    families = {words.families[word] for word in (left, right) if word in words.families}
    ways = {words.directions[word] for word in (left, right) if word in words.directions}
    return (
        right in words.antonyms.get(left, ())
        or len(forbids) > 1
        or len({family for family, _ in families}) < len(families)
        or len({way[:-1] for way in ways}) < len(ways)
        or _differ(left, right)
    )


def _differ(left: str, right: str) -> bool:
    """Whether two words are one but for a character, for which the other has its opposite."""
    if len(left) != len(right) or len(left) < _MODIFIED:
        return False
    apart = [one + two for one, two in zip(left, right, strict=True) if one != two]
    return len(apart) == 1 and apart[0] in _OPPOSED
