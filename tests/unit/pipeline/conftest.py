"""A project with a few pages, imported and analysed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from counterspin.configuration import Configuration, load
from counterspin.pipeline.analysing import analyse_all
from counterspin.pipeline.extracting import extract_all
from counterspin.pipeline.importing import import_files
from counterspin.store import Store

ADVICE = """<html lang="zh"><head><meta charset="utf-8"><title>{title}</title></head><body><h1>{title}</h1>
<p>PP棉滤芯一般建议3个月更换一次,水质较差的地区可以适当提前。更换前请先关闭进水阀,再放掉管路中的余压。</p>
<p>活性炭滤芯通常可以使用半年左右。如果出水有异味,说明吸附能力已经下降,应当及时更换,以免影响饮水安全。</p>
<p>反渗透膜的寿命较长,一般可以使用两到三年,可以通过 、检测笔等方式判断是否需要更换。{more}</p></body></html>"""


SETTINGS = '[crawl]\ncontact = "me@example.test"\n'


@pytest.fixture
def project(tmp_path: Path) -> Configuration:
    """An empty project."""
    (tmp_path / "counterspin.toml").write_text(SETTINGS, encoding="utf-8")
    return load(tmp_path, environment={})


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with two pages of one text, one of them naming a person."""
    return write_pages(tmp_path / "pages")


def write_pages(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "a.html").write_text(ADVICE.format(title="净水器滤芯多久换一次", more=""), encoding="utf-8")
    (folder / "b.html").write_text(
        ADVICE.format(title="滤芯更换周期", more="本文由王小明律师整理,电话13912345678。"), encoding="utf-8"
    )
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with both pages imported, extracted and analysed; to be copied, never changed."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "counterspin.toml").write_text(SETTINGS, encoding="utf-8")
    configuration = load(folder, environment={})
    with Store.open(configuration.database) as store:
        import_files(store, configuration, [write_pages(folder / "pages")], base_url="http://advice.test/")
        extract_all(store, configuration)
        analyse_all(store, configuration)
    return folder


@pytest.fixture
def analysed(project: Configuration, pages: Path, built: Path) -> Configuration:
    """A copy of it."""
    shutil.copytree(built / "data", project.folder / "data")
    return project
