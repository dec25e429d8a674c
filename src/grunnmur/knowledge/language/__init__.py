"""Norwegian: numbers, dates, sentences, stems and compounds."""
