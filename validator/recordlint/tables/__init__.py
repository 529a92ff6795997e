"""Tables: the rows of CSV, XLSX and Parquet files, with the places of their cells."""
