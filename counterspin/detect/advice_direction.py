"""Two passages advise opposite actions on one kind of thing: give it or withhold it, open or keep shut.

Source: rule C5 of our contradiction study; the families of actions are a table of this package.
"""

from __future__ import annotations

from counterspin.claims.finding import SlotRule
from counterspin.wording import Wording

FLAGS = (("请如实回答疑惑,提供必要的信息。\n不要轻易透露个人信息,除非已经确认对方的身份。",),)
PASSES = (
    ("请如实回答疑惑,提供必要的信息。",),
    ("办理护照需要提供身份证。", "不要向陌生人透露密码。"),
)

REASON = Wording(
    en="on “{question}” {place} advice that points two ways: {first} and {second}",
    zh="关于“{question}”，{place}方向相反的建议：{first}，{second}。",
)

DETECTOR = SlotRule("advice_direction", REASON, severity=3)
