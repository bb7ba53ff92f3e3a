"""Publishes session data, messages and files as pysmurf's Publisher does, for the demo scripts.

One JSON object per UDP datagram. SMURFPUB_BACKEND=udp turns it on; SMURFPUB_ID, SMURFPUB_UDP_HOST and
SMURFPUB_UDP_PORT say as whom and where to.
"""
import atexit
import json
import os
import socket
import sys
import time

LARGEST_DATAGRAM = 64000
DEMO_VERSION = '7.3.0+demo'


class Publisher:
    """One stream of messages, numbered from 0."""

    def __init__(self, script):
        self.script = script
        self.id = os.environ.get('SMURFPUB_ID', 'unspecified')
        self.host = socket.gethostname()
        self.sequence = 0
        self.action = None
        self.action_timestamp = None
        self._socket = None
        if os.environ.get('SMURFPUB_BACKEND', 'null') == 'udp':
            host = os.environ.get('SMURFPUB_UDP_HOST', 'localhost')
            port = int(os.environ.get('SMURFPUB_UDP_PORT', '8200'))
            # IPv4 only, as in the field: the monitors there do not listen on IPv6.
            self._address = socket.getaddrinfo(host, port, socket.AF_INET, socket.SOCK_DGRAM)[0][4]
            self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._open = True
        atexit.register(self.close)
        self.publish({}, 'start')

    def close(self):
        if self._open:
            self.publish({}, 'stop')
            self._open = False
            if self._socket is not None:
                self._socket.close()

    def __del__(self):
        if getattr(self, '_open', False):
            self.close()

    def publish(self, payload, msgtype='general'):
        """Sends one message; one that is too large is replaced by a `backend_error`."""
        envelope = {
            'host': self.host,
            'id': self.id,
            'script': self.script,
            'time': time.time(),
            'seq_no': self.sequence,
            'type': msgtype,
            'payload': payload,
        }
        # The number is used up even when the message is dropped below: receivers rely on the gap.
        self.sequence += 1
        if self._socket is None:
            return
        datagram = json.dumps(envelope).encode('ascii')
        if len(datagram) > LARGEST_DATAGRAM:
            text = 'Backend error: dropped large UDP packet ({} bytes).'.format(len(datagram))
            self.publish({'message': text}, 'backend_error')
            return
        try:
            self._socket.sendto(datagram, self._address)
        except OSError as error:
            print('publisher: {}'.format(error), file=sys.stderr)

    def log(self, message):
        self.publish({'message': message}, 'log')

    def session_log(self, message):
        self.publish(message, 'session_log')

    def session_data(self, **items):
        """One message per key, as sodetlib sends them; the receiver merges them."""
        for key, value in items.items():
            self.publish({key: value}, 'session_data')

    def metadata(self, path, value):
        kind = 'ndarray' if isinstance(value, list) else type(value).__name__
        self.publish({'path': path, 'value': value, 'type': kind}, 'metadata')

    def begin_action(self, name):
        """Files registered from now on belong to the action `name`."""
        self.action = name
        self.action_timestamp = '{:.0f}'.format(time.time())

    def register_file(self, path, kind, file_format='', plot=False):
        self.publish({
            'path': path,
            'type': kind,
            'format': file_format,
            'timestamp': time.time(),
            'action': self.action,
            'action_ts': self.action_timestamp,
            'plot': plot,
            'pysmurf_version': DEMO_VERSION,
        }, 'data_file')
