"""A very small prediction server; the environment tells it its model and its address."""

import json
import os
from http.server import BaseHTTPRequestHandler, HTTPServer

MODEL = os.environ.get("MODEL", "untrained")
HOST = os.environ.get("HOST", "127.0.0.1")
PORT = 9000


class Flower(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"model": MODEL, "result": "setosa"}).encode())


print(f"model {MODEL} listens on {HOST}:{PORT}", flush=True)
HTTPServer((HOST, PORT), Flower).serve_forever()
