"""What a function can come to do and ask for, read from its source: the rights it needs, and its environment.

From the handler on, every name that is mentioned is followed through our modules. A class counts as a whole,
and what is mentioned counts as done: so this can see too much, where code is reached that never runs, but
never too little.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "functions", ROOT / "layers/core/python")

# These read what a handler's annotations ask for. The annotations themselves say which of it that is.
_OPAQUE = ("core.http", "core.request", "core.events")

_TABLE = {
    "get": "GetItem",
    "get_many": "BatchGetItem",
    "put": "PutItem",
    "update": "UpdateItem",
    "delete": "DeleteItem",
    "check": "ConditionCheckItem",
    "write_many": "BatchWriteItem",
}
_SDK = {
    "put_events": ["bus events:PutEvents"],
    "send_email": ["mailer ses:SendEmail", "mailer ses:SendRawEmail"],
    "send_message": ["parking queue sqs:SendMessage"],
    "get_distribution_tenant": ["tenants cloudfront:GetDistributionTenant"],
    "get_managed_certificate_details": ["tenants cloudfront:GetManagedCertificateDetails"],
    # Of who makes a tenant AWS also asks whether they may have a certificate made.
    "create_distribution_tenant": [
        "tenants cloudfront:CreateDistributionTenant",
        "new certificates acm:RequestCertificate",
    ],
    "update_distribution_tenant": ["tenants cloudfront:UpdateDistributionTenant"],
    "delete_distribution_tenant": ["tenants cloudfront:DeleteDistributionTenant"],
    "create_invalidation_for_distribution_tenant": [
        "tenants cloudfront:CreateInvalidationForDistributionTenant"
    ],
    "delete_certificate": ["certificates acm:DeleteCertificate"],
}

# By the bucket that is named: its own right, or that to its objects.
_S3 = {
    "get_object": ["GetObject"],
    "put_object": ["PutObject"],
    "delete_object": ["DeleteObject"],
    "copy_object": ["GetObject", "PutObject"],
    "list_objects_v2": ["ListBucket"],
}
_BUCKETS = {
    "_archives": ("uploaded archives", "uploads bucket"),
    "_uploads": ("uploaded files", "uploads bucket"),
    "_served": ("stored media", "media bucket"),
    "_site": ("site pages", "site bucket"),
}

# Whoever posts a form does so by the right of who signed it.
_SIGNED_FOR = {"media.create_media": "uploaded files", "imports.create_import": "uploaded archives"}


class Needs(NamedTuple):
    rights: frozenset[str]  # "<resource> <service>:<action>"
    environment: frozenset[str]


class Name(NamedTuple):
    module: str
    name: str


def needs(context: str, stem: str) -> Needs:
    reached = _reached(Name(f"{context}.{stem}", "handler"))
    rights = {right for name in reached for right in _rights(name)}
    environment = {variable for name in reached for variable in _variables(name)}
    return Needs(frozenset(rights), frozenset(environment))


def _reached(start: Name) -> set[Name]:
    reached, left = set[Name](), [start]
    while left:
        name = left.pop()
        if name not in reached and name.module not in _OPAQUE:
            reached.add(name)
            left += _mentions(name)
    return reached


def _mentions(name: Name) -> Iterator[Name]:
    """Our own things that stand in the source of this one."""
    imported, own = _imports(name.module), _definitions(name.module)
    for node in _nodes(name):
        if isinstance(node, ast.Name) and node.id in own:
            yield Name(name.module, node.id)
        elif isinstance(node, ast.Name) and node.id in imported:
            yield imported[node.id]
        elif (
            isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in imported
        ):
            module = imported[node.value.id]
            yield Name(f"{module.module}.{module.name}", node.attr)


def _rights(name: Name) -> Iterator[str]:
    if name.module == "core.table" and name.name in _TABLE:
        yield f"table dynamodb:{_TABLE[name.name]}"
    if name.module in _SIGNED_FOR and name.name == "handler":
        yield f"{_SIGNED_FOR[name.module]} s3:PutObject"
    for node in _nodes(name):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "query":
            yield from (f"{resource} dynamodb:Query" for resource in _queried(node))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _S3:
            yield from _stored(node, _S3[node.func.attr])
        elif isinstance(node, ast.Attribute) and node.attr in _SDK:
            yield from _SDK[node.attr]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("_call", "call"):
            yield from _signed(node)


def _queried(call: ast.Call) -> list[str]:
    """`index` as a literal is an index; left out it is the table; computed, either."""
    index = next((each.value for each in call.keywords if each.arg == "index"), None)
    if index is None:
        return ["table"]
    return ["indexes"] if isinstance(index, ast.Constant) else ["table", "indexes"]


def _stored(call: ast.Call, actions: list[str]) -> Iterator[str]:
    [bucket] = [ast.unparse(each.value).removesuffix("()") for each in call.keywords if each.arg == "Bucket"]
    objects, itself = _BUCKETS[bucket]
    yield from (f"{itself if each == 'ListBucket' else objects} s3:{each}" for each in actions)


def _signed(call: ast.Call) -> Iterator[str]:
    unsigned = any(each.arg == "signed" for each in call.keywords)
    if isinstance(call.args[0], ast.Constant) and not unsigned:
        yield f"user pool cognito-idp:{call.args[0].value!s}"


def _variables(name: Name) -> Iterator[str]:
    for node in _nodes(name):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            assert isinstance(node.slice, ast.Constant), f"{name}: which variable?"
            yield str(node.slice.value)


def _nodes(name: Name) -> Iterator[ast.AST]:
    for definition in _definitions(name.module).get(name.name, ()):
        yield from ast.walk(definition)


@cache
def _definitions(module: str) -> dict[str, list[ast.AST]]:
    """What stands at the top of a module, by name."""
    found: dict[str, list[ast.AST]] = {}
    for node in _source(module).body:
        for name in _defined(node):
            found.setdefault(name, []).append(node)
    return found


def _defined(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.TypeAlias(name=ast.Name(id=name)) | ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case ast.Assign(targets=targets):
            return [each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)]
    return []


@cache
def _imports(module: str) -> dict[str, Name]:
    """Of our own code alone: `from core import table` is Name("core", "table")."""
    found: dict[str, Name] = {}
    for node in ast.walk(_source(module)):
        if isinstance(node, ast.ImportFrom) and node.module and _is_ours(node.module):
            found |= {each.asname or each.name: Name(node.module, each.name) for each in node.names}
    return found


def _is_ours(module: str) -> bool:
    return any((folder / module.split(".")[0]).is_dir() for folder in FOLDERS)


@cache
def _source(module: str) -> ast.Module:
    for folder in FOLDERS:
        path = folder / (module.replace(".", "/") + ".py")
        if path.is_file():
            return ast.parse(path.read_text(), str(path))
    return ast.Module([], [])
