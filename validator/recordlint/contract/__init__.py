"""The contract as standard documents: the files of spec/, references resolved, the engines, the operations."""
