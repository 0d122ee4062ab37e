import sys

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
