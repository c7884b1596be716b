"""Guess pi by throwing darts, half a minute long: pi.py WORKER [SECONDS]."""

import random
import sys
import time

worker = sys.argv[1]
seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 30
print(f"worker {worker} begins", flush=True)
random.seed(worker)
end, darts, inside = time.monotonic() + seconds, 0, 0
while time.monotonic() < end:
    inside += random.random() ** 2 + random.random() ** 2 < 1
    darts += 1
print(f"worker {worker}: pi is about {4 * inside / darts:.3f}, after {darts} darts")
