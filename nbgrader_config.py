"""nbgrader's settings: solutions is the source, exercises the release; read from this folder."""

import os
import sys
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parent if "__file__" in globals() else Path.cwd()
sys.path.insert(0, str(ROOT))
# nbgrader calls alembic by name when it makes the gradebook.
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"

from nbgrader import preprocessors as ng  # noqa: E402

from checker import course  # noqa: E402
from checker.authoring.release import IGNORED, handed_out  # noqa: E402
from checker.grading import guard, show, stubs  # noqa: E402
from checker.grading.execute import GradeOnEngine  # noqa: E402
from checker.grading.export import Grades  # noqa: E402
from checker.grading.intake import collect, complete  # noqa: E402
from checker.grading.outcome import Careful  # noqa: E402
from checker.grading.record import PATTERN as RECORDS  # noqa: E402
from checker.grading.restore import Restore  # noqa: E402
from checker.grading.sealed import SealedExecute  # noqa: E402

# nbgrader's way to add a submission makes SQLAlchemy warn three times for each.
warnings.filterwarnings("ignore", message="Object of type <Submitted")

c = get_config()  # type: ignore[name-defined]

c.CourseDirectory.course_id = "container-workbook"
c.CourseDirectory.root = str(ROOT)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
c.CourseDirectory.submitted_directory = "submitted"
c.CourseDirectory.autograded_directory = "autograded"
c.CourseDirectory.feedback_directory = "feedback"
# A learner's evidence travels with the submission, so it is not ignored here; what is known of
# a graded submission stays where it was graded.
c.CourseDirectory.ignore = [*(name for name in IGNORED if "evidence" not in name), RECORDS]

# A solution becomes an exercise. --force removes the exercise folder: the guard keeps work first.
c.GenerateAssignment.preprocessors = stubs.with_gradebook()
c.GenerateAssignment.exporter_class = guard.Guarded
c.GenerateAssignment.post_convert_hook = guard.forget_evidence

# Archives come in through a guarded door, whole or not at all; links never come further than this.
c.ZipCollectApp.extractor_plugin = collect.Unpack
c.ZipCollectApp.collector_plugin = collect.Collect
c.Autograde.pre_convert_hook = complete.complete
c.Autograde.exporter_class = Careful

# A submission runs in an engine of its own that nothing gets out of. For submissions that you
# trust, WORKBOOK_GRADING=on-engine runs them on the engine at hand, as you, without a limit.
EXECUTE = {"sealed": SealedExecute, "on-engine": GradeOnEngine}
execute = EXECUTE[os.environ.get("WORKBOOK_GRADING", "sealed")]

# What one submission may use. These are the defaults; docs/grading.md tells what each one stops.
c.SealedExecute.memory = "2g"
c.SealedExecute.cpus = 1.5
c.SealedExecute.processes = 512
c.SealedExecute.disk = "4G"
c.SealedExecute.output_bytes = 1_000_000
c.SealedExecute.cell_seconds = 120.0
c.SealedExecute.wall_seconds = 900.0
c.SealedExecute.network = "lesson"
c.SealedExecute.kind = "userns"

c.Autograde.sanitize_preprocessors = [
    ng.ClearOutput,
    Restore,
    ng.DeduplicateIds,
    ng.OverwriteKernelspec,
    ng.OverwriteCells,
    ng.CheckCellMetadata,
]
c.Autograde.autograde_preprocessors = [
    execute,
    ng.LimitOutput,
    ng.SaveAutoGrades,
    ng.AssignLatePenalties,
    ng.CheckCellMetadata,
]
# Learners edit files that were handed out: theirs are graded, not the course's.
c.Autograde.exclude_overwriting = {
    folder: [f"{folder}.evidence.json", *handed_out(ROOT / "solutions" / folder)]
    for folder in course.folders(ROOT)
}

# A submission that could not be graded is exported without a score, not with a zero.
c.ExportApp.plugin_class = Grades

# Feedback and the formgrader show what learners wrote; nothing of it may run.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = show.FILTERS
