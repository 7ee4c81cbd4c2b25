"""One passage allows only one way, or names the one best or first choice; the other names another.

Source: rule C7 of our contradiction study.
"""

from __future__ import annotations

from counterspin.claims.finding import SlotRule
from counterspin.wording import Wording

FLAGS = (
    ("换发护照只能到窗口办理。", "换发护照也可以在网上办理。"),
    ("You can only renew your passport in person.", "You can also renew your passport online."),
    ("退烧首选布洛芬。", "退烧首选对乙酰氨基酚。"),
    ("The best oil for frying fish is rapeseed oil.", "The best oil for frying fish is lard."),
)
PASSES = (
    ("换发护照只能到窗口办理。", "办理银行卡可以在网上办理。"),
    ("You can only renew your passport in person.", "You can renew your passport in person."),
    ("退烧首选布洛芬。", "止咳首选右美沙芬。"),
    ("The best oil for frying is rapeseed.", "The best oil for salads is olive."),
)

REASON = Wording(
    en="on “{question}” one passage leaves one way or choice, another gives a different one: {first} and {second}",
    zh="关于“{question}”，一处只认一种办法或选择，另一处另有说法：{first} / {second}。",
)

DETECTOR = SlotRule("exclusivity", REASON, severity=2, version=2)
