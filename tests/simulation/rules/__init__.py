"""The rules R36–R51 once more, written from their text alone. Nothing here knows the product (a test holds that)."""
