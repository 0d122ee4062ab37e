"""Which steps a person sees, and which of them a new wish makes necessary: every step keeps its own result."""

from enum import StrEnum

from verbatlas.engine.stages import Stage
from verbatlas.study import Settings, Study
from verbatlas.words import gettext as _


class Step(StrEnum):
    """The stages as a person sees them; each of the engine's finer ones belongs to one of these."""

    READ = "read"
    EMBED = "embed"
    ARRANGE = "arrange"
    CLUSTER = "cluster"
    NAME = "name"


STEP_OF_STAGE: dict[Stage, Step] = {
    Stage.PREPARE: Step.EMBED,
    Stage.EMBED: Step.EMBED,
    Stage.NEIGHBOURS: Step.ARRANGE,
    Stage.ARRANGE: Step.ARRANGE,
    Stage.CLUSTER: Step.CLUSTER,
    Stage.NAME: Step.NAME,
}


def step_title(step: Step) -> str:
    """Return what happens in ``step``, in plain words."""
    return {
        Step.READ: _("Read the file"),
        Step.EMBED: _("Understand the comments"),
        Step.ARRANGE: _("Arrange the map"),
        Step.CLUSTER: _("Find clusters"),
        Step.NAME: _("Name the clusters"),
    }[step]


def steps_needed(study: Study, wanted: Settings, *, is_stale: bool = False) -> tuple[Step, ...]:
    """Return what must be done until ``study`` shows what ``wanted`` asks for; nothing when it does already.

    Args:
        study: The study.
        wanted: What its clusters should be.
        is_stale: Its clusters are not those of its settings any more, as after an undo.
    """
    asked_before = study.settings
    clustered = (Step.CLUSTER, Step.NAME)
    reading = (wanted.encoder, wanted.precision, wanted.seed)
    if not study.has_embedding or reading != (asked_before.encoder, asked_before.precision, asked_before.seed):
        return (Step.EMBED, Step.ARRANGE, *clustered)
    if not study.has_arrangement:
        return (Step.ARRANGE, *clustered)
    if study.labelling is None or is_stale or wanted != asked_before:
        return clustered
    return ()
