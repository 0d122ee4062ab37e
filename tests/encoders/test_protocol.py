from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatlas.encoders import EncoderIdentity

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
_IDENTITY = EncoderIdentity(model="m", revision="1", pooling="mean", prompt="", precision="fp32")


@given(st.builds(EncoderIdentity, *[_TEXTS] * len(fields(EncoderIdentity))))
def test_an_identity_comes_back_from_its_key(identity: EncoderIdentity) -> None:
    assert EncoderIdentity.from_key(identity.key()) == identity


@pytest.mark.parametrize("field", [field.name for field in fields(EncoderIdentity)])
def test_identities_that_differ_in_anything_have_different_keys(field: str) -> None:
    assert replace(_IDENTITY, **{field: "other"}).key() != _IDENTITY.key()


def test_a_key_is_one_line() -> None:
    assert "\n" not in replace(_IDENTITY, prompt="first\nsecond").key()


@pytest.mark.parametrize("key", ["", "minilm", "[]", "null", "{}", '{"model": "m"}', '{"flavour": "sweet"}'])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(ValueError):
        EncoderIdentity.from_key(key)


def test_an_identity_of_an_older_study_is_read() -> None:
    key = '{"fitted_on": "", "model": "m", "pooling": "mean", "precision": "fp32", "prompt": "", "revision": "1"}'
    assert EncoderIdentity.from_key(key) == _IDENTITY


@pytest.mark.parametrize("field", [field.name for field in fields(EncoderIdentity)])
def test_only_the_precision_may_differ_between_a_query_and_documents(field: str) -> None:
    other = replace(_IDENTITY, **{field: "other"})
    assert _IDENTITY.is_comparable(other) is (field == "precision")
    assert other.is_comparable(_IDENTITY) is (field == "precision")
