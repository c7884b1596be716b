"""Names the species whose mean petal length in model.json is nearest to the one given."""

import json
import sys

with open("model.json") as file:
    model = json.load(file)
length = float(sys.argv[1])
species = min(model["means"], key=lambda name: abs(model["means"][name] - length))
print(f"{length:g} {model['unit']} is {species}")
