"""One passage allows only one way, the other allows another way.

Source: rule C7 of our contradiction study.
"""

from __future__ import annotations

from counterspin.claims.finding import SlotRule
from counterspin.wording import Wording

FLAGS = (
    ("换发护照只能到窗口办理。", "换发护照也可以在网上办理。"),
    ("You can only renew your passport in person.", "You can also renew your passport online."),
)
PASSES = (
    ("换发护照只能到窗口办理。", "办理银行卡可以在网上办理。"),
    ("You can only renew your passport in person.", "You can renew your passport in person."),
)

REASON = Wording(
    en="on “{question}” one passage allows only one way, another allows more",
    zh="关于“{question}”，一处只允许一种办法，另一处允许别的办法。",
)

DETECTOR = SlotRule("exclusivity", REASON, severity=2)
