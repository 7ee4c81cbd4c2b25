"""The installed wheel works: run by any Python from any folder, with nothing but the runtime dependencies."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

PAGE = """<html lang="zh"><head><title>净水器滤芯多久换一次_家电问答</title></head><body><h1>净水器滤芯多久换一次</h1>
<p>PP棉滤芯一般建议3个月更换一次,水质较差的地区可以适当提前。更换前请先关闭进水阀,再放掉管路中的余压。</p>
<p>活性炭滤芯通常可以使用半年左右。如果出水有异味,说明吸附能力已经下降,应当及时更换,以免影响饮水安全。</p>
<p>反渗透膜的寿命较长,一般可以使用两到三年,可以通过 、检测笔等方式判断是否需要更换。</p></body></html>"""


def counterspin(*words: str, folder: Path) -> str:
    command = [sys.executable, "-m", "counterspin", *words]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=600).stdout


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.html").write_text(PAGE, encoding="utf-8")
        version = counterspin("--version", folder=folder).strip()
        documents = counterspin("extract", "page.html", "--jsonl", folder=folder)
        (folder / "documents.jsonl").write_text(documents, encoding="utf-8")
        title = json.loads(documents)["title"]
        flags = counterspin("analyse", "--documents", "documents.jsonl", "--jsonl", folder=folder).splitlines()
        rules = {json.loads(line)["rule"] for line in flags}
        assert title == "净水器滤芯多久换一次", title
        assert "hole" in rules, rules
        counterspin("doctor", folder=folder)
    print(f"{version} on Python {sys.version.split()[0]}: ok")


if __name__ == "__main__":
    main()
