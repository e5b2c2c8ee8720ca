"""CloudFront and its certificates, as far as tenants go: it keeps them, and refuses as AWS does.

Requests are checked against AWS's own model of them, for this is no server.
"""

import itertools
from typing import Any

import boto3
from botocore.exceptions import ClientError
from botocore.validate import validate_parameters

_OPERATIONS = {
    "get_distribution_tenant": "GetDistributionTenant",
    "get_managed_certificate_details": "GetManagedCertificateDetails",
    "create_distribution_tenant": "CreateDistributionTenant",
    "update_distribution_tenant": "UpdateDistributionTenant",
    "delete_distribution_tenant": "DeleteDistributionTenant",
    "create_invalidation_for_distribution_tenant": "CreateInvalidationForDistributionTenant",
}


class Edge:
    """`issues`: certificates are there at once, or else as `certify` says. `elsewhere`: domains of others."""

    def __init__(self) -> None:
        self.tenants: dict[str, dict[str, Any]] = {}  # by name
        self.certificates: dict[str, str] = {}  # what became of them, by ARN
        self.elsewhere: set[str] = set()
        self.invalidated: list[str] = []
        self.issues = True
        self.slow_to_disable = 0
        self.calls: list[str] = []
        self.on_create: Any = None
        self._numbers = itertools.count(1)
        self._model: Any = boto3.client("cloudfront", region_name="us-east-1").meta.service_model

    def __getattr__(self, name: str) -> Any:
        operation = _OPERATIONS[name]
        shape = self._model.operation_model(operation).input_shape

        def call(**request: Any) -> Any:
            validate_parameters(request, shape)
            self.calls.append(operation)
            return getattr(self, f"_{name}")(operation, **request)

        return call

    def certify(self, name: str, status: str = "issued") -> None:
        self.certificates[self._tenant(name, "-")["made"]] = status

    def delete_certificate(self, CertificateArn: str) -> None:
        self.calls.append("DeleteCertificate")
        if CertificateArn not in self.certificates:
            raise refusal("ResourceNotFoundException", "DeleteCertificate")
        if any(each["made"] == CertificateArn for each in self.tenants.values()):
            raise refusal("ResourceInUseException", "DeleteCertificate")
        del self.certificates[CertificateArn]

    def _get_distribution_tenant(self, operation: str, Identifier: str) -> Any:
        tenant = self._tenant(Identifier, operation)
        certified = self.certificates[tenant["made"]] == "issued" and tenant["attached"] == tenant["made"]
        shown = {
            "Id": tenant["id"],
            "Enabled": tenant["enabled"],
            "Domains": [{"Domain": tenant["name"], "Status": "active" if certified else "inactive"}],
            "Parameters": tenant["parameters"],
        }
        if tenant["attached"]:
            shown["Customizations"] = {"Certificate": {"Arn": tenant["attached"]}}
        return {"DistributionTenant": shown, "ETag": tenant["etag"]}

    def _get_managed_certificate_details(self, operation: str, Identifier: str) -> Any:
        arn = self._tenant(Identifier, operation)["made"]
        return {
            "ManagedCertificateDetails": {"CertificateArn": arn, "CertificateStatus": self.certificates[arn]}
        }

    def _create_distribution_tenant(self, operation: str, **new: Any) -> Any:
        [domain] = [each["Domain"] for each in new["Domains"]]
        if domain in self.elsewhere:
            raise refusal("CNAMEAlreadyExists", operation)
        if new["Name"] in self.tenants:
            raise refusal("EntityAlreadyExists", operation)
        if self.on_create:
            self.on_create()
        tenant = {"id": f"dt_{next(self._numbers)}", "name": new["Name"], "enabled": new["Enabled"]}
        tenant |= {"parameters": new["Parameters"], "attached": "", "etag": f"e{next(self._numbers)}"}
        self.tenants[new["Name"]] = tenant | {"made": self._make_certificate()}
        return {}

    def _update_distribution_tenant(self, operation: str, Id: str, IfMatch: str, **changes: Any) -> Any:
        tenant = self._version(Id, IfMatch, operation)
        tenant["parameters"] = changes.get("Parameters", tenant["parameters"])
        tenant["enabled"] = changes.get("Enabled", tenant["enabled"])
        tenant["attached"] = (
            changes.get("Customizations", {}).get("Certificate", {}).get("Arn", tenant["attached"])
        )
        if "ManagedCertificateRequest" in changes:
            tenant["made"] = self._make_certificate()
        tenant["etag"] = f"e{next(self._numbers)}"
        return {"ETag": tenant["etag"]}

    def _delete_distribution_tenant(self, operation: str, Id: str, IfMatch: str) -> Any:
        tenant = self._version(Id, IfMatch, operation)
        if tenant["enabled"] or self.slow_to_disable:
            self.slow_to_disable -= 1
            raise refusal("ResourceNotDisabled", operation)
        del self.tenants[tenant["name"]]

    def _create_invalidation_for_distribution_tenant(self, _: str, Id: str, **batch: Any) -> Any:
        assert batch["InvalidationBatch"]["Paths"]["Items"] == ["/*"]
        self.invalidated.append(Id)

    def _make_certificate(self) -> str:
        arn = f"arn:aws:acm:us-east-1:000000000000:certificate/{next(self._numbers)}"
        self.certificates[arn] = "issued" if self.issues else "pending-validation"
        return arn

    def _tenant(self, name: str, operation: str) -> dict[str, Any]:
        if name not in self.tenants:
            raise refusal("EntityNotFound", operation)
        return self.tenants[name]

    def _version(self, tenant_id: str, etag: str, operation: str) -> dict[str, Any]:
        found = [each for each in self.tenants.values() if each["id"] == tenant_id]
        if not found:
            raise refusal("EntityNotFound", operation)
        if found[0]["etag"] != etag:
            raise refusal("PreconditionFailed", operation)
        return found[0]


def refusal(code: str, operation: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "No."}}, operation)
