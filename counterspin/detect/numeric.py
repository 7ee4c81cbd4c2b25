"""Two passages give values for one question that cannot both hold.

Source: numeric mismatch of de Marneffe, Rafferty and Manning (2008); limits and ratios of our contradiction study.
"""

from __future__ import annotations

from counterspin.claims.finding import SlotRule
from counterspin.wording import Wording

FLAGS = (
    ("不良记录保存5年。", "不良记录会保存2年。"),
    ("Cooked rice keeps for 3 days in the fridge.", "Cooked rice keeps for 7 days in the fridge."),
)
PASSES = (
    ("不良记录保存5年。", "不良记录保存60个月。"),
    ("成人每天服用2片。", "儿童每天服用1片。"),
    ("Passport renewal takes 2 weeks.", "Passport renewal takes 14 days."),
)

REASON = Wording(
    en="on “{question}” {place} {first} and {second}",
    zh="关于“{question}”，{place}“{first}”和“{second}”。",
)

DETECTOR = SlotRule("numeric", REASON, severity=3)
