"""The app for a WSGI server: `gunicorn --threads 4 watchdiary.wsgi`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.umask(0o077)  # what it writes is for its owner alone
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "watchdiary.settings")
application = get_wsgi_application()
