from verbatlas.encoders.server.batches import Limits, batches


def test_every_text_is_in_one_batch_the_longest_first() -> None:
    texts = ["x" * (1 + number * 7 % 50) for number in range(100)]

    parts = batches(texts, Limits())

    places = [place for part in parts for place in part.tolist()]
    assert sorted(places) == list(range(100))
    lengths = [len(texts[place]) for place in places]
    assert lengths == sorted(lengths, reverse=True)
    assert max(map(len, parts)) == 31


def test_many_long_texts_do_not_go_together() -> None:
    assert [len(part) for part in batches(["x" * 9_000] * 4, Limits())] == [2, 2]


def test_texts_that_may_be_too_long_go_alone() -> None:
    parts = batches(["short", "y" * 600, "short too", "z" * 700], Limits.of(512))

    assert [part.tolist() for part in parts] == [[3], [1], [2, 0]]


def test_texts_longer_than_the_model_reads_are_not_sent_whole_to_a_server_that_names_no_limit() -> None:
    limits = Limits.of(None, model_tokens=512)

    assert limits.longest == 12 * 512
    assert [part.tolist() for part in batches(["short", "y" * 600, "short too"], limits)] == [[1, 2, 0]]
    assert Limits.of(None) == Limits()
    assert Limits.of(256, model_tokens=512) == Limits.of(256)


def test_a_server_that_takes_few_texts_gets_few() -> None:
    assert [len(part) for part in batches(["x"] * 10, Limits(most=4))] == [4, 4, 2]


def test_no_texts_are_no_batches() -> None:
    assert batches([], Limits()) == []
