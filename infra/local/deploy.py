"""`cdk deploy` into the local cloud; synthesises only when what goes into the assembly has changed."""

import hashlib
import mimetypes
import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import boto3

from infra import page_files
from infra.local.cloud import ACCOUNT, REGION, ROOT, Cloud, CloudFailed
from infra.openapi import write_site
from infra.web import ASSETS, KEPT_FOR_GOOD

_INPUTS = ("infra", "functions", "layers", "cdk.json", "requirements/dev.txt", "package-lock.json")
_STAGE = "local"
_BYTES = "application/octet-stream"
_KINDS = {".js": "text/javascript", ".webmanifest": "application/manifest+json"}

type Outputs = dict[str, str]


def deploy(to: Cloud) -> Outputs:
    """The outputs of all stacks, by name."""
    environment = _environment(to)
    _step(
        "bootstrapping",
        [_cdk(), "bootstrap", f"aws://{ACCOUNT}/{REGION}"],
        environment,
        Path(tempfile.gettempdir()),
    )
    assembly = _assembly(to, environment)
    everything = ["--app", str(assembly), "--all", "--concurrency", "8", "--require-approval", "never"]
    _step("deploying", [_cdk(), "deploy", *everything], environment, ROOT)
    outputs = _outputs(to)
    _expire(to, outputs["TableName"])
    _upload_site(to, outputs["SiteBucketName"])
    return outputs


def client(to: Cloud, service: str) -> Any:
    """boto3's, as the account's root."""
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    make: Any = boto3.client
    return make(service, endpoint_url=to.address, region_name=REGION, **keys)


def _assembly(to: Cloud, environment: dict[str, str]) -> Path:
    assembly = ROOT / "build" / "cdk" / f"{_STAGE}-{to.port}"
    stamp, now = assembly.with_suffix(".inputs"), _digest()
    if stamp.exists() and stamp.read_text() == now and assembly.exists():
        return assembly
    stamp.unlink(missing_ok=True)  # or one that breaks off would be taken for the one before
    _step(
        "synthesising",
        [_cdk(), "synth", "--quiet", "-c", f"stage={_STAGE}", "--output", str(assembly)],
        environment,
        ROOT,
    )
    stamp.write_text(now)
    return assembly


def _digest() -> str:
    digest = hashlib.sha256(os.environ.get("POLYFOLIO_FETCH_ALLOWED", "").encode())
    for name in _INPUTS:
        top = ROOT / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if (
                path.is_file()
                and "__pycache__" not in path.parts
                and "local" not in path.relative_to(ROOT).parts
            ):
                digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _outputs(to: Cloud) -> Outputs:
    stacks = client(to, "cloudformation").describe_stacks()["Stacks"]
    return {each["OutputKey"]: each["OutputValue"] for stack in stacks for each in stack.get("Outputs", [])}


def _expire(to: Cloud, table: str) -> None:
    """The local CloudFormation passes over the table's time to live."""
    setting = {"Enabled": True, "AttributeName": "ttl"}
    client(to, "dynamodb").update_time_to_live(TableName=table, TimeToLiveSpecification=setting)


def _upload_site(to: Cloud, bucket: str) -> None:
    """On AWS a construct of the CDK does it, whose function the local cloud cannot run."""
    site = to.folder / "site"
    write_site(site)
    for path in (each for each in site.rglob("*") if each.is_file()):
        kind = mimetypes.guess_type(path.name)[0] or _BYTES
        client(to, "s3").put_object(
            Bucket=bucket,
            Key=str(path.relative_to(site)),
            Body=path.read_bytes(),
            ContentType=kind,
            CacheControl=KEPT_FOR_GOOD if path.parent.name == page_files.FOLDER else "no-cache",
        )


def upload_client(to: Cloud, outputs: Outputs, client_files: Path) -> None:
    """What a name of its own content has may be kept for good; all else is asked for anew."""
    for path in (each for each in client_files.rglob("*") if each.is_file()):
        name = path.relative_to(client_files)
        client(to, "s3").put_object(
            Bucket=outputs["SiteBucketName"],
            Key=f"app/{name}",
            Body=path.read_bytes(),
            ContentType=_KINDS.get(path.suffix) or mimetypes.guess_type(path.name)[0] or _BYTES,
            CacheControl=KEPT_FOR_GOOD if name.parts[0] == ASSETS else "no-cache",
        )


def _step(name: str, command: list[str], environment: dict[str, str], where: Path) -> None:
    began = time.monotonic()
    print(f"  {name} …", end="", flush=True)
    done = subprocess.run(command, env=environment, cwd=where, capture_output=True, text=True, check=False)
    print(f" {time.monotonic() - began:.1f} s", flush=True)
    if done.returncode:
        raise CloudFailed(f"{' '.join(command)} failed:\n{done.stdout[-4000:]}\n{done.stderr[-8000:]}")


def _cdk() -> str:
    return str(ROOT / "node_modules" / ".bin" / "cdk")


def _environment(to: Cloud) -> dict[str, str]:
    """The caller's, for it knows the way to the package registries; but for where and who we are on AWS."""
    callers = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    path = os.pathsep.join([str(ROOT / ".venv" / "bin"), os.environ.get("PATH", "/usr/bin:/bin")])
    quiet = {"CI": "true", "NO_COLOR": "1", "JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION": "1"}
    return callers | quiet | {"PATH": path} | to.environment()
