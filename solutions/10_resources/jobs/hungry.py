"""Read the heights of ten million trees into memory, all at once: 200 MB."""

import time

trees = []
for megabytes in range(20, 201, 20):
    trees.append(b"12.4 metres high.   " * 1_000_000)
    print(f"{megabytes} MB in memory", flush=True)
    time.sleep(0.05)

print("mean height 12.4 m")
