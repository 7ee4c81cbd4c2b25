"""The bytes that all answers on their way may hold together."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.exceptions import StopDownload

from crawler.room import Room

LIMIT = 1000


def request(number: int, *, is_page: bool = True) -> Request:
    task = SimpleNamespace(row=object() if is_page else None)
    return Request(f"http://host{number}.test/", cb_kwargs={"task": task})


def test_the_answer_that_grows_beyond_the_room_of_all_is_broken_off_and_leaves_its_room_to_the_others():
    room, first, second = Room(LIMIT), request(1), request(2)
    for _ in range(6):
        room.received(b"x" * 100, first)
    for _ in range(4):
        room.received(b"x" * 100, second)
    with pytest.raises(StopDownload):
        room.received(b"x", second)
    room.received(b"x" * 400, first)
    assert room.highest == LIMIT + 1
    room.left(second)
    room.left(first)
    room.received(b"x" * LIMIT, second)


def test_an_answer_that_is_alone_has_all_the_room_it_needs():
    room, only = Room(LIMIT), request(1)
    for _ in range(30):
        room.received(b"x" * 100, only)
    assert room.highest == 3 * LIMIT


def test_robots_txt_is_never_broken_off():
    room = Room(LIMIT)
    room.received(b"x" * LIMIT, request(1))
    room.received(b"x" * LIMIT, request(2, is_page=False))
    assert room.highest == 2 * LIMIT
