"""Two passages answer one question with words that exclude one another.

Source: antonym contrast of de Marneffe, Rafferty and Manning (2008); the pairs are a table of this package.
"""

from __future__ import annotations

from counterspin.claims.finding import SlotRule
from counterspin.wording import Wording

FLAGS = (
    ("这种药应饭前服用。", "这种药要饭后服用。"),
    ("Blueberries need acidic soil.", "Blueberries need alkaline soil."),
)
PASSES = (
    ("夏天室内温度高。", "冬天室内温度低。"),
    ("This mushroom is safe.", "This mushroom is not dangerous."),
)

REASON = Wording(
    en="on “{question}” {place} {first} and {second}",
    zh="关于“{question}”，{place}“{first}”和“{second}”两种说法。",
)

DETECTOR = SlotRule("antonym", REASON, severity=2)
