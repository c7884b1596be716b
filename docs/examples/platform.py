"""Write platform.csv, a line for each learner, from nbgrader's grades.csv."""

import csv
from collections import defaultdict
from pathlib import Path

WEIGHTS = {"04_volumes": 2}  # every other lesson counts once

table: dict[str, dict[str, str]] = defaultdict(dict)
with Path("grades.csv").open(newline="") as file:
    for row in csv.DictReader(file):
        lesson, score = row["assignment"], row["score"]
        most = 100 * WEIGHTS.get(lesson, 1)
        points = f"{most * float(score) / float(row['max_score']):.0f}" if score else ""
        table[row["student_id"]][lesson] = points

lessons = sorted({lesson for points in table.values() for lesson in points})
with Path("platform.csv").open("w", newline="") as file:
    writer = csv.DictWriter(file, ["student", *lessons], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({"student": student, **points} for student, points in table.items())
