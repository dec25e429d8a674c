"""The site as a WSGI application."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from grunnmur.knowledge.search import warm_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grunnmur_web.settings")
application = get_wsgi_application()
warm_up()
# What is loaded by now stays: the word lists alone make every full collection take a tenth of a second.
gc.collect()
gc.freeze()
