"""The real settings, made quick and kept away from this installation's own data."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# A directory of its own for each process: parallel workers share no SQLite file, and `var/` is never touched.
DATA = tempfile.mkdtemp(prefix="counterpoint-tests-")
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
os.environ |= {"DATA_DIR": DATA, "ENV_FILE": os.devnull}

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, DB_VENDOR, LOGGING, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Every Client loads the middleware anew, which would list all static files each time: a quarter of the suite's time.
# The tests of these files ask for them; the live server of the browser tests has a handler of its own.
SERVESTATIC_USE_FINDERS = SERVESTATIC_AUTOREFRESH = SERVESTATIC_USE_STATIC_ROOT = False
STATIC_ROOT = Path(DATA) / "staticfiles"
STATIC_ROOT.mkdir()
# One person writes a whole tree in a second here; the test of the limit sets its own.
WRITES_PER_MINUTE = 10**6
LOGGING["root"] = {"handlers": ["nowhere"], "level": "INFO"}

if DB_VENDOR == "sqlite":
    # A file, not memory: threads then meet the locks of the real thing.
    DATABASES["default"]["TEST"] = {"NAME": f"{DATA}/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
