"""The words for what went wrong: one sentence per kind of problem, in the window as on the command line."""

from collections.abc import Callable

from verbatlas.errors import Problem, UserError
from verbatlas.local_words import refusal_words
from verbatlas.words import gettext as _

# Each entry is a function so that the words are looked up when they are needed, in the language of that moment.
_PROBLEMS: dict[Problem, Callable[[], str]] = {
    Problem.FILE_MISSING: lambda: _("There is no file at {path}. Check the name, or whether it was moved or renamed."),
    Problem.FILE_UNREADABLE: lambda: _(
        "{path} could not be read: {reason}. Check that you may open it and that no other program holds it."
    ),
    Problem.FILE_IS_FOLDER: lambda: _("{path} is a folder. Choose a file in it."),
    Problem.FILE_EMPTY: lambda: _("{path} is empty: there is nothing in it to read. Export it once more."),
    Problem.FILE_BINARY: lambda: _(
        "{path} is not a text table. Save it as CSV (in Excel: File > Save As > CSV UTF-8) and open that file."
    ),
    Problem.FILE_IS_MARKUP: lambda: _(
        "{path} is a web page or XML, which some programs export for Excel to open. Open it in Excel or LibreOffice, "
        "save it as an Excel workbook (.xlsx), and open that file."
    ),
    Problem.FILE_UNDECODABLE: lambda: _(
        "{path} could not be read as {encoding}: line {line} has bytes that mean nothing there. "
        "Choose another encoding, or save the file as CSV UTF-8."
    ),
    Problem.FILE_DAMAGED: lambda: _("{path} is damaged or was cut off on its way. Get or export the file once more."),
    Problem.FILE_PROTECTED: lambda: _(
        "{path} is protected by a password. Open it in the program that made it, "
        "save it without one, and open that file."
    ),
    Problem.UNPACKED_TOO_LARGE: lambda: _(
        "{path} would unpack to far more than a table can be, so it was not unpacked. "
        "If you trust it, unpack it with another program and open what is in it."
    ),
    Problem.ARCHIVE_NO_TABLE: lambda: _("There is no table in {path}. Unpack it, and open the file that you need."),
    Problem.JSON_NOT_TABLE: lambda: _(
        "{path} is not a table: what begins in line {line} is not a whole JSON object. "
        "Export it as JSON Lines, one object a line, or as an array of objects."
    ),
    Problem.SHEET_MISSING: lambda: _("There is no sheet '{sheet}' in {path}. It has: {sheets}."),
    Problem.SHEET_TOO_LARGE: lambda: _(
        "The sheet '{sheet}' of {path} reaches to row {rows} and column {columns}, which does not fit into the memory. "
        "Copy the table into a new workbook, or save it as CSV."
    ),
    Problem.TABLE_TOO_LARGE: lambda: _(
        "{path} would be a table of {rows} rows and {columns} columns, which does not fit into the memory. "
        "Check that it is a table, or export it once more with fewer columns."
    ),
    Problem.TABLE_NO_ROWS: lambda: _(
        "{path} has a header but no rows below it. Export it once more with the comments."
    ),
    Problem.TABLE_NO_TEXT: lambda: _(
        "{path} has no column that looks like comments. Choose the column that holds the text."
    ),
    Problem.TABLE_ALL_BLANK: lambda: _(
        "There is no text in the chosen column ({columns}): all its cells are blank. Choose another column."
    ),
    Problem.COLUMN_MISSING: lambda: _("There is no column '{column}'. The file has: {columns}."),
    Problem.ALL_LEFT_OUT: lambda: _(
        "Every comment would be left out, so there is nothing to cluster. Leave out less, or choose another column."
    ),
    Problem.TEMPLATE_BRACE: lambda: _(
        "The brace at character {position} has no partner: {part}. Write the name of a column between braces; for a "
        "brace itself, write it twice."
    ),
    Problem.TEMPLATE_COLUMN: lambda: _(
        "There is no column '{column}'. Write the names in braces as they stand in the list; for a brace itself, "
        "write it twice."
    ),
    Problem.TEMPLATE_EMPTY: lambda: _("There is no column in it. Write the name of at least one between braces."),
    Problem.TOO_FEW_DOCUMENTS: lambda: _(
        "You asked for {clusters} clusters, but there are only {documents} comments with text. "
        "Ask for {documents} or fewer."
    ),
    Problem.OUTPUT_UNWRITABLE: lambda: _(
        "{path} could not be written: {reason}. Close it in other programs, or choose another folder."
    ),
    Problem.OUTPUT_IS_INPUT: lambda: _(
        "{path} is the file that you opened. Choose another name, so that your original stays as it is."
    ),
    Problem.OUTPUT_KIND: lambda: _(
        "Files ending with {ending} can be read but not written. "
        "Choose a name that ends with .xlsx, .csv, .jsonl or .parquet."
    ),
    Problem.CELL_TOO_LONG: lambda: _(
        "Row {row} of the column '{column}' has more than {longest} characters, which no Excel cell can hold. "
        "Choose a name that ends with .csv, .jsonl or .parquet, so that nothing is cut."
    ),
    Problem.TOO_MANY_COLUMNS: lambda: _(
        "The table has {columns} columns, but an Excel sheet holds {most}. "
        "Choose a name that ends with .csv, .jsonl or .parquet."
    ),
    Problem.DISK_FULL: lambda: _(
        "The disk is full: {path} could not be written. Free some space, or choose another disk. "
        "Nothing that was saved before is lost."
    ),
    Problem.MODEL_MISSING: lambda: _("The model {model} is not installed. Install Verbatlas again."),
    Problem.MODEL_DAMAGED: lambda: _(
        "The model {model} is damaged: its file {file} is not the one that was published. Install Verbatlas again."
    ),
    Problem.MODEL_REFUSED: lambda: _(
        "The model {model} is not used: {why}. Choose another model, or another version of this one."
    ),
    Problem.STUDY_UNREADABLE: lambda: _(
        "{path} could not be opened as a Verbatlas study: it is damaged or something else."
    ),
    Problem.STUDY_TOO_NEW: lambda: _(
        "{path} was made by a newer Verbatlas (format {version}; this one knows {known}). Update Verbatlas to open it."
    ),
    Problem.STUDY_LOCKED: lambda: _("{path} is open in another window. Close it there first."),
    Problem.STUDY_READ_ONLY: lambda: _(
        "{path} is shown read only. To go on working, save a copy (File menu) and open that; nothing was changed."
    ),
    Problem.STUDY_GONE: lambda: _(
        "The study is no longer at {path}: it was moved, renamed or deleted. Put it back, or save a copy (File menu) "
        "and go on with that; all you did until now is in the copy. This last change was not made."
    ),
    Problem.CLUSTER_MISSING: lambda: _("Cluster {cluster} is no longer there."),
    Problem.NAME_BLANK: lambda: _("A cluster needs a name: type at least one letter."),
    Problem.CLUSTER_LOCKED: lambda: _("The cluster '{name}' is locked. Unlock it first; nothing was changed."),
    Problem.NOTHING_SELECTED: lambda: _("There is too little selected for this. Select more, and try again."),
    Problem.EDIT_STALE: lambda: _(
        "The comments have been moved since this was computed, so it no longer fits. Nothing was changed; "
        "compute it again."
    ),
    Problem.GROUP_NESTED: lambda: _(
        "A group cannot stand in another group or in itself. Ungroup it first; nothing was changed."
    ),
    Problem.PATTERN_UNCLOSED: lambda: _(
        "The bracket at character {position} of the pattern is never closed: {part}. Close it; or put \\ before it to "
        "search for the bracket itself."
    ),
    Problem.PATTERN_WRONG: lambda: _(
        "The pattern is wrong at character {position}: {part}. Correct it there; or choose 'Words' to search for the "
        "text as it is."
    ),
    Problem.ENCODER_CHANGED: lambda: _(
        "The comments of this study were read by another version of the model, so meanings cannot be compared. "
        "Make the map once more, or search for words."
    ),
    Problem.ENCODER_UNKNOWN: lambda: _(
        "No encoder is called '{encoder}'. The nearest name is {nearest}; there are {names}. A model of the hub "
        "(owner/name), a folder and the address of a server are understood too."
    ),
    Problem.MODEL_NOT_INSTALLED: lambda: _(
        "The model {model} is not on this computer. Download it in the window of models (File > Models), or with: "
        "verbatlas models download {model}."
    ),
    Problem.MODEL_WITHOUT_SAFETENSORS: lambda: _(
        "{model} was refused: its weights are published only in files that can run a program on this computer, and "
        "nobody trusted has converted them. Verbatlas opens safetensors only. Choose another model."
    ),
    Problem.MODEL_NEEDS_CODE: lambda: _(
        "{model} was refused: it works only with program code from its makers, which would run on this computer with "
        "all your rights. Verbatlas never runs such code. Choose another model."
    ),
    Problem.MODEL_NOT_FOR_TEXT: lambda: _(
        "{model} cannot be used: it has no usable {file}, so it is no model for texts that Verbatlas can run. "
        "Choose another model."
    ),
    Problem.MODEL_UNKNOWN_TO_HUB: lambda: _(
        "{host} has no model {model}, or it is private. Check the name; if this is a mirror, try huggingface.co or "
        "another one."
    ),
    Problem.MODEL_GATED: lambda: _(
        "{host} gives {model} only to people who asked for it: accept its terms on its page there, save your key with "
        "'hf auth login', and download it again."
    ),
    Problem.MODEL_CHANGED_ON_WAY: lambda: _(
        "The file {file} of {model} did not arrive as {host} has it, so it was thrown away. Download it again; if it "
        "happens again, something on the way (a proxy, a mirror) changes it: try another one."
    ),
    Problem.MODEL_FILE_CHANGED: lambda: _(
        "The file {file} of {model} is missing or no longer what was downloaded. Remove the model and download it "
        "again."
    ),
    Problem.MODEL_BUSY: lambda: _(
        "{model} is being downloaded or removed by another window or command just now. Wait until that is done."
    ),
    Problem.MODEL_NOT_OURS: lambda: _(
        "{model} lies in {path}, which Verbatlas did not fill, so it was not removed. Delete the folder yourself if "
        "you no longer need it."
    ),
    Problem.MODEL_HAS_NO_FILES: lambda: _(
        "{model} has no files of its own that could be downloaded, removed or checked. Choose a model of the hub."
    ),
    Problem.DISK_TOO_SMALL: lambda: _(
        "There is not enough room in {path}: {needed} MB are needed and {free} MB are free. Free some space, or choose "
        "a larger disk with VERBATLAS_MODELS_DIR. What is there already is kept."
    ),
    Problem.OFFLINE: lambda: _(
        "Verbatlas is switched to work offline, so {host} was not asked. Allow it in the window of models under "
        "'Network and storage', or for one command with --allow-network; VERBATLAS_OFFLINE and HF_HUB_OFFLINE must not "
        "be set. Then try again."
    ),
    Problem.WENT_OFFLINE: lambda: _(
        "Verbatlas was switched to stay offline, so the connection to {host} was ended. What had arrived until then is "
        "kept. Once the network is allowed again, begin again and it goes on from there."
    ),
    Problem.ADDRESS_WRONG: lambda: _(
        "'{address}' is not an address. Write it as https://hf-mirror.com, or http://proxy.example:3128 for a proxy."
    ),
    Problem.HUB_UNREACHABLE: lambda: _(
        "{host} cannot be reached. Check the network, or whether you need a proxy or a mirror (such as "
        "https://hf-mirror.com). What has arrived is kept: the next download goes on from there."
    ),
    Problem.HUB_UNTRUSTED: lambda: _(
        "The certificate of {host} is not one that this computer trusts, so nothing was sent. If your company looks "
        "into connections, ask for its certificate and name the file in SSL_CERT_FILE."
    ),
    Problem.HUB_FAILING: lambda: _(
        "{host} is in trouble (it answered {status}), also when asked again. Try later, or use a mirror. What has "
        "arrived is kept: the next download goes on from there."
    ),
    Problem.PROXY_FAILING: lambda: _(
        "The proxy {host} cannot be reached or refuses the connection. Check its address and whether it wants a name "
        "and a password (http://name:password@host:port)."
    ),
    Problem.SERVER_ADDRESS: lambda: _(
        "{url} is not the address of a server. Write it as http://localhost:30000/v1, without a name, a password or "
        "anything behind a '?'; the key has a field of its own."
    ),
    Problem.SERVER_ABSENT: lambda: _(
        "No server answers at {url}. Check the address and that the server is running. "
        "SGLang, for one, is started like this: {command}."
    ),
    Problem.SERVER_LOST: lambda: _(
        "The connection to {url} broke off again and again ({words}). Check the network and whether the server is "
        "still running, and start again: what was read until then is kept."
    ),
    Problem.SERVER_SLOW: lambda: _(
        "The server at {url} did not answer in time. Start again when it has less to do, or take a smaller model: what "
        "was read until then is kept."
    ),
    Problem.SERVER_BUSY: lambda: _(
        "The server at {url} takes no more requests for now (429). Start again later: what was read until then is kept."
    ),
    Problem.SERVER_FAILS: lambda: _(
        "The server at {url} failed again and again; it says: {words}. Look into its own messages, and start again "
        "when it works: what was read until then is kept."
    ),
    Problem.SERVER_KEY: lambda: _(
        "The server at {url} does not accept the API key. Enter the key that whoever runs the server gave you."
    ),
    Problem.SERVER_NO_SERVICE: lambda: _(
        "There is a server at {url}, but it has no embeddings there. Most addresses end with /v1; check it, and that "
        "the server was started for embeddings."
    ),
    Problem.SERVER_NO_MODEL: lambda: _("The server at {url} has no model '{model}'. It has: {models}."),
    Problem.SERVER_REFUSES: lambda: _(
        "The server at {url} refuses the request; it says: {words}. Show this to whoever runs the server."
    ),
    Problem.SERVER_NOT_VECTORS: lambda: _(
        "What the server at {url} sends is not one vector for each text: {words}. Check that the model is one for "
        "embeddings and that the address is that of an OpenAI-compatible service."
    ),
    Problem.SERVER_NOT_FINITE: lambda: _(
        "The server at {url} sends a vector without a direction for the text '{text}'. Ask whoever runs it to start "
        "the model with --dtype float32 or bfloat16."
    ),
    Problem.SERVER_DIMENSION: lambda: _(
        "The server at {url} sent vectors of {before} numbers first and of {now} now: it runs another model. What was "
        "read until then is kept for the first; start that model again, or read everything with the new one."
    ),
    Problem.SERVER_CHANGED: lambda: _(
        "The server at {url} no longer answers as '{model}' did at the beginning: it runs another model. What was read "
        "until then is kept for the first; start that model again, or read everything with the new one."
    ),
    Problem.KEY_NOT_KEPT: lambda: _(
        "This computer has no keyring that could keep the key for {url} safely, so it was not kept. "
        "Set the environment variable {variable} before you start Verbatlas."
    ),
    Problem.OUT_OF_MEMORY: lambda: _(
        "There was not enough memory. Close other programs, or open a smaller part of the file. Your work is kept."
    ),
    Problem.ENGINE_DIED: lambda: _(
        "The calculation stopped unexpectedly. Your work is kept; start it again. If it happens again, "
        "the file may need more memory than this computer has."
    ),
}


def sentence(error: UserError) -> str:
    """Return what happened, to which file or row, and what to do, in the person's language."""
    values = {name: _shown(value) for name, value in error.values.items()}
    if error.problem == Problem.MODEL_REFUSED:
        values["why"] = refusal_words(str(error.values["reason"]), str(error.values.get("detail", "")))
    return _PROBLEMS[error.problem]().format_map(values)


def _shown(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item) for item in value)
    return str(value)
