"""The words of the shell: numbers, dates, periods and the sentences behind the core's codes."""
