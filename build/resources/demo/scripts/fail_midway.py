"""Start well, then fail with a traceback: shows what a broken script looks like."""
import argparse
import sys
import time
import traceback

from _demo_publisher import Publisher


def read_arguments():
    parser = argparse.ArgumentParser(description='Start well, then fail with a traceback.')
    parser.add_argument('--delay', type=float, default=1.0, help='time until the failure, in seconds')
    parser.add_argument('--exit-code', type=int, default=1, help='exit code of the script')
    return parser.parse_args()


def read_resonances(found):
    return found['band 3']


def main():
    arguments = read_arguments()
    publisher = Publisher('fail_midway')
    print('Looking for resonances')
    publisher.session_log('Looking for resonances')
    publisher.session_data(progress=0.5)
    time.sleep(arguments.delay)
    try:
        read_resonances({'band 0': 211, 'band 1': 198})
    except KeyError:
        if arguments.exit_code == 1:
            raise
        traceback.print_exc()
        sys.exit(arguments.exit_code)


if __name__ == '__main__':
    main()
