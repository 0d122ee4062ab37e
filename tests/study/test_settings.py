"""Settings survive other versions of the program."""

from verbatlas.study import LeaveOut, Settings


def test_settings_come_back() -> None:
    settings = Settings(encoder="lexical", method="kmeans", n_clusters=5, every_row=True, seed=3)

    assert Settings.from_json(settings.to_json()) == settings


def test_what_is_missing_gets_the_default_and_what_is_unknown_is_left_aside() -> None:
    assert Settings.from_json('{"seed": 3, "colour_of_the_sky": "blue"}') == Settings(seed=3)


def test_what_is_left_out_comes_back_in_one_order_and_unknown_kinds_are_left_aside() -> None:
    settings = Settings(leave_out=(LeaveOut.SHORT, LeaveOut.NEAR_DUPLICATES))
    assert Settings.from_json(settings.to_json()) == settings
    assert Settings.from_json('{"leave_out": ["near-duplicates", "rude", "short"]}') == settings
    assert (settings.sieve, Settings().sieve) == ("short near-duplicates 7", "")
