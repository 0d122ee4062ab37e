"""Which steps a person sees, and which of them a new wish makes necessary: every step keeps its own result."""

from enum import StrEnum

from verbatlas.engine.stages import Stage
from verbatlas.study import Settings, Study
from verbatlas.words import gettext as _


class Step(StrEnum):
    """The stages as a person sees them; each of the engine's finer ones belongs to one of these."""

    READ = "read"
    LEAVE_OUT = "leave_out"
    EMBED = "embed"
    ARRANGE = "arrange"
    CLUSTER = "cluster"
    NAME = "name"


STEP_OF_STAGE: dict[Stage, Step] = {
    Stage.LEAVE_OUT: Step.LEAVE_OUT,
    Stage.PREPARE: Step.EMBED,
    Stage.EMBED: Step.EMBED,
    Stage.WORDING: Step.ARRANGE,
    Stage.NEIGHBOURS: Step.ARRANGE,
    Stage.ARRANGE: Step.ARRANGE,
    Stage.CLUSTER: Step.CLUSTER,
    Stage.NAME: Step.NAME,
}


def step_title(step: Step) -> str:
    """Return what happens in ``step``, in plain words."""
    return {
        Step.READ: _("Read the file"),
        Step.LEAVE_OUT: _("Look for short and repeated comments"),
        Step.EMBED: _("Understand the comments"),
        Step.ARRANGE: _("Arrange the map"),
        Step.CLUSTER: _("Find clusters"),
        Step.NAME: _("Name the clusters"),
    }[step]


def all_steps(wanted: Settings) -> tuple[Step, ...]:
    """Return what a study that has nothing yet must go through to show what ``wanted`` asks for."""
    return (*_sifting(wanted), Step.EMBED, Step.ARRANGE, Step.CLUSTER, Step.NAME)


def steps_needed(study: Study, wanted: Settings, *, is_stale: bool = False) -> tuple[Step, ...]:
    """Return what must be done until ``study`` shows what ``wanted`` asks for; nothing when it does already.

    Args:
        study: The study.
        wanted: What its clusters should be.
        is_stale: Its clusters are not those of its settings any more, as after an undo.
    """
    asked_before = study.settings
    reading = (wanted.encoder, wanted.precision, wanted.seed)
    is_other = reading != (asked_before.encoder, asked_before.precision, asked_before.seed)
    if not study.has_embedding or is_other or wanted.sieve != study.embedding_sieve:
        return all_steps(wanted)
    clustered = (Step.CLUSTER, Step.NAME)
    if not study.has_arrangement:
        return (*_sifting(wanted), Step.ARRANGE, *clustered)
    if study.labelling is None or is_stale or wanted != asked_before:
        return (*_sifting(wanted), *clustered)
    return ()


def _sifting(wanted: Settings) -> tuple[Step, ...]:
    """Return the step that is taken in every run, because its result belongs to the clusters, where it is needed."""
    return (Step.LEAVE_OUT,) if wanted.leave_out else ()
