"""For all tests: examples are chosen the same way every time, and no test fails for being slow."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SHARED = Path(__file__).resolve().parents[2] / "shared"

settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("searching", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture
def shared() -> Path:
    """The folder of real documents beside the checkout; tests that use it skip when it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here")
    return SHARED


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A page read in nynorsk leaves its thread in nynorsk; the next test starts in the site's own language."""
    yield
    if "django" in sys.modules:
        from django.utils import translation

        translation.deactivate()
