"""Two passages name different ones who must do or pay one thing.

Source: rule C9 of our contradiction study.
"""

from __future__ import annotations

from counterspin.claims.finding import SlotRule
from counterspin.wording import Wording

FLAGS = (
    ("热水器的维修费由房东承担。", "热水器的维修费由租客承担。"),
    ("The landlord is responsible for boiler repairs.", "The tenant is responsible for boiler repairs."),
)
PASSES = (
    ("维修费由房东承担。", "水电费由租客承担。"),
    ("The landlord pays the property tax.", "The tenant pays the water bill."),
)

REASON = Wording(
    en="on “{question}” {place} {first} and {second}",
    zh="关于“{question}”，{place}“{first}”和“{second}”两种说法。",
)

DETECTOR = SlotRule("actor", REASON, severity=2)
