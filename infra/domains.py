"""Domains of members' own: claimed, proven by DNS, and served by the edge with a certificate."""

from infra.context import (
    Context,
    certificates,
    domain_target,
    indexes,
    knows,
    may,
    new_certificates,
    own_host,
    resolver,
    signing_secret,
    table,
    tenants,
    user_pool,
)

domains = Context("domains")

domains.route("GET /v1/me/domain", "get_domain", may(table, "GetItem"), knows(domain_target))
domains.route(
    "PUT /v1/me/domain",
    "claim_domain",
    may(table, "GetItem", "PutItem", "UpdateItem", "DeleteItem"),
    knows(domain_target),
    knows(own_host),
    knows(signing_secret),
    layers=("domains",),
)
domains.route("DELETE /v1/me/domain", "release_domain", may(table, "GetItem", "UpdateItem", "DeleteItem"))
domains.route(
    "POST /v1/me/domain/verifications",
    "verify_domain",
    may(table, "GetItem", "UpdateItem"),
    knows(domain_target),
    knows(signing_secret),
)

domains.on(
    "ClaimChanged",
    "check_domain",
    may(table, "GetItem", "PutItem", "UpdateItem", "DeleteItem"),
    may(tenants, "GetDistributionTenant", "GetManagedCertificateDetails"),
    may(user_pool, "AdminGetUser"),
    knows(domain_target),
    knows(resolver),
    knows(signing_secret),
    layers=("domains",),
)
domains.on(
    "DomainChanged",
    "serve_domain",
    may(table, "GetItem", "PutItem", "UpdateItem", "DeleteItem"),
    may(
        tenants,
        "GetDistributionTenant",
        "GetManagedCertificateDetails",
        "CreateDistributionTenant",
        "UpdateDistributionTenant",
        "DeleteDistributionTenant",
        "CreateInvalidationForDistributionTenant",
    ),
    may(new_certificates, "RequestCertificate"),  # by CloudFront, in the name of who makes a tenant
    may(certificates, "DeleteCertificate"),
)
domains.on("MemberChanged", "map_profile", may(table, "GetItem", "PutItem", "UpdateItem"))
domains.on("DepartureChanged", "erase_domain", may(table, "GetItem", "DeleteItem"))
domains.every(5, "recheck_domains", may(table, "UpdateItem"), may(indexes, "Query"))
