"""Django's command line for this app: `python manage.py migrate`, `python manage.py runserver`."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.umask(0o077)  # what it writes is for its owner alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "watchdiary.settings")
    execute_from_command_line(sys.argv)
