"""A report as text, as HTML and as JSON. It knows nothing of how the verdicts came about."""

from __future__ import annotations

import html as _html
from collections.abc import Iterator

from checker.claim import Failed, Held
from checker.judge import Line, Report, StepReport
from checker.model import Json

MARKS = {"held": ("✓", "Done"), "failed": ("✗", "Not yet"), "unknown": ("–", "Later")}
"""The mark and the word of each kind of verdict."""

STYLE = """
.cw{--cw-ok:#116329;--cw-no:#a40e26;--cw-later:#57606a;--cw-line:#8c959f;
font:14px/1.5 var(--jp-ui-font-family,system-ui,sans-serif);
color:var(--jp-content-font-color1,#1f2328);
border-left:4px solid var(--cw-line);padding:.2em 0 .2em 1em;margin:.4em 0;max-width:60em}
.cw.cw-done{border-color:var(--cw-ok)}
.cw p{margin:.3em 0}.cw.cw ul{list-style:none;margin:0;padding:0}
.cw li{margin:.25em 0;padding-left:6.2em;text-indent:-6.2em}
.cw li>*{text-indent:0}.cw .cw-mark{display:inline-block;width:5.9em;font-weight:600}
.cw .cw-held{color:var(--cw-ok)}
.cw .cw-failed{color:var(--cw-no)}.cw .cw-unknown{color:var(--cw-later)}
.cw dl{display:grid;grid-template-columns:4em 1fr;margin:.1em 0 .4em}
.cw dt{font-weight:600}.cw dd{margin:0}
.cw summary{display:list-item;cursor:pointer}
.cw-all li{padding:0;text-indent:0}
@media (prefers-color-scheme:dark){body:not([data-jp-theme-light=true]) .cw{
--cw-ok:#56d364;--cw-no:#ff7b72;--cw-later:#9198a1;color:var(--jp-content-font-color1,#e6edf3)}}
body[data-jp-theme-light=false] .cw{--cw-ok:#56d364;--cw-no:#ff7b72;--cw-later:#9198a1}
"""


def kind(line: Line) -> str:
    """The verdict's kind: `held`, `failed` or `unknown`."""
    if isinstance(line.verdict, Held):
        return "held"
    return "failed" if isinstance(line.verdict, Failed) else "unknown"


def details(line: Line) -> tuple[tuple[str, str], ...]:
    """What stands below a claim: found and hint, or why it waits."""
    verdict = line.verdict
    if isinstance(verdict, Held):
        return ()
    if isinstance(verdict, Failed):
        pairs = (("found", verdict.found), ("hint", verdict.hint))
        return tuple((label, said) for label, said in pairs if said)
    return (("sorry" if verdict.trouble else "later", verdict.why),)


def text(report: Report) -> str:
    """The report as plain text, a line or three for each claim."""
    return "\n\n".join(["\n".join(_step_text(step)) for step in report.steps] + list(report.notes))


def _step_text(step: StepReport) -> Iterator[str]:
    yield f"Step {step.number}. {step.title}  [{step.points}/{step.out_of}]"
    for line in step.lines:
        yield f"  {MARKS[kind(line)][0]} {line.sentence}"
        yield from (f"      {label:<5}  {said}" for label, said in details(line))


def html(report: Report) -> str:
    """The report as HTML: marks and words, not colour alone; every foreign string escaped."""
    steps = "".join(_step_html(step) for step in report.steps)
    notes = "".join(f"<p>{_safe(note)}</p>" for note in report.notes)
    done = " cw-done" if report.done else ""
    label = _safe(f"Check of lesson {report.lesson}: {report.points} of {report.out_of} points")
    return _box(f"cw{done}", label, steps + notes)


def _step_html(step: StepReport) -> str:
    lines = "".join(_line_html(line) for line in step.lines)
    head = f"Step {step.number}. {_safe(step.title)} – {step.points} of {step.out_of} points"
    return f"<p><strong>{head}</strong></p><ul>{lines}</ul>"


def _line_html(line: Line) -> str:
    mark, word = MARKS[kind(line)]
    rows = " ".join(f"<dt>{label}</dt> <dd>{_safe(said)}</dd>" for label, said in details(line))
    below = f"<dl>{rows}</dl>" if rows else ""
    icon = f'<span aria-hidden="true">{mark}</span>'
    badge = f'<span class="cw-mark cw-{kind(line)}">{icon} {word}</span>'
    return f"<li>{badge} <span>{_safe(line.sentence)}</span> {below}</li>"


def overview_html(report: Report) -> str:
    """The lesson at a glance: each step with its points, its claims folded away."""
    rows = "".join(f"<li>{_folded(step)}</li>" for step in report.steps)
    notes = "".join(f"<p>{_safe(note)}</p>" for note in report.notes)
    head = f"{_safe(report.question)} – {report.points} of {report.out_of} points"
    return _box("cw cw-all", head, f"<p><strong>{head}</strong></p><ul>{rows}</ul>{notes}")


def _folded(step: StepReport) -> str:
    claims = "".join(f"<li><span>{_safe(line.sentence)}</span></li>" for line in step.lines)
    head = f"Step {step.number}. {_safe(step.title)} – {step.points} of {step.out_of} points"
    return f"<details><summary>{head}</summary><ul>{claims}</ul></details>"


def _box(classes: str, label: str, inner: str) -> str:
    box = f'<div class="{classes}" role="group" aria-label="{label}">{inner}</div>'
    return f"<style>{STYLE}</style>{box}"


def json(report: Report) -> Json:
    """The report as JSON data, for programs."""
    return {
        "lesson": report.lesson,
        "points": report.points,
        "out_of": report.out_of,
        "trouble": report.trouble,
        "notes": list(report.notes),
        "steps": [
            {
                "step": s.number,
                "title": s.title,
                "points": s.points,
                "out_of": s.out_of,
                "claims": [_line_json(line) for line in s.lines],
            }
            for s in report.steps
        ],
    }


def _line_json(line: Line) -> Json:
    below: dict[str, Json] = dict(details(line))
    return {"sentence": line.sentence, "verdict": kind(line), **below}


def _safe(text: str) -> str:
    return _html.escape(text)
