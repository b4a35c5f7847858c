"""All database-specific SQL of the house."""
