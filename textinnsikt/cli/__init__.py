"""The command line: one command per file, thin over the functions of the other stages."""
