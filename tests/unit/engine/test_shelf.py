"""Documents held small are the documents that were put there."""

from dataclasses import replace

from counterspin.engine.shelf import Shelf, pack, unpack
from counterspin.text.columns import split, units_of
from counterspin.text.example import document_of
from counterspin.text.tokens import tokens_of
from tests.spinner.texts import CHINESE

TEXTS = [*CHINESE["租房"], "银行" * 700 + "。" + "\ud800客户" * 300, "a"]
PAGES = [document_of(text, url=f"http://site{at}.test/") for at, text in enumerate(TEXTS)]


def test_a_packed_document_is_the_same_document():
    assert [unpack(pack(page)) for page in PAGES] == PAGES


def test_a_document_with_strings_of_a_parser_is_packed_as_plain_ones():
    class Parsed(str):
        __slots__ = ()

    page = replace(PAGES[0], title=Parsed("标题"), toc=(Parsed("目录"),))
    assert unpack(pack(page)) == page
    assert [type(text) for text in (unpack(pack(page)).title, unpack(pack(page)).toc[0])] == [str, str]


def test_a_shelf_gives_its_documents_in_any_order_and_again():
    shelf = Shelf([pack(page) for page in PAGES * 40])
    assert list(shelf) == PAGES * 40
    assert [shelf[3], shelf[0], shelf[-1], shelf[3]] == [PAGES[3], PAGES[0], PAGES[-1], PAGES[3]]


def test_units_are_made_again_from_their_places(monkeypatch):
    monkeypatch.setattr("counterspin.text.columns.BATCH_CHARS", 200)
    shelf = Shelf([pack(page) for page in PAGES])
    units, codes = units_of(shelf)
    expected = [unit for number, page in enumerate(PAGES) for unit in split(number, page)]
    assert list(units) == expected
    assert codes == [tokens_of(unit.text).code for unit in expected]
    assert [units.page(at) for at in range(len(units))] == [unit.page for unit in expected]
