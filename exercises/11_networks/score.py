"""Score each sentence of reviews.csv on a sentiment server, and write scores.csv beside it.

The variable SENTIMENT holds the server's address.
scores.csv has one line for each hotel: its name, how many sentences, their mean score.
"""

import csv
import json
import os
import sys
from pathlib import Path
from statistics import fmean
from urllib.request import Request, urlopen

HERE = Path(__file__).parent
ADDRESS = os.environ.get("SENTIMENT", "http://localhost:8000")
AT_ONCE = 100


def scores_of(texts):
    body = json.dumps({"texts": texts}).encode()
    request = Request(f"{ADDRESS}/score", body, {"Content-Type": "application/json"})
    with urlopen(request, timeout=10) as answer:
        return json.load(answer)["scores"]


with open(HERE / "reviews.csv", newline="") as table:
    rows = list(csv.DictReader(table))

by_hotel = {row["hotel"]: [] for row in rows}
try:
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        for row, score in zip(part, scores_of([row["text"] for row in part])):
            by_hotel[row["hotel"]].append(score)
except OSError as fault:
    sys.exit(f"no scores from {ADDRESS}: {fault}")

with open(HERE / "scores.csv", "w", newline="") as out:
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["hotel", "sentences", "mean"])
    for hotel, scores in sorted(by_hotel.items()):
        table.writerow([hotel, len(scores), f"{fmean(scores):.3f}"])
print(f"scored {len(rows)} sentences of {len(by_hotel)} hotels at {ADDRESS}")
