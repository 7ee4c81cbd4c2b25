"""Two passages put two steps in opposite order.

Source: rule C8 of our contradiction study.
"""

from __future__ import annotations

from counterspin.claims.finding import SlotRule
from counterspin.wording import Wording

FLAGS = (
    ("煎鱼要先放油再放鱼。", "煎鱼先放鱼再放油。"),
    ("Apply primer before you apply paint.", "Apply paint before you apply primer."),
)
PASSES = (
    ("先放油再放鱼。", "先洗手再做饭。"),
    ("Apply primer before you apply paint.", "Apply primer first, then apply paint."),
)

REASON = Wording(
    en="on “{question}” {place} {first} and {second}",
    zh="关于“{question}”，{place}“{first}”和“{second}”两种顺序。",
)

DETECTOR = SlotRule("order", REASON, severity=2)
