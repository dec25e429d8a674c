"""Filters for numbers, dates and periods: ``{% load grunnmur_formats %}``.

{{ 1658|number }}              1 658          {{ 12.5|percent }}        12,5 %
{{ 1300000000|money }}         1,3 mrd. kr    {{ 21345678|full_money }} 21 345 678 kr
{{ f.number|quantity:f.unit }} 38 personer    {{ f.unit|unit_name }}    Personer
{{ f.period|period }}          2. tertial 2026
{{ d.date|day }}               14. mai 2026   {{ d.read_at|when }}      i går
{{ d.read_at|moment }}         14. mai 2026 kl. 09.05
{{ v.size|file_size }}         3,2 MB         {{ k.status|status_word }} omtrentlig
"""

from __future__ import annotations

from django import template

from grunnmur_web.words import dates, numbers, periods

register = template.Library()

register.filter("number", numbers.number)
register.filter("percent", numbers.percent)
register.filter("money", numbers.money)
register.filter("full_money", numbers.full_money)
register.filter("quantity", numbers.quantity)
register.filter("unit_word", numbers.unit_word)
register.filter("unit_name", numbers.unit_name)
register.filter("status_word", numbers.status_word)
register.filter("file_size", numbers.file_size)
register.filter("day", dates.day)
register.filter("moment", dates.moment)
register.filter("when", dates.when)
register.filter("period", periods.period)
