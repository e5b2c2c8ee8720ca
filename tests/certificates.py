"""Certificates for the servers of tests."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


class Authority:
    """A certificate authority of our own, and servers that it has vouched for."""

    def __init__(self, folder: Path) -> None:
        self.roots = folder / "roots.pem"
        self._folder, self._key = folder, ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, folder.name)])
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        builder = self._certificate(self._name, self._key.public_key(), ca=True)
        root = builder.add_extension(usage, True).sign(self._key, hashes.SHA256())
        self.roots.write_bytes(root.public_bytes(serialization.Encoding.PEM))

    def server(self, host: str) -> ssl.SSLContext:
        key, pem = ec.generate_private_key(ec.SECP256R1()), serialization.Encoding.PEM
        names = x509.SubjectAlternativeName([x509.DNSName(host)])
        builder = self._certificate(x509.Name([]), key.public_key(), ca=False).add_extension(names, True)
        plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        both = self._folder / "server.pem"
        both.write_bytes(
            builder.sign(self._key, hashes.SHA256()).public_bytes(pem) + key.private_bytes(pem, *plain)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(both)
        return context

    def _certificate(
        self, name: x509.Name, key: ec.EllipticCurvePublicKey, ca: bool
    ) -> x509.CertificateBuilder:
        now, issuer = datetime.now(UTC), self._key.public_key()
        builder = x509.CertificateBuilder(self._name, name, key, x509.random_serial_number())
        return (
            builder.not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(hours=1))
            .add_extension(x509.BasicConstraints(ca, None), True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), False)
        )
