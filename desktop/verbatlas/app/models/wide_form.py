"""A form whose fields take all the width that there is."""

from PySide6.QtWidgets import QFormLayout, QWidget


def wide_form(rows: dict[str, QWidget]) -> QFormLayout:
    """Return a form with one row for each label and its field."""
    form = QFormLayout()
    form.setHorizontalSpacing(12)
    form.setVerticalSpacing(10)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for words, field in rows.items():
        form.addRow(words, field)
    return form
