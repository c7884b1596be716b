"""What Docker looked like, as frozen values. It knows nothing about Docker's interface."""

from checker.model.asked import (
    Answer,
    Command,
    Event,
    File,
    Json,
    Near,
    Output,
    Question,
    Reply,
    Trouble,
)
from checker.model.evidence import Evidence, Snapshot, Wanted
from checker.model.things import (
    AS_ASKED,
    HIDDEN,
    Container,
    Image,
    Machine,
    Mount,
    Network,
    Port,
    Volume,
)

__all__ = [
    "AS_ASKED",
    "HIDDEN",
    "Answer",
    "Command",
    "Container",
    "Event",
    "Evidence",
    "File",
    "Image",
    "Json",
    "Machine",
    "Mount",
    "Near",
    "Network",
    "Output",
    "Port",
    "Question",
    "Reply",
    "Snapshot",
    "Trouble",
    "Volume",
    "Wanted",
]
