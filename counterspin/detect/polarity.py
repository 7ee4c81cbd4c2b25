"""One passage says that something is or happens, another that it is not or does not.

Source: negation contrast of de Marneffe, Rafferty and Manning (2008); scope of negation of our own.
"""

from __future__ import annotations

from counterspin.claims.finding import SlotRule
from counterspin.wording import Wording

FLAGS = (
    ("逾期90天会上征信。", "逾期90天不会上征信。"),
    ("Boiling removes fluoride from water.", "Boiling does not remove fluoride from water."),
)
PASSES = (
    ("逾期会上征信吗？", "逾期不会上征信。"),
    ("The visa allows work.", "The form does not list the fee."),
)

REASON = Wording(
    en="on “{question}” {place} two answers: one affirms it, one denies it",
    zh="关于“{question}”，{place}两种回答：一说是，一说否。",
)

DETECTOR = SlotRule("polarity", REASON, severity=3)
