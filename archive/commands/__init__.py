"""The door from the shell: one module a command, each turning arguments into calls of the hallway."""
