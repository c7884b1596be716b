"""Writes stamp.txt, which only the herbarium's token allows: python stamp.py FILE_OF_THE_TOKEN."""

import hashlib
import sys

with open(sys.argv[1]) as file:
    proof = hashlib.sha256(file.read().strip().encode()).hexdigest()
if not proof.startswith("000ea38a"):
    sys.exit("the herbarium does not know this token")
with open("stamp.txt", "w") as stamp:
    stamp.write(f"approved by the herbarium, {proof[:12]}\n")
print("stamped")
