"""The problems that a person can meet; every other exception is a bug."""

from enum import StrEnum


class Problem(StrEnum):
    """What went wrong, as a kind; ``verbatlas.problem_words`` has the words for each.

    The comment behind each kind names the values that its sentence uses.
    """

    FILE_MISSING = "file_missing"  # path
    FILE_UNREADABLE = "file_unreadable"  # path, reason (the operating system's words)
    FILE_IS_FOLDER = "file_is_folder"  # path
    FILE_EMPTY = "file_empty"  # path
    FILE_BINARY = "file_binary"  # path
    FILE_IS_MARKUP = "file_is_markup"  # path
    FILE_UNDECODABLE = "file_undecodable"  # path, encoding, line
    FILE_DAMAGED = "file_damaged"  # path
    FILE_PROTECTED = "file_protected"  # path
    UNPACKED_TOO_LARGE = "unpacked_too_large"  # path
    ARCHIVE_NO_TABLE = "archive_no_table"  # path
    JSON_NOT_TABLE = "json_not_table"  # path, line
    SHEET_MISSING = "sheet_missing"  # path, sheet, sheets
    SHEET_TOO_LARGE = "sheet_too_large"  # path, sheet, rows, columns
    TABLE_TOO_LARGE = "table_too_large"  # path, rows, columns
    TABLE_NO_ROWS = "table_no_rows"  # path
    TABLE_NO_TEXT = "table_no_text"  # path
    TABLE_ALL_BLANK = "table_all_blank"  # columns
    COLUMN_MISSING = "column_missing"  # column, columns
    ALL_LEFT_OUT = "all_left_out"  # (none)
    TEMPLATE_BRACE = "template_brace"  # position, part
    TEMPLATE_COLUMN = "template_column"  # column
    TEMPLATE_EMPTY = "template_empty"  # (none)
    TOO_FEW_DOCUMENTS = "too_few_documents"  # documents, clusters
    OUTPUT_UNWRITABLE = "output_unwritable"  # path, reason
    OUTPUT_IS_INPUT = "output_is_input"  # path
    OUTPUT_KIND = "output_kind"  # path, ending
    CELL_TOO_LONG = "cell_too_long"  # path, row, column, longest
    TOO_MANY_COLUMNS = "too_many_columns"  # path, columns, most
    DISK_FULL = "disk_full"  # path
    MODEL_MISSING = "model_missing"  # model
    MODEL_DAMAGED = "model_damaged"  # model, file
    MODEL_REFUSED = "model_refused"  # model, reason (an encoders.local.Refusal), detail
    STUDY_UNREADABLE = "study_unreadable"  # path
    STUDY_TOO_NEW = "study_too_new"  # path, version, known
    STUDY_LOCKED = "study_locked"  # path
    STUDY_READ_ONLY = "study_read_only"  # path
    STUDY_GONE = "study_gone"  # path
    CLUSTER_MISSING = "cluster_missing"  # cluster
    NAME_BLANK = "name_blank"  # (none)
    CLUSTER_LOCKED = "cluster_locked"  # name
    NOTHING_SELECTED = "nothing_selected"  # (none)
    EDIT_STALE = "edit_stale"  # (none)
    GROUP_NESTED = "group_nested"  # (none)
    PATTERN_UNCLOSED = "pattern_unclosed"  # position, part
    PATTERN_WRONG = "pattern_wrong"  # position, part
    ENCODER_CHANGED = "encoder_changed"  # (none)
    ENCODER_UNKNOWN = "encoder_unknown"  # encoder, nearest, names
    MODEL_NOT_INSTALLED = "model_not_installed"  # model
    MODEL_WITHOUT_SAFETENSORS = "model_without_safetensors"  # model
    MODEL_NEEDS_CODE = "model_needs_code"  # model
    MODEL_NOT_FOR_TEXT = "model_not_for_text"  # model, file
    MODEL_UNKNOWN_TO_HUB = "model_unknown_to_hub"  # model, host
    MODEL_GATED = "model_gated"  # model, host
    MODEL_CHANGED_ON_WAY = "model_changed_on_way"  # model, file, host
    MODEL_FILE_CHANGED = "model_file_changed"  # model, file
    MODEL_BUSY = "model_busy"  # model
    MODEL_NOT_OURS = "model_not_ours"  # model, path
    MODEL_HAS_NO_FILES = "model_has_no_files"  # model
    DISK_TOO_SMALL = "disk_too_small"  # path, needed, free (both in MB)
    OFFLINE = "offline"  # host
    WENT_OFFLINE = "went_offline"  # host
    ADDRESS_WRONG = "address_wrong"  # address
    HUB_UNREACHABLE = "hub_unreachable"  # host
    HUB_UNTRUSTED = "hub_untrusted"  # host
    HUB_FAILING = "hub_failing"  # host, status
    PROXY_FAILING = "proxy_failing"  # host
    SERVER_ADDRESS = "server_address"  # url
    SERVER_ABSENT = "server_absent"  # url, command
    SERVER_LOST = "server_lost"  # url, words
    SERVER_SLOW = "server_slow"  # url
    SERVER_BUSY = "server_busy"  # url
    SERVER_FAILS = "server_fails"  # url, words
    SERVER_KEY = "server_key"  # url
    SERVER_NO_SERVICE = "server_no_service"  # url
    SERVER_NO_MODEL = "server_no_model"  # url, model, models
    SERVER_REFUSES = "server_refuses"  # url, words
    SERVER_NOT_VECTORS = "server_not_vectors"  # url, words
    SERVER_NOT_FINITE = "server_not_finite"  # url, text
    SERVER_DIMENSION = "server_dimension"  # url, before, now
    SERVER_CHANGED = "server_changed"  # url, model
    KEY_NOT_KEPT = "key_not_kept"  # url, variable
    OUT_OF_MEMORY = "out_of_memory"  # (none)
    ENGINE_DIED = "engine_died"  # (none)


class UserError(Exception):
    """A problem with a sentence: what happened, to which file or row, and what to do.

    Attributes:
        problem: The kind of problem.
        values: What the sentence mentions, by name.
    """

    def __init__(self, problem: Problem, **values: object) -> None:
        super().__init__(problem, values)
        self.problem = problem
        self.values = values

    def __reduce__(self) -> tuple[object, ...]:
        """Travel through a pipe whole: the default drops keyword arguments."""
        return _rebuild, (self.problem, self.values)

    def __str__(self) -> str:
        return f"{self.problem}: {self.values}"


def _rebuild(problem: Problem, values: dict[str, object]) -> UserError:
    return UserError(problem, **values)
