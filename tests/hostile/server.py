"""A server that says what it is told to say, and at /endless more than anybody can take.

    server.py PORT WORDS

It prints its port, then the paths that it is asked for; it ends when its input does.
"""

from __future__ import annotations

import sys
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BLOCK = b"x" * 65_536
BLOCKS = 12_000
"""What /endless sends at most: a fault of the seal shall not fill this machine's hours."""


class Handler(BaseHTTPRequestHandler):
    """One request."""

    def do_GET(self) -> None:
        """Say the words, or go on and on."""
        print(self.path, flush=True)
        self.send_response(200)
        self.end_headers()
        if self.path != "/endless":
            self.wfile.write(sys.argv[2].encode())
            return
        with suppress(OSError):
            for _ in range(BLOCKS):
                self.wfile.write(BLOCK)
                time.sleep(0.01)
        print("/endless ended", flush=True)

    def log_message(self, *_: object) -> None:
        """Say nothing else."""


def main() -> None:
    """Serve until the input ends."""
    server = ThreadingHTTPServer(("0.0.0.0", int(sys.argv[1])), Handler)
    server.daemon_threads = True
    print(server.server_port, flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
