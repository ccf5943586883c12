"""Bits and their published form."""

from __future__ import annotations

import base64
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.domain.status_list import ENTRIES, encoded_list, is_set


@given(st.sets(st.integers(0, ENTRIES - 1), max_size=30), st.integers(0, ENTRIES - 1))
def test_a_bit_reads_as_it_was_set(positions, other):
    encoded = encoded_list(positions)
    assert all(is_set(encoded, at) for at in positions)
    assert is_set(encoded, other) == (other in positions)


def test_the_first_position_is_the_first_bit_from_the_left():
    bits = gzip.decompress(base64.urlsafe_b64decode(encoded_list([0, 9])[1:] + "=="))
    assert (len(bits), bits[:2], set(bits[2:])) == (16_384, b"\x80\x40", {0})


def test_the_same_bits_are_the_same_text():
    assert encoded_list([5, 7]) == encoded_list([7, 5])


@pytest.mark.parametrize("position", [-1, ENTRIES])
def test_a_place_outside_is_refused(position):
    with pytest.raises(ValueError, match="outside"):
        encoded_list([position])


@pytest.mark.parametrize(
    "bits", [b"", b"\x00" * 10, b"\x00" * 16_385, b"\x00" * 90_000_000], ids=["none", "short", "longer", "bomb"]
)
def test_a_list_of_another_length_is_refused(bits):
    encoded = "u" + base64.urlsafe_b64encode(gzip.compress(bits)).decode().rstrip("=")
    with pytest.raises(ValueError, match="length"):
        is_set(encoded, 0)


@pytest.mark.parametrize("encoded", ["", "u", "z123", "u!!!!", "uAAAA", "H4sI"])
def test_what_is_no_list_is_refused(encoded):
    with pytest.raises(ValueError, match="list"):
        is_set(encoded, 0)
