"""Publish many messages, fast: session data, general messages and metadata in turn."""
import argparse
import time

from _demo_publisher import Publisher

REGISTERS = 150
LARGE = 60000


def read_arguments():
    parser = argparse.ArgumentParser(description='Publish many messages, fast.')
    parser.add_argument('--count', type=int, default=10000, help='number of messages')
    parser.add_argument('--rate', type=float, default=2000.0, help='messages per second; 0 is as fast as possible')
    parser.add_argument('--size', type=int, default=300, help='length of the text in each message, in bytes')
    parser.add_argument('--large', action='store_true', help='also publish one message of 60,000 bytes')
    parser.add_argument('--oversize', action='store_true', help='also publish one message that is too large to send')
    return parser.parse_args()


def publish_one(publisher, number, filler):
    kind = number % 3
    if kind == 0:
        publisher.session_data(flood={'number': number, 'text': filler})
    elif kind == 1:
        publisher.publish({'number': number, 'text': filler})
    else:
        publisher.metadata('AMCc.Flood.Register[{}]'.format(number % REGISTERS), number)


def main():
    arguments = read_arguments()
    publisher = Publisher('flood_messages')
    filler = 'x' * arguments.size
    started = time.monotonic()
    for number in range(arguments.count):
        publish_one(publisher, number, filler)
        if arguments.rate > 0:
            ahead = (number + 1) / arguments.rate - (time.monotonic() - started)
            if ahead > 0.002:
                time.sleep(ahead)
    if arguments.large:
        publisher.publish({'text': 'L' * LARGE})
    if arguments.oversize:
        publisher.publish({'text': 'O' * 70000})
    elapsed = time.monotonic() - started
    print('{} messages in {:.2f} s'.format(arguments.count, elapsed))


if __name__ == '__main__':
    main()
