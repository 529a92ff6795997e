"""One module a command of the command line, named as the command, each with its `command`."""
