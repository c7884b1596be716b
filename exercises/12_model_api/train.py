"""Train a classifier for tickets, and save it: python train.py [TABLE [FOLDER]].

Reads TABLE (data/tickets.csv), writes FOLDER/tickets.joblib (model/tickets.joblib)
and FOLDER/about.json, which tells the labels and how well the model does.
Every fifth row is kept for the test.
"""

import csv
import json
import sys
from pathlib import Path

import joblib
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

HERE = Path(__file__).parent
table = HERE / (sys.argv[1] if len(sys.argv) > 1 else "data/tickets.csv")
folder = HERE / (sys.argv[2] if len(sys.argv) > 2 else "model")

with open(table, newline="") as source:
    rows = [(row["text"], row["label"]) for row in csv.DictReader(source)]
test, train = rows[::5], [row for number, row in enumerate(rows) if number % 5]

model = make_pipeline(TfidfVectorizer(), LogisticRegression(max_iter=1000))
model.fit(*zip(*train))
accuracy = round(model.score(*zip(*test)), 3)

folder.mkdir(exist_ok=True)
joblib.dump(model, folder / "tickets.joblib")
about = {"labels": list(model.classes_), "rows": len(rows), "accuracy": accuracy}
(folder / "about.json").write_text(json.dumps(about) + "\n")
print(f"{len(train)} tickets learnt, {len(test)} tested, accuracy {accuracy}")
