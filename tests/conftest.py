"""What all tests share."""

from hypothesis import settings

# a test that is slow on a busy machine is not wrong, and the same tests run everywhere
settings.register_profile("house", deadline=None, derandomize=True, max_examples=30)
settings.load_profile("house")
