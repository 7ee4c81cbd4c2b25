"""Text of strangers comes out of every function of ``safe`` as text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.safe import host_shown, line, spreadsheet_cell, terminal_cell, visible, web_address, width

ANY = st.text(st.characters(), max_size=80) | st.text(
    st.sampled_from("=+-@\t\r\n＝＋－＠ '\"<>|\u202e\u200b\x1b[\x00\ud800a中"), max_size=20
)


@given(ANY)
def test_no_control_or_direction_character_survives(text):
    shown = visible(text)
    assert not re.search(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]", shown
    )


@given(ANY)
def test_visible_text_stays_as_it_is(text):
    assert visible(visible(text)) == visible(text)


def test_chinese_persian_and_emoji_are_not_touched():
    for text in ("押金不退怎么办？", "می‌خواهم", "👩‍🔧 修理"):
        assert text == visible(text)


def test_a_direction_override_is_named():
    assert visible("exe\u202egpj") == "exe[U+202E]gpj"


@given(ANY, st.integers(4, 40))
def test_a_terminal_cell_is_one_line_that_fits(text, columns):
    cell = terminal_cell(text, columns=columns)
    assert width(cell) <= columns
    assert "\n" not in cell
    assert "\x1b" not in cell


@given(ANY)
def test_no_spreadsheet_cell_begins_a_formula(text):
    cell = spreadsheet_cell(text)
    assert isinstance(cell, str)
    assert not cell.lstrip(" \u3000\xa0").startswith(tuple("=+-@\t\r\n＝＋－＠"))


def test_numbers_stay_numbers_in_a_spreadsheet():
    assert spreadsheet_cell(-5) == -5
    assert spreadsheet_cell(0.5) == 0.5


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "http://",
        "file:///etc/passwd",
        "http://[::1",
        "//a.test",
        "http://a.test/\u202e",
        "http://a.test/ b",
        "",
    ],
)
def test_only_web_addresses_become_links(url):
    assert web_address(url) is None


def test_a_web_address_is_kept():
    assert web_address("https://a.test/路径?q=1#x") == "https://a.test/路径?q=1#x"


def test_a_host_in_another_script_shows_its_ascii_form():
    assert host_shown("аррӏе.test") == "аррӏе.test (xn--80ak6aa92e.test)"
    assert host_shown("example.test") == "example.test"


@given(ANY)
def test_any_host_can_be_shown(text):
    assert "\n" not in host_shown(text)


@given(ANY)
def test_a_line_has_no_break(text):
    assert not re.search(r"[\n\r\t]", line(text))
