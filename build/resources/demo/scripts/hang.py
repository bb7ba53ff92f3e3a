"""Hang, and ignore interrupt and terminate, with two child processes that do the same.

One child is in the script's own session, the other in a session of its own. Only a kill ends them.
"""
import argparse
import os
import signal
import subprocess
import sys
import time

from _demo_publisher import Publisher

CHILD = """
import os, signal, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
# One write a line, so that the lines of two children do not run into each other.
os.write(1, 'child {} ready: {}\\n'.format(os.getpid(), sys.argv[1]).encode())
time.sleep(float(sys.argv[2]))
"""


def read_arguments():
    parser = argparse.ArgumentParser(description='Hang, and ignore interrupt and terminate. Only a kill ends it.')
    parser.add_argument('--seconds', type=float, default=3600.0, help='how long to hang, in seconds')
    return parser.parse_args()


def refuse(number, _frame):
    print('ignoring {}'.format(signal.Signals(number).name), file=sys.stderr, flush=True)


def main():
    arguments = read_arguments()
    signal.signal(signal.SIGINT, refuse)
    signal.signal(signal.SIGTERM, refuse)
    publisher = Publisher('hang')
    publisher.session_log('Waiting for a card that never answers')
    for own_session, name in ((False, 'same session'), (True, 'own session')):
        subprocess.Popen([sys.executable, '-c', CHILD, name, str(arguments.seconds)], start_new_session=own_session)
    print('script {} ready, waiting for a card that never answers'.format(os.getpid()), flush=True)
    deadline = time.monotonic() + arguments.seconds
    while time.monotonic() < deadline:
        time.sleep(min(1.0, max(0.0, deadline - time.monotonic())))


if __name__ == '__main__':
    main()
