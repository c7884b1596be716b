"""Trains the smallest model there is: the mean petal length of each species in plants.csv.

The table is in centimetres; with UNIT=mm in the environment the model is in millimetres.
"""

import csv
import json
import os
from statistics import fmean

unit = os.environ.get("UNIT", "cm")
factor = {"cm": 1, "mm": 10}[unit]
lengths = {}
with open("plants.csv") as table:
    for row in csv.DictReader(table):
        lengths.setdefault(row["species"], []).append(float(row["petal_length"]) * factor)
means = {species: round(fmean(values), 2) for species, values in lengths.items()}
with open("model.json", "w") as model:
    json.dump({"unit": unit, "means": means}, model)
print(f"trained on {sum(map(len, lengths.values()))} plants, in {unit}: {means}")
