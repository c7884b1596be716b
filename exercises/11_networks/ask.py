"""Ask a web server, from wherever this runs: python ask.py URL [TEXT].

It prints the answer, or why none came. TEXT is added to the address as ?text=TEXT.
A server that is still starting gets a few seconds.
"""

import sys
import time
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import urlopen

address = sys.argv[1] + (f"?text={quote(sys.argv[2])}" if len(sys.argv) > 2 else "")
for attempt in range(6):
    try:
        with urlopen(address, timeout=3) as answer:
            print(answer.read().decode())
        break
    except HTTPError as fault:
        sys.exit(f"the server answers {fault.code}: {fault.read().decode()}")
    except (URLError, OSError) as fault:
        reason = getattr(fault, "reason", fault)
        if not isinstance(reason, ConnectionError):
            sys.exit(f"no way to {address}: {reason}")
    time.sleep(0.5)
else:
    sys.exit(f"nobody answers at {address}: {reason}")
