"""A server that turns comments into vectors: where it is, whether it answers, and which of its models to use."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from verbatlas.app.models.wide_form import wide_form
from verbatlas.app.words_label import words_label
from verbatlas.encoders.server import DEFAULT_ADDRESS
from verbatlas.words import gettext as _


class ServerPage(QWidget):
    """Ask for a server and show what it answered.

    Attributes:
        test_asked: Try the server at this address, with this key and model (blank for its first).
        use_asked: Read the comments with this encoder, a server's address with the model behind ``#``, and this key.
        keep_asked: List this encoder among the others, and keep this key.
        forget_asked: Take this encoder off the list.
        address_changed: The address is another one.
    """

    test_asked = Signal(str, str, str)
    use_asked = Signal(str, str)
    keep_asked = Signal(str, str)
    forget_asked = Signal(str)
    address_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.address = QLineEdit(DEFAULT_ADDRESS)
        self.address.setAccessibleName(_("Address"))
        self.key = QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.setAccessibleName(_("Key"))
        self.key.setPlaceholderText(_("none; kept in this computer's key ring, never in a file"))
        self.model = QComboBox()
        typed = QLineEdit()
        typed.setPlaceholderText(_("the server's first; the test lists all"))
        self.model.setLineEdit(typed)
        self.model.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.model.setAccessibleName(_("Model"))
        self.test = QPushButton(_("Test"))
        self.keep = QPushButton(_("Add to the list"))
        self.use = QPushButton(_("Use for this table"))
        self.use.setProperty("kind", "primary")
        self.leaves = words_label("notice")
        self.key_problem = words_label("problem", selectable=True)
        self.result = words_label("cell", selectable=True)
        self.kept = QListWidget()
        self.kept.setAccessibleName(_("Servers"))
        self.forget = QPushButton(_("Take off the list"))
        self._may_use = False
        self._build()

    @property
    def encoder(self) -> str:
        """The server and its model as an encoder is named."""
        address, model = self.address.text().strip().rstrip("/"), self.model.currentText().strip()
        return f"{address}#{model}" if model else address

    def show_kept(self, servers: tuple[str, ...]) -> None:
        """List the servers that were added before."""
        self.kept.clear()
        for server in servers:
            QListWidgetItem(server, self.kept)
        for part in (self.kept, self.forget):
            part.setVisible(bool(servers))
        self.forget.setEnabled(self.kept.currentRow() >= 0)

    def allow_use(self, *, is_possible: bool) -> None:
        """Say whether there is a table that could be read."""
        self._may_use = is_possible
        self._enable()

    def warn(self, sentence: str) -> None:
        """Say what a person must know before using this address; nothing when blank."""
        self.leaves.setText(sentence)
        self.leaves.setVisible(bool(sentence))

    def show_key_problem(self, sentence: str) -> None:
        """Say why the key was not kept, beside whatever else is said; nothing when blank."""
        self.key_problem.setText(sentence)
        self.key_problem.setVisible(bool(sentence))

    def show_testing(self) -> None:
        """Say that the server is being tried."""
        self.test.setEnabled(False)
        self._say(_("Asking the server…"), role="cell")

    def show_answer(self, sentences: str, models: tuple[str, ...]) -> None:
        """Show what the test found out, and offer the server's models."""
        wanted = self.model.currentText()
        self.model.clear()
        self.model.addItems(list(models))
        self.model.setEditText(wanted or (models[0] if models else ""))
        self._end_test(sentences, role="cell")

    def show_problem(self, sentence: str) -> None:
        """Show why the server cannot be used as it is."""
        self._end_test(sentence, role="problem")

    def _end_test(self, words: str, *, role: str) -> None:
        self._say(words, role=role)
        self._enable()

    def _say(self, words: str, *, role: str) -> None:
        self.result.setProperty("role", role)
        self.result.style().unpolish(self.result)
        self.result.style().polish(self.result)
        self.result.setText(words)
        self.result.setAccessibleName(words)

    def _enable(self) -> None:
        has_address = bool(self.address.text().strip())
        self.test.setEnabled(has_address)
        self.keep.setEnabled(has_address)
        self.use.setEnabled(has_address and self._may_use)

    def _on_address(self) -> None:
        self._say("", role="cell")
        self.show_key_problem("")
        self._enable()
        self.address_changed.emit(self.address.text().strip())

    def _on_test(self) -> None:
        self.test_asked.emit(self.address.text().strip(), self.key.text(), self.model.currentText().strip())

    def _on_kept(self, item: QListWidgetItem) -> None:
        address, _mark, model = item.text().partition("#")
        self.address.setText(address)
        self.model.setEditText(model)
        self.forget.setEnabled(True)

    def _on_forget(self) -> None:
        if (item := self.kept.currentItem()) is not None:
            self.forget_asked.emit(item.text())

    def _build(self) -> None:
        form = wide_form({_("Address"): self.address, _("Key"): self.key, _("Model"): self.model})
        buttons = QHBoxLayout()
        buttons.addWidget(self.test)
        buttons.addStretch(1)
        buttons.addWidget(self.keep)
        buttons.addWidget(self.use)
        kept_row = QHBoxLayout()
        kept_row.addStretch(1)
        kept_row.addWidget(self.forget)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        said = _(
            "A program on this computer or in your company can run a model for you: SGLang, vLLM, Infinity, TEI, "
            "Ollama, or anything else that speaks the OpenAI interface. Ask whoever runs it for its address."
        )
        column.addWidget(words_label("secondary", text=said))
        column.addLayout(form)
        column.addWidget(self.leaves)
        column.addWidget(self.key_problem)
        column.addLayout(buttons)
        column.addWidget(self.result)
        column.addStretch(1)
        column.addWidget(self.kept)
        column.addLayout(kept_row)
        self.leaves.hide()
        self.key_problem.hide()
        self.kept.setMaximumHeight(110)
        self.address.textChanged.connect(self._on_address)
        self.test.clicked.connect(self._on_test)
        self.key.textChanged.connect(lambda: self.show_key_problem(""))
        self.keep.clicked.connect(lambda: self.keep_asked.emit(self.encoder, self.key.text()))
        self.use.clicked.connect(lambda: self.use_asked.emit(self.encoder, self.key.text()))
        self.kept.itemActivated.connect(self._on_kept)
        self.kept.itemClicked.connect(self._on_kept)
        self.forget.clicked.connect(self._on_forget)
