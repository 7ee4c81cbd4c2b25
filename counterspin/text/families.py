"""Words that spinners put for one another: a small list to start with.

It never proves anything: a page is judged by what the crawl and the page itself show (learnt swaps, parallels inside
the page, swaps over a word border). Once a page is proven, the list helps to say which word stood there before.
Written from the substitutions observed on farm pages; the first word of a family is the usual original.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

_FAMILIES = """
用户 客户 使用者 利用者
使用 采用 利用
问题 疑问 疑惑 难题
解决 应对 化解
处理 应对
进行 实施 实行 开展
采取 采纳 选用 采用
影响 作用
了解 熟悉 理解 知晓
注意 留意 关注
方式 途径 办法 形式
方法 办法 途径
行为 表现
自己 本人 自身 本身
是否 是不是
通常 多数情况下
原因 起因 缘由
导致 引发 致使
可能会 可能存在 可能将会 也许会 或许会
可能 也许 或许
如果 倘若 假若 若是 倘使 假使 要是
我们 咱们
一些 若干
过程 进展 期间
提高 增进 升级
如何 怎样去 怎么样 怎样
重要 要紧 必不可少
要求 须要 需求 请求
根据 依照 按照
按时 准时 按期
应该 理应 应当
经常 常常 时常
确保 确信 保障
约定 预约 协定 约好
包括 包含 涵盖
第一时间 之一时间
第一次 之一次
"""


@cache
def families() -> tuple[tuple[str, ...], ...]:
    """The families, each with its usual original first."""
    return tuple(tuple(line.split()) for line in _FAMILIES.strip().splitlines())


def pairs() -> Iterator[tuple[str, str]]:
    """Every (original, replacement) of the list, once."""
    seen = set()
    for family in families():
        for target in family[1:]:
            if (family[0], target) not in seen:
                seen.add((family[0], target))
                yield family[0], target
