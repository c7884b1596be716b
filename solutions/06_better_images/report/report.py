"""The mean petal length of each species as a table: printed, and served when asked to.

python report.py          prints it
python report.py serve    prints it, and answers on port 8000
python report.py health   exit code 0 when the server answers
"""

import csv
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from statistics import fmean
from urllib.request import urlopen

from tabulate import tabulate

TITLE = "Petal length of iris"


def report():
    lengths = {}
    with open("plants.csv") as table:
        for row in csv.DictReader(table):
            lengths.setdefault(row["species"], []).append(float(row["petal_length"]))
    rows = [(species, len(some), round(fmean(some), 2)) for species, some in lengths.items()]
    return f"{TITLE}\n{tabulate(rows, headers=['species', 'plants', 'mean in cm'])}\n"


class Server(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(report().encode())

    def log_message(self, *words):
        pass


if sys.argv[1:] == ["health"]:
    urlopen("http://127.0.0.1:8000/", timeout=2)
else:
    print(report(), flush=True)
    if sys.argv[1:] == ["serve"]:
        HTTPServer(("0.0.0.0", 8000), Server).serve_forever()
