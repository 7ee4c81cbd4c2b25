"""Markdown, CSV, XLSX, JSON, SARIF, GEXF: any text goes in, the same text comes out, and nothing else happens."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from counterspin.store import figures
from counterspin.store.listing import LISTS, Listing, listing
from reports import as_json, gexf, markdown, sarif, tables
from reports.links import network
from reports.masks import cleaner
from reports.safe import line, visible
from reports.safe import markdown as escaped
from reports.values import Network, Node
from reports.words import words

CLEAN = cleaner([], masked=True)
ANY = st.text(st.characters(), max_size=60) | st.text(
    st.sampled_from("=+-@\t\r\n|`*_#[]()<>!&\\~$\"'{}. 1a中\x00\x1b\u202e\ud800"), max_size=40
)
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def rows(*cells) -> Listing:
    return Listing("cells", tuple(f"c{i}" for i in range(len(cells))), iter([cells]))


class _Text(HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.text = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text += data


@FEW
@given(ANY)
def test_markdown_shows_any_text_as_text(text):
    html = MarkdownIt("commonmark").enable("table").enable("strikethrough").render(f"- x {escaped(text)} y")
    found = _Text(html)
    assert set(found.tags) <= {"ul", "li", "p"}
    assert " ".join(found.text.split()) == " ".join(f"x {line(text)} y".split())


@FEW
@given(ANY)
def test_markdown_at_the_start_of_a_line_is_text(text):
    found = _Text(MarkdownIt("commonmark").enable("table").render(escaped(text)))
    assert set(found.tags) <= {"p"}


def test_the_markdown_report_holds_tables_and_no_markup_of_strangers(report):
    text = markdown.render(report)
    found = _Text(MarkdownIt("commonmark").enable("table").render(text))
    assert {"table", "h1", "h2"} <= set(found.tags)
    assert "script" not in found.tags
    assert "用户" in found.text


@FEW
@given(st.lists(ANY, min_size=1, max_size=4))
def test_a_csv_cell_is_never_a_formula_and_comes_back(tmp_path, cells):
    path = tmp_path / "x.csv"
    tables.write_csv(path, rows(*cells))
    with path.open(encoding="utf-8", newline="") as stream:
        found = list(csv.reader(stream))[1]
    assert [cell.lstrip("'") for cell in found] == [visible(cell).lstrip("'") for cell in cells]
    assert not any(cell.lstrip(" ").startswith(tuple("=+-@\t\r＝＋－＠")) for cell in found)


def test_csv_gets_the_mark_that_excel_needs_only_on_demand(tmp_path):
    tables.write_csv(tmp_path / "a.csv", rows("中"), bom=True)
    tables.write_csv(tmp_path / "b.csv", rows("中"))
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (tmp_path / "b.csv").read_bytes().startswith(b'"c0"')


def _sheet(path):
    with zipfile.ZipFile(path) as book:
        return ET.fromstring(book.read("xl/worksheets/sheet1.xml")), book.namelist()


@FEW
@given(st.lists(ANY, min_size=1, max_size=3))
def test_an_xlsx_cell_is_a_string_and_never_a_formula_or_link(tmp_path, cells):
    path = tmp_path / "x.xlsx"
    tables.write_xlsx(path, [rows(*cells, "=1+1", "http://a.test", 5)])
    sheet, names = _sheet(path)
    space = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    assert sheet.findall(".//s:f", space) == []
    assert sheet.findall(".//s:hyperlink", space) == []
    assert not any("externalLink" in name for name in names)


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path):
    tables.write_xlsx(tmp_path / "x.xlsx", [rows("😀" * 40_000)])
    sheet, _ = _sheet(tmp_path / "x.xlsx")
    text = "".join(sheet.itertext())
    assert "…" in text
    assert len(text.encode("utf-16-le")) // 2 <= 33_000


@FEW
@given(ANY)
def test_json_can_always_be_written_and_read(text):
    dumped = as_json.dumped({"text": text})
    assert "\n" not in dumped
    assert "\u2028" not in dumped
    assert json.loads(dumped.encode("utf-8")) == {"text": text}


@FEW
@given(ANY, ANY)
def test_sarif_holds_any_text_and_only_web_addresses(url, text):
    flag = {
        "id": "f" * 24, "category": "spun", "rule": "rewrite", "score": 0.5, "severity": 3, "state": "false_positive",
        "machine_state": "new", "url": url, "start": 1, "end": 5, "passage": text, "reason": text, "swaps": "[]",
        "counterpart_url": url, "counterpart": text, "reviewer": text, "reviewed_at": None,
    }  # fmt: skip
    found = Listing("flags", tuple(flag), iter([tuple(flag.values())]))
    stream = io.StringIO()
    count = sarif.write(stream, found, (), words=words("en"), version="1", clean=CLEAN)
    result = json.loads(stream.getvalue())["runs"][0]["results"][0]
    assert count == 1
    for place in (*result["locations"], *result.get("relatedLocations", [])):
        if "physicalLocation" in place:
            assert re.match(r"https?://[!-~]+$", place["physicalLocation"]["artifactLocation"]["uri"])


def test_sarif_tells_new_flags_and_settled_ones(judged, report):
    stream = io.StringIO()
    found = listing(judged.connection, "flags")
    sarif.write(stream, found, report.method.rules, words=words("en"), version="1.0.0", clean=CLEAN)
    results = json.loads(stream.getvalue())["runs"][0]["results"]
    assert len(results) == 5
    assert {r["ruleId"]: "suppressions" in r for r in results}["self_repeat"] is True
    assert (
        {r["baselineState"] for r in results} == {"new", "unchanged"}
        or {r["baselineState"] for r in results} == {"new", "updated"}
        or {r["baselineState"] for r in results} == {"new", "unchanged", "updated"}
    )
    assert all(re.fullmatch("[0-9a-f]{24}", r["partialFingerprints"]["counterspinTrack/v1"]) for r in results)
    region = next(r for r in results if r["ruleId"] == "hole")["locations"][0]["physicalLocation"]["region"]
    assert region["charLength"] == len(region["snippet"]["text"])


@FEW
@given(ANY)
def test_gexf_is_well_formed_for_any_name(text):
    node = Node(text, 0.0, 0.0, 1, 0, crawled=True)
    root = ET.fromstring(gexf.render(Network((node,), (), (), 1, 0)))
    assert root.find(".//{http://gexf.net/1.3}node").get("label") == line(text)


def test_the_whole_network_goes_into_gexf(store):
    found = network(figures.read(store.connection), 1000, CLEAN, placed=False)
    root = ET.fromstring(gexf.render(found))
    assert len(root.findall(".//{http://gexf.net/1.3}edge")) == len(found.edges) == 1


@pytest.mark.parametrize("name", LISTS)
def test_every_list_can_be_read(store, name):
    found = listing(store.connection, name)
    read = list(found.rows)
    assert read
    assert all(len(row) == len(found.columns) for row in read)


def test_masked_lists_keep_addresses(store):
    found = list(tables.masked(listing(store.connection, "flags"), CLEAN).rows)
    text = repr(found)
    assert "13912345678" not in text
    assert "http://farm.test/a/1.html" in text


def test_the_json_report_is_described_by_its_schema(report):
    from importlib.resources import files

    schema = json.loads((files("reports") / "report.schema.json").read_text(encoding="utf-8"))
    assert list(_mismatches(as_json.values(report), schema, schema, "report")) == []
    broken = as_json.values(replace(report, project=5))
    assert list(_mismatches(broken, schema, schema, "report")) == ["report.project: int is not string"]


def _mismatches(value, rule, root, at):
    """The parts of JSON Schema that the report's schema uses."""
    if "$ref" in rule:
        rule = root["$defs"][rule["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in rule:
        if all(list(_mismatches(value, one, root, at)) for one in rule["anyOf"]):
            yield f"{at}: fits nothing"
        return
    kinds = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
        "null": type(None),
    }
    kind = rule.get("type")
    if kind and (not isinstance(value, kinds[kind]) or (isinstance(value, bool) and kind != "boolean")):
        yield f"{at}: {type(value).__name__} is not {kind}"
        return
    if "const" in rule and value != rule["const"]:
        yield f"{at}: not {rule['const']}"
    if kind == "object":
        yield from _object(value, rule, root, at)
    elif kind == "array":
        for place, item in enumerate(value):
            wanted = rule["prefixItems"][place] if "prefixItems" in rule else rule["items"]
            yield from _mismatches(item, wanted, root, f"{at}[{place}]")


def _object(value, rule, root, at):
    yield from (f"{at}: {name} is missing" for name in rule.get("required", []) if name not in value)
    for name, item in value.items():
        wanted = rule.get("properties", {}).get(name, rule.get("additionalProperties", False))
        if wanted is False:
            yield f"{at}: {name} is not described"
        else:
            yield from _mismatches(item, wanted, root, f"{at}.{name}")
