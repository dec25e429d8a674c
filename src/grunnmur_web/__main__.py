"""``python -m grunnmur_web serve|manage|demo|backup|restore …``: what ``grunnmur`` runs when the site is installed."""

from __future__ import annotations

import sys

from grunnmur_web.command import main

sys.exit(main(sys.argv[1:]))
