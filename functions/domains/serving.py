"""The edge's part: a distribution tenant of CloudFront for each domain, with a certificate that it manages.

The tenant's parameter is the handle, which the distribution's origin path begins with (infra/tenants.py).
Whatever is changed names the version that was read before the domain's fact was: so that of two workers the
one that knows less cannot have the last word.
docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-config-options.html
"""

import os
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import boto3
from botocore.exceptions import ClientError

from core import keys, table
from domains.claim import Tenant
from domains.store import Held

if TYPE_CHECKING:
    from mypy_boto3_acm import ACMClient
    from mypy_boto3_cloudfront import CloudFrontClient

PARAMETER = "profile"
_GONE = ("EntityNotFound", "ResourceNotFoundException")
_FAILED = ("expired", "failed", "inactive", "revoked", "validation-timed-out")


class InUse(Exception):
    """CloudFront serves this domain for somebody else, in whichever account."""


class Found(NamedTuple):
    """A tenant as it stands. `etag`: of the version that was read."""

    id: str
    etag: str
    handle: str
    enabled: bool
    is_active: bool
    attached: str  # the certificate that it has
    certificate: str  # the one that was made for it
    status: str  # of that

    def needs(self, held: Held) -> dict[str, Any]:
        """What has to be changed, for the domain to be served as it should be."""
        changes: dict[str, Any] = {}
        if (self.handle, self.enabled) != (held.handle, held.visible):
            changes = {"Parameters": _parameters(held), "Enabled": held.visible}
        if self.status == "issued" and self.attached != self.certificate:
            changes["Customizations"] = {"Certificate": {"Arn": self.certificate}}
        if self.status in _FAILED:
            changes["ManagedCertificateRequest"] = _request(held.name)
        return changes


def tenant_of(name: str) -> Tenant | None:
    found = find(name)
    return Tenant(found.is_active, found.status) if found else None


def find(name: str) -> Found | None:
    try:
        answer = _edge().get_distribution_tenant(Identifier=name)
        made: Any = _edge().get_managed_certificate_details(Identifier=name)["ManagedCertificateDetails"]
    except ClientError as error:
        if _code(error) in _GONE:
            return None
        raise
    tenant = answer["DistributionTenant"]
    parameters = {each["Name"]: each["Value"] for each in tenant.get("Parameters", [])}
    return Found(
        id=tenant["Id"],
        etag=answer["ETag"],
        handle=parameters.get(PARAMETER, ""),
        enabled=tenant["Enabled"],
        is_active=any(each["Domain"] == name and each["Status"] == "active" for each in tenant["Domains"]),
        attached=tenant.get("Customizations", {}).get("Certificate", {}).get("Arn", ""),
        certificate=made.get("CertificateArn", ""),
        status=made.get("CertificateStatus", ""),
    )


def start(held: Held, found: Found | None) -> bool:
    """Whether anything was changed. Raises InUse."""
    if found is None:
        _delete_certificate(held.name)  # of an earlier tenant, if that is still left
        _create(held)
        return True
    changes = found.needs(held)
    if changes:
        _edge().update_distribution_tenant(Id=found.id, IfMatch=found.etag, **changes)
    if "Parameters" in changes:
        _forget_pages(found, f"{held.name} {held.version}")
    return bool(changes)


def stop(name: str, found: Found | None) -> None:
    """From here on nothing is served. Where CloudFront has not taken that in yet, it raises."""
    if found:
        if found.certificate:
            table.write(table.put(keys.certificate(name)._asdict() | {"arn": found.certificate}))
        etag = found.etag
        if found.enabled:
            etag = _edge().update_distribution_tenant(Id=found.id, IfMatch=etag, Enabled=False)["ETag"]
        _edge().delete_distribution_tenant(Id=found.id, IfMatch=etag)
    _delete_certificate(name)


def _create(held: Held) -> None:
    group = os.environ["TENANTS_GROUP"]
    new: Any = {"Name": held.name, "Domains": [{"Domain": held.name}], "Enabled": held.visible}
    new |= {"Parameters": _parameters(held), "ManagedCertificateRequest": _request(held.name)}
    new |= {"ConnectionGroupId": group} if group else {}
    try:
        _edge().create_distribution_tenant(DistributionId=os.environ["TENANTS_DISTRIBUTION"], **new)
    except ClientError as error:
        if _code(error) == "CNAMEAlreadyExists":
            raise InUse(held.name) from None
        raise


def _forget_pages(found: Found, cause: str) -> None:
    """What caches have of the tenant: it is another's address now, or nobody's."""
    _edge().create_invalidation_for_distribution_tenant(
        Id=found.id,
        InvalidationBatch={"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": cause},
    )


def _delete_certificate(name: str) -> None:
    left = table.get(keys.certificate(name), consistent=True)
    if left is None:
        return
    try:
        _certificates().delete_certificate(CertificateArn=left["arn"])
    except ClientError as error:
        if _code(error) not in _GONE:
            raise
    table.write(table.delete(keys.certificate(name)))


def _parameters(held: Held) -> Any:
    return [{"Name": PARAMETER, "Value": held.handle}]


def _request(name: str) -> Any:
    return {"ValidationTokenHost": "cloudfront", "PrimaryDomainName": name}


def _code(error: ClientError) -> str:
    return error.response["Error"]["Code"]


@cache
def _edge() -> "CloudFrontClient":
    return boto3.client("cloudfront")


@cache
def _certificates() -> "ACMClient":
    """Those of CloudFront live in this region, wherever the rest does."""
    return boto3.client("acm", region_name="us-east-1")
