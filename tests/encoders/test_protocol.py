from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatlas.encoders import EncoderIdentity

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
_IDENTITY = EncoderIdentity(model="m", revision="1", pooling="mean", prompt="", precision="fp32")


@given(st.builds(EncoderIdentity, *[_TEXTS] * 6))
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
