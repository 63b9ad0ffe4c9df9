"""The map page's modules and stylesheets, each as one file."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess

import pytest
from django.urls import reverse

from events.publishing import pagecode
from events.publishing.pagecode import Unstapled, in_order, stapled_modules

SOURCES = {
    "js/main.js": "import { two as zwei } from './model/b.js';\nimport { one } from './a.js';\n"
    "window.told = one + zwei;\n",
    "js/a.js": "/** What it is. */\nexport const one = 1; // stays\n",
    "js/model/b.js": "import { one } from '../a.js';\n// why\n"
    "function double(n) { return 2 * n; }\n"
    "const two = double(one);\nexport { two };\n",
}


@pytest.fixture
def sources(monkeypatch):
    made = dict(SOURCES)
    monkeypatch.setattr(pagecode, "source", made.__getitem__)
    return made


def test_each_module_comes_after_those_it_imports_and_once(sources):
    assert in_order("js/main.js") == ["js/a.js", "js/model/b.js", "js/main.js"]


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")
def test_modules_in_one_file_do_what_they_did(sources):
    text = "globalThis.window = globalThis;\n" + stapled_modules("js/main.js")
    told = ["node", "--input-type=module", "-e", text + "console.log(window.told);"]
    assert subprocess.run(told, capture_output=True, text=True, check=True).stdout == "3\n"
    assert "What it is" not in text


@pytest.mark.parametrize(
    "line",
    [
        "import * as all from './a.js';",
        "import { one } from 'elsewhere';",
        "export default 3;",
        "export let changing = 1;",
        "import { main } from './main.js';",
    ],
)
def test_what_cannot_be_put_into_one_file_is_an_error(sources, line):
    sources["js/a.js"] = f"{line}\n"
    with pytest.raises(Unstapled):
        stapled_modules("js/main.js")


def test_all_modules_and_stylesheets_of_the_map_are_in_its_code():
    styles = pagecode.parcel("css").data.decode()
    assert "js/map/leaflet.js" in in_order(pagecode.ENTRY)
    assert "--ink" in styles
    assert "/*" not in styles


def test_leaflet_with_its_licence_comes_before_the_modules_that_use_it():
    code = pagecode.parcel("js").data.decode()
    assert "a JS library for interactive maps" in code[:200]
    assert "sourceMappingURL" not in code
    assert code.index("window.L=") < code.index("createChart")


@pytest.mark.parametrize("kind", ["js", "css"])
@pytest.mark.parametrize("coding", ["br", "gzip", ""])
def test_the_code_is_served_packed_and_kept_for_good(client, kind, coding):
    answer = client.get(pagecode.address(kind), headers={"Accept-Encoding": coding})
    assert answer.status_code == 200
    assert answer["Content-Type"] == pagecode.KINDS[kind]
    assert answer.get("Content-Encoding", "") == coding
    assert "immutable" in answer["Cache-Control"]


def test_a_page_of_another_release_gets_the_code_of_today_without_keeping_it(client):
    answer = client.get(reverse("code", args=["0" * 16, "js"]))
    assert answer.content == pagecode.parcel("js").data
    assert answer["Cache-Control"] == "no-cache"


def test_there_is_no_other_code(client):
    assert client.get("/code/map-0.py").status_code == 404


MOST_BYTES = 250_000
LINKED = re.compile(r"""(?:href|src|data-basemap)=["'](/(?:static|code)/[^"'#?]{1,200})["']""")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/?lang=ar", "/embed/"])
def test_the_map_page_with_all_that_it_loads_but_the_events_weighs_little(client, path):
    page = client.get(path, headers={"Accept-Encoding": ""}).content
    linked = set(LINKED.findall(page.decode()))
    assert {"js", "css", "json", "svg"} == {name.rpartition(".")[2] for name in linked}
    weights = {name: len(gzip.compress(body_of(client, name))) for name in linked}
    assert sum(weights.values()) + len(gzip.compress(page)) <= MOST_BYTES, weights


def body_of(client, address):
    """What is served at an address, unpacked."""
    if address.startswith("/code/"):
        return client.get(address, headers={"Accept-Encoding": ""}).content
    return pagecode.source(address.removeprefix("/static/")).encode()
