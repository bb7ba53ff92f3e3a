"""Sends publisher messages over UDP for listener.bench.ts, and prints how many were sent.

    udp-sender.py flood PORT SECONDS        as fast as it can
    udp-sender.py rate PORT COUNT PER_SECOND    COUNT messages, paced
    udp-sender.py fuzz PORT COUNT PER_SECOND    COUNT mutated messages, paced, from the lines on stdin
"""
import json
import random
import socket
import sys
import time


def message(seq_no):
    """A session_data message of 450 bytes, as pysmurf's publisher makes it."""
    payload = {"noise": {"band": seq_no % 8, "medians": [62.125, 58.5, 60.75], "note": ""}}
    envelope = {"host": "smurf-srv27", "id": "crate1slot2", "script": "undeclared", "time": 1584402071.9,
                "seq_no": seq_no, "type": "session_data", "payload": payload}
    payload["noise"]["note"] = "x" * (450 - len(json.dumps(envelope)))
    return json.dumps(envelope).encode()


TOKENS = [b"NaN", b"-Infinity", b"Infinity", b"null", b"1e999", b"-1", b"\"__proto__\"", b"\"constructor\"", b"[" * 500,
          b"[" * 3000 + b"]" * 3000, b"{\"a\":" * 1500, b"\\ud800", b"\xff\xfe", b"\x00", b"}", b"]", b"\"", b",",
          b"\"seq_no\": 0", b"\"type\": \"start\"", b"\"type\": \"session_log\"", b"\"id\": \"stranger\""]


def mutate(line, rng):
    """One to four faults of the kinds that networks and programs make, or none."""
    data = bytearray(line)
    for _ in range(rng.randrange(5)):
        at = rng.randrange(len(data) + 1)
        kind = rng.randrange(6)
        if kind == 0 and at < len(data):
            data[at] = rng.randrange(256)
        elif kind == 1:
            del data[at:at + rng.randrange(40)]
        elif kind == 2:
            data[at:at] = rng.choice(TOKENS)
        elif kind == 3:
            data[at:at] = rng.randbytes(rng.randrange(16))
        elif kind == 4:
            del data[at:]
        else:
            data[at:at] = data[at // 2:at]
    return bytes(data[:60000])


def paced(send, messages, count, per_second):
    start = time.monotonic()
    for sent in range(count):
        while sent > (time.monotonic() - start) * per_second:
            time.sleep(0.0005)
        send(next(messages))
    return count


def cycle(messages):
    while True:
        yield from messages


def main():
    mode, port = sys.argv[1], int(sys.argv[2])
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sender.connect(("127.0.0.1", port))
    if mode == "fuzz":
        rng = random.Random(8200)
        lines = [line.rstrip(b"\n") for line in sys.stdin.buffer]
        mutated = (mutate(line, rng) for line in cycle(lines))
        print(paced(sender.send, mutated, int(sys.argv[3]), float(sys.argv[4])))
    elif mode == "rate":
        messages = (message(seq_no) for seq_no in range(int(sys.argv[3])))
        print(paced(sender.send, messages, int(sys.argv[3]), float(sys.argv[4])))
    else:
        messages = [message(seq_no) for seq_no in range(20000)]
        end = time.monotonic() + float(sys.argv[3])
        sent = 0
        while time.monotonic() < end:
            for data in messages[sent % 20000:sent % 20000 + 1000]:
                sender.send(data)
            sent += 1000
        print(sent)


main()
