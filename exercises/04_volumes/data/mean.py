"""The mean petal length of the plants in /data/plants.csv."""

import csv
from statistics import fmean

with open("/data/plants.csv") as table:
    lengths = [float(row["petal_length"]) for row in csv.DictReader(table)]
print(f"mean petal length {fmean(lengths):.2f} cm of {len(lengths)} plants")
