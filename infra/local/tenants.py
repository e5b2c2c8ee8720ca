"""Members' own domains in the local cloud, whose CloudFront keeps tenants but does not serve them."""

from typing import Any, NamedTuple

from botocore.exceptions import ClientError

from infra.local.cloud import Cloud
from infra.local.deploy import client
from infra.tenants import PARAMETER

_OURS = ("localhost", "127.", "[::1]")


class Tenant(NamedTuple):
    """`distribution`: the host by which the local CloudFront knows it."""

    distribution: str
    profile: str


def is_ours(host: str) -> bool:
    return host.startswith(_OURS)


class Tenants:
    """Asked anew each time: who was given up is nobody at once."""

    def __init__(self, cloud: Cloud) -> None:
        self._edge = client(cloud, "cloudfront")

    def at(self, host: str) -> Tenant | None:
        """None where CloudFront would know nobody."""
        name = host.partition(":")[0].lower()
        try:
            tenant: Any = self._edge.get_distribution_tenant_by_domain(Domain=name)["DistributionTenant"]
        except ClientError:
            return None
        if not tenant["Enabled"]:
            return None
        distribution = self._edge.get_distribution(Id=tenant["DistributionId"])["Distribution"]
        values = {each["Name"]: each["Value"] for each in tenant["Parameters"]}
        return Tenant(distribution["DomainName"], values[PARAMETER])
