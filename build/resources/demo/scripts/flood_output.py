"""Print numbered lines, fast: every hundredth goes to the error stream."""
import argparse
import sys
import time


def read_arguments():
    parser = argparse.ArgumentParser(description='Print numbered lines, fast.')
    parser.add_argument('--lines', type=int, default=100000, help='number of lines')
    parser.add_argument('--rate', type=float, default=0.0, help='lines per second; 0 is as fast as possible')
    return parser.parse_args()


def main():
    arguments = read_arguments()
    started = time.monotonic()
    for number in range(1, arguments.lines + 1):
        stream = sys.stderr if number % 100 == 0 else sys.stdout
        # Text and newline in one write, unlike print() under `python -u`.
        stream.write('line {:09d} of {}\n'.format(number, arguments.lines))
        if arguments.rate > 0:
            ahead = number / arguments.rate - (time.monotonic() - started)
            if ahead > 0.002:
                stream.flush()
                time.sleep(ahead)


if __name__ == '__main__':
    main()
