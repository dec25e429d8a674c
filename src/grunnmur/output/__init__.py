"""What leaves the house: tables as CSV and Excel, figures as JSON-stat."""

from grunnmur.output.jsonstat import FigureRecord, to_jsonstat
from grunnmur.output.tables import Cell, Column, ColumnKind, Table, to_csv, to_xlsx

__all__ = ["Cell", "Column", "ColumnKind", "FigureRecord", "Table", "to_csv", "to_jsonstat", "to_xlsx"]
