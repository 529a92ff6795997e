"""Tables: rows of CSV, XLSX and Parquet files, what headers and cells mean, and which cell a violation is about."""
