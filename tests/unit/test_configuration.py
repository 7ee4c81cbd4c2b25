"""Settings: default, file, environment, flag, each with its origin; and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from counterspin.configuration import find, load, table, value_of
from counterspin.errors import SettingsError, UsageError


def project(folder: Path, text: str = "") -> Path:
    (folder / "counterspin.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_flag_beats_the_environment_beats_the_file_beats_the_default(tmp_path):
    folder = project(tmp_path, "[crawl]\ndelay = 2.0\nretries = 2\nmax_depth = 2\n")
    environment = {"COUNTERSPIN_CRAWL_RETRIES": "3", "COUNTERSPIN_CRAWL_MAX_DEPTH": "3"}
    found = load(folder, environment=environment, flags={"crawl.max_depth": 4})
    crawl = found.settings.crawl
    assert (crawl.delay, crawl.retries, crawl.max_depth, crawl.timeout) == (2.0, 3, 4, 30.0)
    assert f"{folder / 'counterspin.toml'}:2" == found.origins["crawl.delay"]
    assert found.origins["crawl.retries"] == "COUNTERSPIN_CRAWL_RETRIES"
    assert found.origins["crawl.max_depth"] == "flag"
    assert "crawl.timeout" not in found.origins


def test_the_project_is_found_from_a_folder_below(tmp_path):
    below = project(tmp_path) / "data" / "warc"
    below.mkdir(parents=True)
    assert tmp_path / "counterspin.toml" == find(below)
    assert tmp_path == load(below, environment={}).folder


def test_without_a_project_the_advice_is_init(tmp_path):
    with pytest.raises(UsageError, match="run `counterspin init`"):
        load(tmp_path, environment={})
    assert load(tmp_path, environment={}, required=False).file is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[crawl]\n\ndely = 1.0\n", r"counterspin.toml:3: crawl.dely is no setting; did you mean crawl.delay\?"),
        ("[crawll]\ndelay = 1.0\n", r"counterspin.toml:1: \[crawll\] is no section; did you mean crawl\?"),
        ("[crawl]\ndelay = -1\n", "counterspin.toml:2: crawl.delay is -1; allowed is 0 to 3600 s"),
        ("[crawl]\ndelay = nan\n", "counterspin.toml:2: crawl.delay is nan; allowed is 0 to 3600 s"),
        ('[crawl]\ndelay = "fast"\n', "counterspin.toml:2: crawl.delay is 'fast'; give a number"),
        ("[crawl]\nretries = 1.5\n", "counterspin.toml:2: crawl.retries is 1.5; give a whole number"),
        ("[crawl]\nretries = true\n", "counterspin.toml:2: crawl.retries is True; give a whole number"),
        ("[crawl]\nsitemaps = 1\n", "counterspin.toml:2: crawl.sitemaps is 1; give true or false"),
        ("[crawl]\ncontact = 1\n", "counterspin.toml:2: crawl.contact is 1; give a text in quotes"),
        ('[project]\nlocale = "fr"\n', "counterspin.toml:2: project.locale is 'fr'; allowed is 'zh-CN' or 'en'"),
        ("[report]\nformats = [1]\n", r"counterspin.toml:2: report.formats is \[1\]; give a list of texts"),
        ("crawl = 1\n", "crawl is a section; write"),
        ("[crawl\n", "counterspin.toml: "),
        ("[detect.hole]\nmin_scor = 1\n", r"counterspin.toml:2: detect.hole.min_scor is no threshold"),
        ("[detect.hole]\nmin_score = 2\n", "counterspin.toml:2: detect.hole.min_score is 2; allowed is 0 to 1"),
        ('[detect.hole]\nmin_score = "x"\n', "counterspin.toml:2: detect.hole.min_score is 'x'; give a number"),
        ("[detect.holle]\nmin_score = 1\n", r"counterspin.toml:2: detect.holle is no rule; did you mean detect.hole\?"),
    ],
)
def test_a_bad_setting_is_refused_with_its_place_and_what_is_allowed(tmp_path, text, said):
    with pytest.raises(SettingsError, match=said):
        load(project(tmp_path, text), environment={})


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("COUNTERSPIN_CRAWL_DELY", "1", "did you mean COUNTERSPIN_CRAWL_DELAY"),
        ("COUNTERSPIN_CRAWL_DELAY", "soon", "COUNTERSPIN_CRAWL_DELAY: crawl.delay is 'soon'; give a number"),
        ("COUNTERSPIN_CRAWL_RETRIES", "99", "allowed is 0 to 10"),
        ("COUNTERSPIN_CRAWL_SITEMAPS", "maybe", "give true or false"),
        ("COUNTERSPIN_DETECT_HOLE__NONE", "1", "no threshold"),
    ],
)
def test_a_bad_variable_is_refused_by_name(tmp_path, variable, value, said):
    with pytest.raises(SettingsError, match=said):
        load(project(tmp_path), environment={variable: value})


def test_texts_from_outside_become_the_type_of_the_setting(tmp_path):
    environment = {
        "COUNTERSPIN_CRAWL_SITEMAPS": "off", "COUNTERSPIN_CRAWL_ALLOW_PRIVATE": "127.0.0.1:80, 10.0.0.1:81",
        "COUNTERSPIN_DETECT_HOLE__MIN_SCORE": "0.5",
    }  # fmt: skip
    settings = load(project(tmp_path), environment=environment, flags={"crawl.delay": "0.5"}).settings
    assert settings.crawl.sitemaps is False
    assert settings.crawl.allow_private == ("127.0.0.1:80", "10.0.0.1:81")
    assert settings.crawl.delay == 0.5
    assert settings.detect == {"hole": {"min_score": 0.5}}


def test_every_default_is_allowed_and_explained(tmp_path):
    found = load(project(tmp_path), environment={})
    for name, item in table():
        value = value_of(found.settings, name)
        again = load(tmp_path, environment={}, flags={name: value})
        assert value == value_of(again.settings, name)
        assert item.metadata["help"]


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    (tmp_path / "counterspin.toml").write_bytes(b"\xef\xbb\xbf[crawl]\ndelay = 3\n")
    assert load(tmp_path, environment={}).settings.crawl.delay == 3.0


def test_a_file_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "counterspin.toml").write_bytes('[project]\nname = "项目"\n'.encode("gbk"))
    with pytest.raises(SettingsError, match="not UTF-8 at byte"):
        load(tmp_path, environment={})
