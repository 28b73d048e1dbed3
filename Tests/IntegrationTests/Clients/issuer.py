"""An identity server of the test's own: a key set over HTTP whose private keys the test has.

It makes what no honest server gives out: expired tokens, tokens by a key that is not in the set, unsigned ones.
"""

import base64
import http.server
import json
import threading
import time
import uuid

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

import command_loop


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value):
    return encoded(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class Issuer:
    def __init__(self):
        self.keys = {}
        self.published = []
        self.failing = False
        self.requests = 0

    def start(self):
        """Serves the key set. Answers its URL."""
        issuer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                issuer.requests += 1
                body = json.dumps({"keys": [issuer.public(kid) for kid in issuer.published]}).encode()
                self.send_response(503 if issuer.failing else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{server.server_address[1]}"
        return self.url

    def add_key(self, kid, algorithm="RS256", published=True):
        if algorithm.startswith("ES"):
            self.keys[kid] = algorithm, ec.generate_private_key(ec.SECP256R1())
        else:
            self.keys[kid] = algorithm, rsa.generate_private_key(public_exponent=65537, key_size=2048)
        if published:
            self.published.append(kid)

    def publish(self, kids):
        self.published = kids

    def fail(self, failing):
        self.failing = failing

    def request_count(self):
        return self.requests

    def public(self, kid):
        algorithm, key = self.keys[kid]
        numbers = key.public_key().public_numbers()
        shared = {"kid": kid, "use": "sig", "alg": algorithm}
        if algorithm.startswith("ES"):
            side = lambda value: encoded(value.to_bytes(32, "big"))
            return shared | {"kty": "EC", "crv": "P-256", "x": side(numbers.x), "y": side(numbers.y)}
        return shared | {"kty": "RSA", "n": number(numbers.n), "e": number(numbers.e)}

    def token(self, kid, subject, expires_in=3600, header_kid=None, claims=None, algorithm=None):
        """A token signed by the key `kid`. `header_kid` names another key than the one that signs."""
        now = int(time.time())
        payload = {
            "iss": self.url, "sub": subject, "aud": ["test"], "iat": now - 600, "nbf": now - 600,
            "exp": now + expires_in, "jti": str(uuid.uuid4()), "scope": "kafka", **(claims or {}),
        }
        signing, key = self.keys[kid]
        header = {"alg": algorithm or signing, "kid": header_kid or kid, "typ": "JWT"}
        signed = ".".join(encoded(json.dumps(part).encode()) for part in (header, payload))
        if algorithm == "none":
            return signed + "."
        if signing == "ES256":
            r, s = utils.decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
            signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
        elif signing == "PS256":
            pss = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=hashes.SHA256.digest_size)
            signature = key.sign(signed.encode(), pss, hashes.SHA256())
        else:
            signature = key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return signed + "." + encoded(signature)

    def sign_like(self, kid, token):
        """The header and claims of `token`, signed by our key `kid` instead of the real one."""
        signed = token.rsplit(".", 1)[0]
        signature = self.keys[kid][1].sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return signed + "." + encoded(signature)


if __name__ == "__main__":
    command_loop.run(Issuer())
