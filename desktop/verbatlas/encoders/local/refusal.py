"""Why a model is not used."""

from enum import StrEnum

from verbatlas.errors import Problem, UserError


class Refusal(StrEnum):
    """The reasons; ``verbatlas.sentences`` has the words. ``detail`` of the error names the file, module or value."""

    NO_MODEL = "no_model"  # there is no config.json, or it is no JSON: the folder holds no model
    NO_SAFETENSORS = "no_safetensors"  # only weights that run code when they are opened
    WEIGHTS_INCOMPLETE = "weights_incomplete"  # a part that the index names is missing, or the weights lack a layer
    REMOTE_CODE = "remote_code"  # the model brings Python of its own
    MODULE_UNKNOWN = "module_unknown"  # a step after the transformer that is not known here
    POOLING_UNKNOWN = "pooling_unknown"  # a way to make one vector of many that is not known here
    NO_TEXT_ENCODER = "no_text_encoder"  # no architecture that turns one text into one vector
    NO_TOKENIZER = "no_tokenizer"  # its texts cannot be cut into tokens
    ADAPTER = "adapter"  # only what is added to another model


def refused(model: str, reason: Refusal, *, detail: str = "") -> UserError:
    """Return MODEL_REFUSED, to be raised.

    Args:
        model: The model's name.
        reason: Why.
        detail: The file, module or value that is the reason.
    """
    return UserError(Problem.MODEL_REFUSED, model=model, reason=reason, detail=detail)
