"""Words for what documents say: ``{% load grunnmur_documents %}``, ``{% kind_word "figure" %}`` gives «Tall»."""

from __future__ import annotations

from django import template

from grunnmur_web.words import kinds

register = template.Library()

register.simple_tag(kinds.kind_word, name="kind_word")
