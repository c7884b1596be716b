"""A sentiment server: it says how friendly a sentence is, from -1 to 1.

GET  /health              says that it works
GET  /score?text=...      scores one sentence
POST /score               takes {"texts": [...]} and scores them all
"""

import json
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

ANALYZER = SentimentIntensityAnalyzer()


def score(text):
    return ANALYZER.polarity_scores(text)["compound"]


class Sentiment(BaseHTTPRequestHandler):
    def do_GET(self):
        url = urlsplit(self.path)
        texts = parse_qs(url.query).get("text", [])
        if url.path == "/health":
            self.say(200, {"status": "ok"})
        elif url.path == "/score" and texts:
            self.say(200, {"compound": score(texts[0])})
        else:
            self.say(404, {"error": "ask for /health or /score?text=..."})

    def do_POST(self):
        try:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            scores = [score(text) for text in body["texts"]]
        except (ValueError, TypeError, KeyError, AttributeError):
            self.say(400, {"error": 'send {"texts": ["...", "..."]}'})
            return
        print(f"scored {len(scores)} sentences for {self.client_address[0]}", flush=True)
        self.say(200, {"scores": scores})

    def say(self, status, answer):
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        """The line for each POST is enough."""


signal.signal(signal.SIGTERM, lambda *_: sys.exit())
print("listening on 0.0.0.0:8000", flush=True)
ThreadingHTTPServer(("0.0.0.0", 8000), Sentiment).serve_forever()
