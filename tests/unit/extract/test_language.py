from __future__ import annotations

import pytest

from extract.language import language_of

ENGLISH = "The bank will not tell you this, but a late payment can be removed if you write to them and ask for it."
GERMAN = (
    "Wer seine Rechnung nicht bezahlt, bekommt nach einigen Wochen eine Mahnung und muss dann auch Gebühren zahlen."
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("借呗", "zh"),
        ("这个问题很多人都会遇到", "zh-Hans"),
        ("這個問題很多人都會遇到", "zh-Hant"),
        ("VIP会员怎么开通", "zh-Hans"),
        ("信用卡逾期怎么办 credit card debt", "zh-Hans"),
        ("マットレスのカビを防ぐには風を通すことです", "ja"),
        ("신용카드 연체 시 어떻게 해야 하나요", "ko"),
        (ENGLISH, "en"),
        (GERMAN, "de"),
        ("", "und"),
        ("12345 67.8", "und"),
        ("https://example.test/a/b", "und"),
        ("Kredit", "und"),
    ],
)
def test_the_language_is_told_by_script_first(text, code):
    assert code == language_of(text).code


def test_the_answer_is_the_same_on_every_call():
    texts = [GERMAN, ENGLISH, "La banque peut refuser le paiement si le compte n'a pas assez d'argent pour le couvrir."]
    first = [language_of(text) for text in texts]
    assert all(first[::-1] == [language_of(text) for text in texts[::-1]] for _ in range(5))


def test_a_probability_and_a_method_come_with_it():
    assert (language_of("借呗").probability, language_of("借呗").method) == (0.99, "script")
    assert language_of(GERMAN).method == "langdetect"
