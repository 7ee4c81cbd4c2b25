"""One passage says that an action must or may be done, another that it must not or need not.

Source: modal contrast of de Marneffe, Rafferty and Manning (2008); rule C4 of our contradiction study.
"""

from __future__ import annotations

from counterspin.claims.finding import SlotRule
from counterspin.wording import Wording

FLAGS = (
    ("隔夜菜可以吃。", "隔夜菜不能吃。"),
    ("You should rinse raw chicken before cooking.", "Never rinse raw chicken before cooking."),
)
PASSES = (
    ("房东应当提前通知。", "租客不得转租。"),
    ("You must wear a helmet.", "You must not park here."),
)

REASON = Wording(
    en="on “{question}” {place} opposite advice: {first} and {second}",
    zh="关于“{question}”，{place}相反的建议：{first}，{second}。",
)

DETECTOR = SlotRule("deontic", REASON, severity=3)
