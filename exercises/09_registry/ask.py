"""Ask a web server for a page, as a browser would: python3 ask.py URL [SECONDS].

It prints the status of the answer and the beginning of its text, without HTML marks.
A server that is still starting gets a few seconds, 3 unless you say how many.
"""

import re
import sys
import time
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

url = urlsplit(sys.argv[1])
path = f"{url.path or '/'}?{url.query}"
end = time.monotonic() + float(sys.argv[2] if len(sys.argv) > 2 else 3)
while True:
    try:
        line = HTTPConnection(url.hostname, url.port or 80, timeout=3)
        line.request("GET", path)
        answer = line.getresponse()
        words = re.sub(r"(?s)<[^>]*>", " ", answer.read(2000).decode(errors="replace")).split()
        print(answer.status, answer.reason)
        print(" ".join(words)[:160])
        break
    except (OSError, HTTPException) as fault:
        if time.monotonic() > end:
            print(f"no answer from {url.netloc}: {fault}")
            break
        time.sleep(0.5)
