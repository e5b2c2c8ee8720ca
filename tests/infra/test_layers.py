import io
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from infra.packaging import AWS_SERVICES, DEPENDENCY_LAYERS, ROOT, InstallFailed, Platform, layer_package
from tests.infra.packages import fingerprint, run_alone, with_other_sources

LOCKS = ROOT / "layers/dependencies"
ELF_MACHINE = {Platform.ARM64: 0xB7, Platform.X86_64: 0x3E}

# Megabytes: as Lambda unpacks it, as it is uploaded. Measured: 15.9 and 6.0, 8.4 and 3.1.
# A function's layers may have 250 unpacked, all together.
# In MB. All of one function's together must stay under Lambda's 250 (unpacked).
SIZE_LIMITS = {
    "requests": (18, 7),
    "workers": (14, 5),
    "identity": (25, 10),
    "pictures": (65, 30),
    "recordings": (135, 50),
    "domains": (6, 2),
    "feeds": (1, 1),
}
ON_TOP_OF_REQUESTS = ("workers", "identity", "pictures", "recordings", "domains", "feeds")


@pytest.mark.infra
def test_all_dependencies_run_from_their_bytecode(tmp_path: Path) -> None:
    layers = [
        with_other_sources(layer_package(name, Platform.HOST), tmp_path / name, "raise AssertionError\n")
        for name in DEPENDENCY_LAYERS
    ]

    assert run_alone(USE_OF_EACH_PACKAGE, *(layer / "python" for layer in layers)) == "<p>1</p>"


USE_OF_EACH_PACKAGE = """
import importlib.metadata, sys
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from markdown_it import MarkdownIt
from pydantic import BaseModel, HttpUrl
import confusable_homoglyphs.confusables, dns.resolver, idna, publicsuffixlist
import av, boto3, feedparser, lxml.etree, nh3, packaging, pi_heif, pikepdf, PIL.Image, pypdfium2

class Link(BaseModel):
    url: HttpUrl

Link.model_validate_json('{"url": "https://example.org"}')
Link.model_json_schema()
Logger(service="s", stream=sys.stderr).info("said", answer=42)
Metrics(namespace="n", service="s").add_metric("m", MetricUnit.Count, 1)
assert importlib.metadata.version("pydantic")
print(nh3.clean(MarkdownIt().render("1")).strip())
"""


@pytest.mark.infra
@pytest.mark.parametrize("name", DEPENDENCY_LAYERS)
def test_the_same_lock_makes_the_same_bytes(name: str, tmp_path: Path) -> None:
    shutil.copytree(LOCKS, tmp_path / "layers/dependencies")

    again = layer_package(name, Platform.HOST, tmp_path)

    assert fingerprint(again) == fingerprint(layer_package(name, Platform.HOST))


def test_a_package_without_its_hash_is_refused(tmp_path: Path) -> None:
    (tmp_path / "layers/dependencies").mkdir(parents=True)
    (tmp_path / "layers/dependencies/requests.txt").write_text("six==1.17.0\n")

    with pytest.raises(InstallFailed, match="--require-hashes"):
        layer_package("requests", Platform.HOST, tmp_path)


@pytest.mark.infra
@pytest.mark.parametrize("platform", ELF_MACHINE, ids=lambda platform: platform.name)
def test_binaries_are_the_platforms(platform: Platform) -> None:
    layer = layer_package("requests", platform)
    binaries = {file.parent.name: file for file in layer.rglob("*.so")}

    assert set(binaries) == {"pydantic_core", "nh3"}
    for file in binaries.values():
        header = file.read_bytes()[:20]
        assert header[:4] == b"\x7fELF"
        assert int.from_bytes(header[18:20], "little") == ELF_MACHINE[platform], file


@pytest.mark.infra
@pytest.mark.parametrize("name", DEPENDENCY_LAYERS)
def test_layers_stay_small(name: str) -> None:
    unpacked, packed = SIZE_LIMITS[name]
    files = [file for file in layer_package(name, Platform.ARM64).rglob("*") if file.is_file()]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        for file in files:
            zipped.write(file)

    assert sum(file.stat().st_size for file in files) < unpacked * 1e6
    assert archive.tell() < packed * 1e6


@pytest.mark.infra
@pytest.mark.parametrize("name", DEPENDENCY_LAYERS)
def test_every_package_keeps_its_licence_and_little_else_of_its_description(name: str) -> None:
    for description in layer_package(name, Platform.ARM64).rglob("*.dist-info"):
        files = [file for file in description.rglob("*") if file.is_file()]
        kept = {file.name.lower() for file in files}

        assert "metadata" in kept
        assert any(f.name.lower().startswith("licen") or "licenses" in f.parts for f in files), description
        assert not kept & {"record", "installer", "wheel", "direct_url.json"}, description


@pytest.mark.infra
def test_workers_can_make_a_client_of_each_service_they_call_and_of_no_other() -> None:
    # A worker has both layers, and `requests` has the jmespath that botocore needs.
    layers = [layer_package(name, Platform.HOST) / "python" for name in DEPENDENCY_LAYERS]

    made = run_alone(CLIENTS, *layers)

    assert tuple(made.split()) == AWS_SERVICES


CLIENTS = """
import boto3
session = boto3.Session("id", "secret", region_name="eu-west-1")
for service in session.get_available_services():
    print(session.client(service).meta.service_model.service_name)
session.resource("dynamodb").Table("t")
assert session.client("s3").generate_presigned_url("get_object", {"Bucket": "b", "Key": "k"})
assert session.client("dynamodb").get_paginator("query")
"""


@pytest.mark.parametrize("name", DEPENDENCY_LAYERS)
def test_locks_have_hashes_and_no_address(name: str) -> None:
    lock = (LOCKS / f"{name}.txt").read_text()
    entries = [entry for entry in re.split(r"\n(?=\S)", lock) if not entry.startswith("#")]

    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"://|--(extra-)?index|--find-links|/\w+/", lock)


@pytest.mark.parametrize("name", ON_TOP_OF_REQUESTS)
def test_workers_lock_nothing_that_they_have_from_requests(name: str) -> None:
    assert not locked(LOCKS / f"{name}.txt").keys() & locked(LOCKS / "requests.txt").keys()


def test_functions_are_tested_with_the_versions_that_ship() -> None:
    ships = {k: v for name in DEPENDENCY_LAYERS for k, v in locked(LOCKS / f"{name}.txt").items()}

    assert ships.items() <= locked(ROOT / "requirements/dev.txt").items()


def locked(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(), re.MULTILINE))
