"""Plans as rows: their outline, what they were at each change, and the passages they rest on."""
