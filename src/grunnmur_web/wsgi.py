"""The site as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from grunnmur.knowledge.search import warm_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grunnmur_web.settings")
application = get_wsgi_application()
warm_up()
