"""The files a replay begins with: what cells write is put back, what they do not write stays."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from checker import lessons
from checker.grading.begin import beginning, code, is_stub, originals

OUT = {"iris/predict.py": b"old", "report/report.py": b"old"}


@pytest.mark.parametrize(
    "cell",
    [
        "%%writefile iris/predict.py\nprint()",
        "%%file ./iris/predict.py\nprint()",
        "%%bash\necho 'print()' > iris/predict.py",
        "%%bash\necho 'print()' >> 'iris/predict.py'",
        "%%bash\nsed -i 's/a;b/c/' iris/predict.py && docker build -t iris:4 iris",
        "%%bash\nsed -i.old -e s/a/b/ iris/predict.py",
        "!sed -i.old s/a/b/ iris/predict.py",
        "%%bash\nmv new iris/predict.py",
        "%%bash\necho 1 | tee iris/predict.py",
        "%%bash\ncd iris\nsed -i s/a/b/ predict.py",
        "open('iris/predict.py', 'w').write('')",
        'Path("iris/predict.py").write_text("")',
    ],
)
def test_a_file_that_a_cell_writes_begins_as_it_was_handed_out(cell: str) -> None:
    assert beginning({"iris/predict.py": b"new"}, [cell], OUT) == {"iris/predict.py": b"old"}


@pytest.mark.parametrize(
    "cell",
    [
        "%%bash\ncat iris/predict.py",
        "%%bash\ndocker run --rm busybox:1.37 wc iris/predict.py",
        "%%bash\ndocker run -v ./iris/predict.py:/predict.py busybox:1.37",
        "%%writefile predict.py\nprint()",
        "open('iris/predict.py').read()",
    ],
)
def test_a_file_that_no_cell_writes_stays_as_it_was_handed_in(cell: str) -> None:
    assert beginning({"iris/predict.py": b"new"}, [cell], OUT) == {"iris/predict.py": b"new"}


def test_a_file_of_the_learner_that_a_cell_writes_is_not_there_at_first() -> None:
    cell = "%%writefile report/.dockerignore\ntoken.txt"

    assert beginning({"report/.dockerignore": b"token.txt"}, [cell], {}) == {}


@pytest.mark.parametrize(
    ("source", "is_one"),
    [
        ("%%writefile iris/Dockerfile\n# Your turn", True),
        ("%%writefile iris/Dockerfile", True),
        ("%%file a.txt\n\n  # one\n# two\n", True),
        ("%%writefile iris/Dockerfile\n# Your turn\nFROM busybox:1.37", False),
        ("%%writefile a.txt" + "\n" * 50_000 + "x", False),
        ("%%bash\n# Your turn", False),
        ("# Your turn", False),
    ],
)
def test_a_cell_that_was_left_as_it_was_handed_out_writes_nothing(
    source: str, is_one: bool
) -> None:
    cell = SimpleNamespace(cell_type="code", source=source)

    assert is_stub(source) is is_one
    assert code([cell]) == ([] if is_one else [source])


def test_a_file_that_was_handed_out_and_moved_away_is_there_again() -> None:
    assert beginning({}, ["!mv report/report.py away"], OUT) == {"report/report.py": b"old"}


@pytest.mark.parametrize("name", [one.name for one in lessons.every()])
def test_the_originals_are_what_learners_get(name: str) -> None:
    assert all(not part.endswith((".md", ".ipynb")) or "/" in part for part in originals(name))
