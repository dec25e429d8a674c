"""The search index: kept by the functions of ``indexing``, asked through ``searching``.

The database in use has its own full-text engine (``sqlite`` or ``postgres``); both index the same terms, which the
core makes, and the core decides the order.
"""

from grunnmur_web.store.search.indexing import (
    index_everything,
    index_finding,
    index_plan,
    index_version,
    refresh_document,
    remove_document,
)
from grunnmur_web.store.search.searching import REACHABLE, SearchFilters, SearchResults, findings_matching, search

set_published = refresh_document

__all__ = [
    "REACHABLE",
    "SearchFilters",
    "SearchResults",
    "findings_matching",
    "index_everything",
    "index_finding",
    "index_plan",
    "index_version",
    "refresh_document",
    "remove_document",
    "search",
    "set_published",
]
