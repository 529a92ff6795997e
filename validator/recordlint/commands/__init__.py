"""The commands of the command line: one module or folder per command, with its name and its `command`."""
