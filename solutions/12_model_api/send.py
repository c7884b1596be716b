"""Send a ticket to a model's web address: python3 send.py URL TEXT.

TEXT travels as {"text": TEXT}; with --raw before it, it travels as it stands.
It prints the status of the answer, and the answer. A server that starts gets a while.
"""

import json
import sys
import time
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

address, *words = sys.argv[1:]
body = words[1] if words[0] == "--raw" else json.dumps({"text": words[0]})
request = Request(address, body.encode(), {"Content-Type": "application/json"})
for attempt in range(40):
    try:
        with urlopen(request, timeout=5) as answer:
            print(answer.status, answer.read().decode())
        break
    except HTTPError as fault:
        print(fault.code, fault.read().decode())
        break
    except (URLError, OSError) as fault:
        reason = fault
    time.sleep(0.5)
else:
    print(f"no answer from {address}: {reason}")
