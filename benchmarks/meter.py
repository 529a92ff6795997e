"""Runs a command, and writes how long it took, the most memory that it held, and its exit status.

A small process of its own, since the system counts what a process held before it became a command to that command, and
the benchmark itself holds whole reports.
"""

import os
import sys
import time

report, *command = sys.argv[1:]
os.set_inheritable(int(report), False)
start = time.perf_counter()
process = os.posix_spawnp(command[0], command, os.environ)
_, status, usage = os.wait4(process, 0)
took = time.perf_counter() - start
os.write(int(report), f"{took} {usage.ru_maxrss} {os.waitstatus_to_exitcode(status)}".encode())
