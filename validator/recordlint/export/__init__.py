"""Documents for other tools: schemas, the OpenAPI document."""
