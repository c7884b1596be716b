"""Ask a web server for a page, as a browser would: python3 ask.py URL [SECONDS].

It prints the status of the answer and the beginning of its text. A server that is still
starting gets a few seconds, 3 unless you say how many.
"""

import sys
import time
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

url = urlsplit(sys.argv[1])
path = f"{url.path or '/'}?{url.query}"
patience = float(sys.argv[2]) if len(sys.argv) > 2 else 3
end = time.monotonic() + patience
while True:
    try:
        line = HTTPConnection(url.hostname, url.port or 80, timeout=3)
        line.request("GET", path)
        answer = line.getresponse()
        print(answer.status, answer.reason)
        print(answer.read(130).decode(errors="replace"))
        break
    except (OSError, HTTPException) as fault:
        if time.monotonic() > end:
            print(f"no answer from {url.netloc}: {fault}")
            break
        time.sleep(0.5)
