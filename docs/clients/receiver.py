"""A receiver of webhooks: SECRET=… python3 receiver.py 8900. It checks the signature, drops what it has, and pulls.

Put it behind HTTPS. PULL holds the command to run for each changed ledger, for example: sh sync.sh https://… {things} copy
"""

import base64
import hashlib
import hmac
import json
import os
import shlex
import subprocess
import sys
import time
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SEEN: dict[str, float] = {}
FRESH = 300  # seconds


def is_ours(headers: Message, body: bytes, secret: str) -> bool:
    """Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, and not older than five minutes."""
    key = base64.b64decode(secret[6:]) if secret.startswith("whsec_") else secret.encode()
    signed = f"{headers['Webhook-Id']}.{headers['Webhook-Timestamp']}.".encode() + body
    mac = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    fresh = abs(time.time() - int(headers["Webhook-Timestamp"])) < FRESH
    return fresh and hmac.compare_digest(headers["Webhook-Signature"], f"v1,{mac}")


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), 65_536))
        try:
            ours = is_ours(self.headers, body, os.environ["SECRET"])
        except (TypeError, ValueError):
            ours = False
        if not ours:
            self.send_error(401)
            return
        if self.headers["Webhook-Id"] not in SEEN:
            SEEN[self.headers["Webhook-Id"]] = time.time()
            for things in json.loads(body)["changes"]:
                print("changed:", things, flush=True)
                if pull := os.environ.get("PULL"):
                    subprocess.Popen(shlex.split(pull.format(things=things)))
        self.send_response(204)
        self.end_headers()


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
