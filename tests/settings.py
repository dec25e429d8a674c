"""Settings for tests: a data folder of their own, quick password hashing, nothing left behind."""

import os
import tempfile

os.environ.setdefault("GRUNNMUR_DATA", tempfile.mkdtemp(prefix="grunnmur-test-"))
os.environ.setdefault("GRUNNMUR_SECRET_KEY", "only-for-tests")
os.environ.setdefault("GRUNNMUR_MUNICIPALITY", "Larvik kommune")

from grunnmur_web.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# A file, as in use: readers and a writer at the same time, which SQLite in memory refuses.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}  # noqa: F405
# Each live server thread lets go of its connection, so that the test database can be taken away.
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
