"""Flags held small are the flags that were found, each once, in one order."""

from dataclasses import replace
from itertools import permutations

import pytest

from counterspin.engine.flags import Finds, pack, unpack
from counterspin.identity import new_flag
from counterspin.model import Counterpart, Evidence, Passage
from counterspin.text.spool import Pieces, Spool, spooled
from counterspin.wording import Wording, said_in

_REASON = Wording(en="“{word}” is new", zh="“{word}”是新的")
_PASSAGE = Passage("paragraph", 0, 3, 7, "银行\ud800。")


def flag_of(url="http://a.test/", *, score=0.5, reason="because", rule="swap", **more):
    evidence = (Evidence("subject", url, 3, 5, "银行", _REASON(word="银行")), Evidence("rule", url, None, None, "x"))
    return new_flag("spun", rule, url, _PASSAGE, score=score, reason=reason, evidence=evidence, **more)


FULL = flag_of(
    reason=_REASON(word="客户"),
    counterpart=Counterpart("http://b.test/", "银行", 0, 2),
    swaps=(("用户", "客户"),),
    answers=(("affirmed", _REASON(word="是")), ("denied", "no")),
)


def test_a_packed_flag_is_the_same_flag_in_every_language():
    again = unpack(pack(FULL).content)
    assert again == FULL
    assert [said_in(text, "zh") for text in (again.reason, again.evidence[0].note, again.answers[0][1])] == [
        "“客户”是新的", "“银行”是新的", "“是”是新的",
    ]  # fmt: skip


def test_a_flag_with_strings_of_a_parser_is_packed_as_plain_ones():
    class Parsed(str):
        __slots__ = ()

    again = unpack(pack(replace(FULL, passage=Parsed(FULL.passage))).content)
    assert (again, type(again.passage)) == (FULL, str)


def test_of_one_flag_found_again_the_strongest_is_kept_then_the_first_by_its_content():
    weak, strong, other = flag_of(score=0.4), flag_of(score=0.9, reason="b"), flag_of(score=0.9, reason="a")
    for order in permutations((weak, strong, other)):
        finds = Finds({})
        finds.add(map(pack, order))
        assert finds.in_order() == [other]


def test_flags_come_by_url_place_and_rule_whatever_the_order_they_were_found_in():
    flags = [flag_of(url, rule=rule) for url in ("http://a.test/", "http://b.test/") for rule in ("hole", "swap")]
    for order in permutations(flags):
        finds = Finds({})
        finds.add(map(pack, order))
        assert finds.in_order() == flags


def test_flags_below_the_floor_of_their_rule_are_counted_and_left_out():
    finds = Finds({"swap": 0.5})
    finds.add(map(pack, (flag_of(score=0.4), flag_of(score=0.5, key="k"), flag_of(score=0.1, rule="hole"))))
    assert ([flag.score for flag in finds.in_order()], finds.below) == ([0.1, 0.5], 1)


def test_flags_are_read_by_place_and_in_slices():
    finds = Finds({})
    finds.add(map(pack, (flag_of(), flag_of(key="k"), flag_of("http://c.test/"))))
    flags = finds.in_order()
    assert (flags[-1], len(flags)) == (flag_of("http://c.test/"), 3)
    assert Finds({}).in_order() == []
    assert flags[1:] == list(flags)[1:]
    assert flags != [*flags, flag_of()]


@pytest.mark.parametrize("most", [0, 10, 1 << 20])
def test_a_spool_gives_its_pieces_in_any_order_whether_it_is_in_memory_or_in_a_file(most, monkeypatch):
    monkeypatch.setattr("counterspin.text.spool.MOST_HELD", most)
    spool = Spool()
    pieces = [bytes([at]) * at for at in range(20)]
    for number, piece in enumerate(pieces):
        assert spool.add(piece) == number
        assert spool.get(number // 2) == pieces[number // 2]
    assert list(Pieces(spool, (7, 0, 19))) == [pieces[7], pieces[0], pieces[19]]
    assert list(Pieces(spool, range(20))[3:5]) == pieces[3:5]


def test_values_in_a_spool_come_back_in_their_order():
    values = [(3, "c"), (1, "a"), (2, "b"), (1, "a")]
    assert spooled(values) == values
    assert spooled(iter(values), key=lambda value: value[0]) == tuple(sorted(values))
    assert spooled(()) == []
    assert spooled(values) != values[1:]


def test_a_full_disk_is_an_error_and_no_silent_loss(monkeypatch):
    class Full:
        def seek(self, _place):
            return None

        def write(self, _piece):
            raise OSError(28, "No space left on device")

        def close(self):
            return None

    monkeypatch.setattr("counterspin.text.spool.TemporaryFile", lambda **_: Full())
    monkeypatch.setattr("counterspin.text.spool.MOST_HELD", 1)
    spool = Spool()
    spool.add(b"x")
    with pytest.raises(OSError, match="No space"):
        spool.add(b"y")
    assert [spool.get(number) for number in range(len(spool))] == [b"x"]
