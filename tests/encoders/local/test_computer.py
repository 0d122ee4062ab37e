import sys
from pathlib import Path

import pytest

from verbatlas.encoders.local import computer


def test_the_key_is_short_and_stays() -> None:
    assert computer.computer_key() == computer.computer_key()
    assert len(computer.computer_key()) == 12


def test_another_processor_has_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = computer.computer_key()
    monkeypatch.setattr(computer, "processor_name", lambda: "Another processor")
    assert computer.computer_key() != before


def test_a_processor_has_a_name() -> None:
    assert computer.processor_name().strip()


@pytest.mark.parametrize(("machine", "expected"), [("arm64", "mps"), ("x86_64", "")])
def test_only_new_macs_have_a_card_of_their_own(monkeypatch: pytest.MonkeyPatch, machine: str, expected: str) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(computer.platform, "machine", lambda: machine)
    assert computer.may_have_card() == expected


def test_without_a_driver_there_is_no_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(computer._DRIVERS, "linux", "libno-such-driver.so")
    assert computer.may_have_card() == ""


def test_a_pytorch_for_processors_has_no_use_for_a_driver(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(computer._DRIVERS, "linux", None)  # the program itself, which can always be opened
    (tmp_path / "torch" / "lib").mkdir(parents=True)
    (tmp_path / "torch" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    assert computer.may_have_card() == ""
    (tmp_path / "torch" / "lib" / "libtorch_cuda.so").touch()
    assert computer.may_have_card() == "cuda"
