#!/usr/bin/env python3
"""Runs one script so that it outlives the panel, and records everything in the run's folder.

    smurf_supervisor.py run    RUN_DIR                  supervise the run described by RUN_DIR/run.json
    smurf_supervisor.py start  RUNS_ROOT RUN_ID         the same, detached; run.json on standard input
    smurf_supervisor.py follow RUN_DIR LOG_OFFSET INDEX_OFFSET MESSAGES_OFFSET
                                                        the run's files as frames, until it is over
    smurf_supervisor.py signal RUN_DIR INT|TERM|KILL    signal the run's processes, then say what lives
    smurf_supervisor.py probe  RUN_DIR                  say what lives
    smurf_supervisor.py remove RUN_DIR                  remove the folder of a run that is over
    smurf_supervisor.py read   PATH LIMIT               a file: one line on it, then its first bytes
    smurf_supervisor.py list   FOLDER...                the scripts below folders
    smurf_supervisor.py check                           what a run would need; questions on standard input

The panel follows output.log, output.idx, messages.rec and status.json in RUN_DIR and needs no
connection to this process. Standard library only, Python 3.6 or later: it has to run wherever a
control script runs. Machines without a copy of this file get its text on standard input, before the
command's own input, so nothing here may look for the file itself or read past that buffer.
"""
import calendar
import errno
import fcntl
import json
import os
import select
import signal
import stat
import struct
import subprocess
import sys
import time
from collections import deque, namedtuple

MARKER = 'SMURF_PANEL_RUN'
STDOUT, STDERR = 1, 2
CHUNK = 1 << 20
RECORD = struct.Struct('<ddII')  # offset in output.log, Unix time, length, stream
F_SETPIPE_SZ = 1031  # named in fcntl only since Python 3.10
PR_SET_CHILD_SUBREAPER = 36
LINE_GRACE = 0.005  # seconds for a stream to finish its line before the other one is read
CHECK_INTERVAL = 1.0
KILL_PATIENCE = 3.0  # seconds that killed processes have to disappear
SPARE = 8192  # bytes kept for status.json on a full disk
ROOM = 65536  # bytes of output given up to make room for their record on a full disk
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
START_PATIENCE = 15.0  # seconds a supervisor has to say that the script runs, or why it does not

MESSAGE = struct.Struct('<dHI')  # Unix time, source port, length of the datagram that follows
LARGEST_DATAGRAM = 65535
SETTLE = 1.0  # seconds after the end for late messages
RECEIVE_BUFFER = 32 << 20  # asked of the kernel, which gives what it allows
MESSAGE_BLOCK = 1 << 18  # bytes of messages written at once
HELD_MESSAGES = 64 << 20  # bytes of messages held in memory while the disk or the network is slow
FORWARD_PATIENCE = 5.0  # seconds between attempts to find the host, and to send the rest at the end

FRAME = struct.Struct('<BI')  # kind, length of what follows
LOG_FRAME, INDEX_FRAME, STATUS_FRAME, MESSAGES_FRAME = 1, 2, 3, 4
BEAT_FRAME, END_FRAME, ERROR_FRAME, GONE_FRAME = 5, 6, 7, 8
FRAME_LIMIT = 1 << 18
TURN = 1 << 20  # bytes of the log sent before anything else gets its turn
BEAT = 2.0  # seconds of silence after which a heartbeat is sent
STATUS_INTERVAL = 0.05
CALLER_GONE = 3  # exit code of a follow whose caller went away

DEEPEST = 3  # folders below a script folder that are looked into
MOST_ENTRIES = 2000  # entries looked at in all


class Failure(Exception):
    """A run that cannot be: `code` for the panel, a sentence for the operator."""

    def __init__(self, code, path, message):
        Exception.__init__(self, message)
        self.record = {'code': code, 'path': shown(path), 'message': shown(message)}


def cause(error):
    return 'disk full' if error.errno in DISK_FULL else (error.strerror or str(error))


def raw(text):
    """Bytes for the system: a machine with LANG=C must still find a path with an umlaut."""
    return text.encode('utf-8', 'surrogateescape')


def shown(text):
    """Text as the operator writes it: under LANG=C the words of a command line come as odd bytes."""
    return raw(text).decode('utf-8', 'replace')


# --- Processes --------------------------------------------------------------------------------

# `start` tells two processes with the same pid apart: ticks since boot (/proc), else Unix seconds.
Process = namedtuple('Process', 'pid parent group session start')


class ProcProcesses:
    """The live processes of this machine as /proc shows them."""

    complete = True

    def __init__(self):
        with open('/proc/sys/kernel/random/boot_id') as file:
            self.boot = file.read().strip()
        self._markers = {}

    def start_of(self, pid):
        """Start of a process, zombies included; None when there is none."""
        found = self._stat(pid)
        return found[0].start if found else None

    def same_start(self, one, other):
        return one == other

    def find(self, pid):
        """The live process with this pid, None when there is none."""
        found = self._stat(pid)
        return found[0] if found and found[1] else None

    def live(self):
        """Every live process by pid. A zombie is dead, unless other threads of it still run."""
        found = [self._stat(int(name)) for name in os.listdir('/proc') if name.isdigit()]
        live = {entry[0].pid: entry[0] for entry in found if entry and entry[1]}
        self._markers = {key: run for key, run in self._markers.items() if key[0] in live}
        return live

    def run_of(self, process):
        """The id of the run that the process inherited; None when it has none or cannot be read."""
        key = (process.pid, process.start)
        if key not in self._markers:
            prefix = MARKER.encode() + b'='
            entries = (self._read(process.pid, 'environ') or b'').split(b'\0')
            runs = [entry[len(prefix):] for entry in entries if entry.startswith(prefix)]
            self._markers[key] = runs[0].decode('utf-8', 'replace') if runs else None
        return self._markers[key]

    def name_of(self, process):
        words = (self._read(process.pid, 'cmdline') or b'').rstrip(b'\0').replace(b'\0', b' ')
        words = words or b'[' + (self._read(process.pid, 'comm') or b'').strip() + b']'
        return words.decode('utf-8', 'replace')[:200]

    def _stat(self, pid):
        text = self._read(pid, 'stat')
        if not text:
            return None
        # The name in brackets may itself hold spaces and brackets: count from the last one.
        fields = text[text.rindex(b')') + 1:].split()
        alive = fields[0] not in (b'Z', b'X') or int(fields[17]) > 1
        return Process(pid, int(fields[1]), int(fields[2]), int(fields[3]), int(fields[19])), alive

    @staticmethod
    def _read(pid, name):
        try:
            with open('/proc/%d/%s' % (pid, name), 'rb') as file:
                return file.read()
        except OSError:  # gone meanwhile, or another user's: nothing to be known about it
            return None


class PsProcesses:
    """The live processes as `ps` lists them, where there is no /proc (macOS).

    It shows no environment, so a process of the run that left both its group and its parents is not
    found: `complete` is False.
    """

    complete = False
    boot = None

    def __init__(self):
        self._names = {}

    def start_of(self, pid):
        process = self.live().get(pid)
        return process.start if process else None

    def find(self, pid):
        return self.live().get(pid)

    def same_start(self, one, other):
        return abs(one - other) <= 1  # ps rounds to seconds

    def live(self):
        lister = subprocess.Popen(
            ['ps', '-axo', 'pid=,ppid=,pgid=,stat=,lstart=,command='], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=dict(os.environ, LC_ALL='C', TZ='UTC0'))
        text = lister.communicate()[0].decode('utf-8', 'replace')
        live, self._names = {}, {}
        for line in text.splitlines():
            words = line.split(None, 9)
            if len(words) < 10 or words[3].startswith('Z') or int(words[0]) == lister.pid:
                continue
            pid, parent, group = int(words[0]), int(words[1]), int(words[2])
            start = calendar.timegm(time.strptime(' '.join(words[5:9]), '%b %d %H:%M:%S %Y'))
            live[pid] = Process(pid, parent, group, group, start)
            self._names[pid] = words[9][:200]
        return live

    def run_of(self, _process):
        return None

    def name_of(self, process):
        return self._names.get(process.pid, '')


def machine_processes():
    return ProcProcesses() if os.path.exists('/proc/self/stat') else PsProcesses()


class RunProcesses:
    """Which live processes belong to a run: never by pid alone, always by marker or proven kinship."""

    def __init__(self, machine, run_id, status):
        self.machine, self.run_id = machine, run_id
        self.this_boot = status.get('boot') == machine.boot
        self.supervisor = status.get('supervisor')
        self.script = status.get('script')

    def state_of(self, record, live):
        if not record or record['startTicks'] is None:
            return 'unknown'
        process = live.get(record['pid']) if self.this_boot else None
        return 'alive' if process and self.machine.same_start(process.start, record['startTicks']) else 'dead'

    def supervisor_gone(self):
        """True only when it is proven; cheap enough to be asked every second."""
        if not self.supervisor:
            return False
        found = self.machine.find(self.supervisor['pid'])
        return self.state_of(self.supervisor, {found.pid: found} if found else {}) == 'dead'

    def members(self, live):
        """The run's processes: the marker, the script's group and session, and their descendants."""
        outside = {os.getpid()}
        roots = set()
        if self.state_of(self.supervisor, live) == 'alive':
            # The supervisor adopts orphans, so that even those without marker and group are found.
            roots.add(self.supervisor['pid'])
            outside.add(self.supervisor['pid'])
        leader = self._leader(live)
        candidates = {}
        for process in live.values():
            run = self.machine.run_of(process)
            if process.pid in outside or run not in (None, self.run_id):
                continue
            candidates[process.pid] = process
            if run == self.run_id or (leader and leader in (process.group, process.session)):
                roots.add(process.pid)
        found = {pid for pid in candidates if pid in roots}
        grown = True
        while grown:
            kin = found | roots
            grown = {pid for pid, process in candidates.items() if pid not in found and process.parent in kin}
            found |= grown
        return [candidates[pid] for pid in sorted(found)]

    def _leader(self, live):
        """The script's pid, as the name of its group and session. The system gives no process a number
        that still names a group, so the number is a stranger's only when a later process has it."""
        if not self.script or not self.this_boot:
            return None
        alive = self.state_of(self.script, live) == 'alive'
        reused = self.script['pid'] in live and not alive
        # Without a boot id only somebody who is still there proves that the numbers are of this boot.
        dated = alive or self.machine.boot or self.state_of(self.supervisor, live) == 'alive'
        return self.script['pid'] if dated and not reused else None

    def describe(self):
        live = self.machine.live()
        members = self.members(live)
        script = self.state_of(self.script, live)
        if script == 'unknown' and self.machine.complete and not members:
            script = 'dead'  # nothing carries the run's marker, so the script cannot be there either
        return {
            'supervisor': self.state_of(self.supervisor, live),
            'script': script,
            'complete': self.machine.complete,
            'processes': [{'pid': process.pid, 'name': self.machine.name_of(process),
                           'session': process.session} for process in members],
        }


# --- Signalling -------------------------------------------------------------------------------

class Signaller:
    def __init__(self, run):
        self.run = run
        self.signalled, self.refused = set(), {}

    def interrupt(self):
        live = self.run.machine.live()
        if self.run.state_of(self.run.script, live) != 'alive':
            self._send_each(self.run.members(live), signal.SIGINT)
            return
        script = self.run.script['pid']
        try:
            os.killpg(script, signal.SIGINT)
            self.signalled.update(process.pid for process in live.values() if process.group == script)
        except ProcessLookupError:  # ended in this very moment: what is left of the run gets it
            self._send_each(self.run.members(self.run.machine.live()), signal.SIGINT)
        except PermissionError as error:
            self.refused[script] = cause(error)

    def terminate(self):
        # A process may have been born while the others were signalled: go on until none is new.
        for _attempt in range(10):
            if not self._send_each(self.run.members(self.run.machine.live()), signal.SIGTERM):
                return

    def kill(self):
        deadline = time.monotonic() + KILL_PATIENCE
        while True:
            members = self.run.members(self.run.machine.live())
            if all(process.pid in self.refused for process in members) or time.monotonic() > deadline:
                return
            self._send_each(members, signal.SIGKILL)
            time.sleep(0.02)

    def _send_each(self, members, signum):
        fresh = [process for process in members if process.pid not in self.signalled
                 and process.pid not in self.refused]
        for process in fresh:
            start = self.run.machine.start_of(process.pid)
            if start is None or not self.run.machine.same_start(start, process.start):
                continue  # died since it was listed; the number may be someone else's now
            try:
                os.kill(process.pid, signum)
                self.signalled.add(process.pid)
            except ProcessLookupError:
                continue
            except PermissionError as error:
                self.refused[process.pid] = cause(error)
        return [process for process in fresh if process.pid in self.signalled]

    def report(self):
        refused = [{'pid': pid, 'message': message} for pid, message in sorted(self.refused.items())]
        return {'signalled': sorted(self.signalled), 'refused': refused}


# --- Files of the run -------------------------------------------------------------------------

def write_all(descriptor, data):
    """Writes what fits; returns the number of bytes and the error that stopped it, if any."""
    done = 0
    while done < len(data):
        try:
            done += os.write(descriptor, data[done:])
        except OSError as error:
            return done, error
    return done, None


def replace_file(path, data):
    """Whoever reads the path sees the old content or the new one, never a part."""
    temporary = path + '.tmp'
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        error = write_all(descriptor, data)[1]
        if error:
            os.unlink(temporary)
            raise error
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    os.replace(temporary, path)


class Loss:
    """What could not be written: counted, never a reason to stop the script."""

    def __init__(self, code, path, what='bytes of output'):
        self.code, self.path, self.what, self.count, self.error = code, path, what, 0, None

    def add(self, count, error):
        self.count += count
        self.error = error

    def problems(self):
        if not self.error:
            return []
        message = '%d %s were lost: %s (%s).' % (self.count, self.what, cause(self.error), shown(self.path))
        return [{'code': self.code, 'message': message}]


class OutputLog:
    """output.log with its index, and the copy that the operator may have asked for."""

    def __init__(self, folder):
        self.size = self.records = 0
        self.copy = None
        self.loss = Loss('log-write-failed', os.path.join(folder, 'output.log'))
        self.copy_loss = None
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        self.log = os.open(self.loss.path, flags, 0o644)
        self.index = os.open(os.path.join(folder, 'output.idx'), flags, 0o644)

    def claim(self):
        """False when another supervisor holds this folder, or output of an earlier one lies in it."""
        try:
            fcntl.flock(self.log, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.EACCES):
                return False  # other errors: a file system without locks, where status.json has to do
        return os.fstat(self.log).st_size == 0

    def copy_to(self, path):
        # Non-blocking, so that a named pipe nobody reads is an error and not a run that never starts.
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NONBLOCK | os.O_NOCTTY
        self.copy = os.open(raw(path), flags, 0o644)
        self.copy_loss = Loss('log-copy-failed', path)

    def append(self, chunk, stream, at):
        written, error = write_all(self.log, chunk)
        while written:
            index_error = write_all(self.index, RECORD.pack(self.size, at, written, stream))[1]
            if not index_error:
                self.size += written
                self.records += 1
                break
            # Bytes without their record would be invisible, half a record would spoil the rest: the last
            # bytes make room for the record.
            written, error = max(0, written - ROOM), index_error
            self._cut(self.size + written)
        if error:
            self.loss.add(len(chunk) - written, error)
        if self.copy is not None:
            copied, error = write_all(self.copy, chunk)
            if error:
                self.copy_loss.add(len(chunk) - copied, error)

    def _cut(self, size):
        try:
            os.ftruncate(self.index, self.records * RECORD.size)
            os.ftruncate(self.log, size)
        except OSError:  # a failing disk: go on from where the log really ends
            self.size = os.fstat(self.log).st_size

    def lost(self):
        return self.loss.count + (self.copy_loss.count if self.copy_loss else 0)

    def problems(self):
        return self.loss.problems() + (self.copy_loss.problems() if self.copy_loss else [])


class Status:
    """status.json: always whole, replaced at once."""

    def __init__(self, folder, run_id, machine):
        self.folder = folder
        self.path = os.path.join(folder, 'status.json')
        self.spare = os.path.join(folder, 'status.spare')
        self.saved = None
        me = {'pid': os.getpid(), 'startTicks': machine.start_of(os.getpid())}
        self.content = {'version': 1, 'runId': run_id, 'boot': machine.boot, 'supervisor': me, 'script': None,
                        'startedAt': None, 'exit': None, 'failure': None, 'survivors': [], 'problems': [],
                        'outputEnded': False}

    def save(self):
        """True when the file says what `content` says. It is tried again later when it is not."""
        data = json.dumps(self.content).encode()
        if data == self.saved:
            return True
        try:
            try:
                replace_file(self.path, data)
            except OSError as error:
                if error.errno not in DISK_FULL:
                    raise
                # The script filled the disk. Its exit must be told all the same: use the reserve.
                os.unlink(self.spare)
                replace_file(self.path, data)
            self.saved = data
            if not os.path.exists(self.spare):
                replace_file(self.spare, b'\n' * SPARE)
        except OSError:
            return self.saved == data
        return True

    def finish(self):
        """Saves for the last time and gives the reserve back; False when it could not be saved yet."""
        if not self.save():
            return False
        if os.path.exists(self.spare):
            os.unlink(self.spare)
        return True


def read_json(path):
    with open(path, 'rb') as file:
        return json.loads(file.read().decode('utf-8'))


def read_run(folder):
    path = os.path.join(folder, 'run.json')
    try:
        run = read_json(path)
    except OSError as error:
        message = 'The run\'s description %s cannot be read: %s.' % (path, cause(error))
        raise Failure('run-folder', path, message)
    except ValueError as error:
        raise Failure('run-folder', path, 'The run\'s description %s is not JSON: %s.' % (path, error))
    try:
        texts = [run['id'], run['script'], run.get('cwd') or ''] + run['argv']
        texts += [text for pair in run['env'].items() for text in pair]
        sound = run['version'] == 1 and run['argv'] and all(isinstance(text, str) for text in texts)
        sound = sound and isinstance(run['log'], (bool, str)) and is_relay(run.get('relay'))
    except (KeyError, TypeError, ValueError, AttributeError):
        sound = False
    if not sound:
        raise Failure('run-folder', path, 'The run\'s description %s lacks a part or has a wrong one.' % path)
    if run.get('cwd'):
        run['cwd'] = os.path.expanduser(run['cwd'])  # the panel does not know this user's home
    return run


def is_relay(relay):
    """Whether it is null or {"forward": [host, port] or null}."""
    if relay is None or relay['forward'] is None:
        return True
    host, port = relay['forward']
    return isinstance(host, str) and isinstance(port, int) and 0 < port < 65536


def read_status(folder):
    try:
        status = read_json(os.path.join(folder, 'status.json'))
        return status if isinstance(status, dict) else {}
    except (OSError, ValueError):
        return {}  # no supervisor got that far


# --- Checks before the start ------------------------------------------------------------------

def check_cwd(cwd):
    if cwd is None:
        return
    if not os.path.isdir(raw(cwd)):
        what = 'is not a folder' if os.path.exists(raw(cwd)) else 'does not exist'
        raise Failure('cwd-missing', cwd, 'The working folder %s %s.' % (cwd, what))
    if not os.access(raw(cwd), os.X_OK):
        raise Failure('cwd-missing', cwd, 'The working folder %s cannot be entered: Permission denied.' % cwd)


def check_script(path):
    try:
        with open(raw(path), 'rb') as file:
            file.read(1)
    except (FileNotFoundError, NotADirectoryError):
        raise Failure('script-missing', path, 'The script %s does not exist.' % path)
    except IsADirectoryError:
        raise Failure('script-unreadable', path, 'The script %s is a folder.' % path)
    except OSError as error:
        raise Failure('script-unreadable', path, 'The script %s cannot be read: %s.' % (path, cause(error)))


def check_interpreter(name, cwd, environment):
    if os.path.dirname(name):
        places, where = [os.path.join(raw(cwd or ''), raw(name))], ''
    else:
        search = environment.get(b'PATH', raw(os.defpath))
        places = [os.path.join(folder, raw(name)) for folder in search.split(b':')]
        where = ' in PATH (%s)' % search.decode('utf-8', 'replace')
    if not any(os.path.isfile(place) for place in places):
        raise Failure('interpreter-missing', name, 'The interpreter %s was not found%s.' % (name, where))


# --- Relay of published messages --------------------------------------------------------------

def whole_messages(data):
    """The bytes of `data` that hold whole records, and how many records that is."""
    end = count = 0
    while end + MESSAGE.size <= len(data):
        length = MESSAGE.unpack_from(data, end)[2]
        if length > LARGEST_DATAGRAM:
            raise ValueError('no record of a message begins at byte %d' % end)
        if end + MESSAGE.size + length > len(data):
            break
        end, count = end + MESSAGE.size + length, count + 1
    return end, count


class Relay:
    """Receives what the run publishes on loopback, keeps it in messages.rec and forwards it if asked.

    A thread only receives, so that neither a flood of output nor a slow disk fills the kernel's buffer;
    the supervisor's loop writes, and another thread forwards, because finding a host may take seconds.
    """

    def __init__(self, folder, forward):
        import socket  # late, like threading: most runs on the panel's own machine need neither
        import threading
        path = os.path.join(folder, 'messages.rec')
        self.write_loss = Loss('messages-write-failed', path, 'published messages')
        self.lock = threading.Lock()
        self.blocks, self.held = [], 0  # whole records not yet written
        self.dropped = 0  # messages for which there was no room in memory
        self.overflow = 0  # messages for which there was no room in the kernel's buffer
        self.broken = None
        self.forwarder = None
        self.ready, self.wakener = os.pipe()
        self.closing, self.closer = os.pipe()
        os.set_blocking(self.wakener, False)
        try:
            self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
            self.size = os.fstat(self.file).st_size
            self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self._enlarge(socket)
            self.socket.bind(('127.0.0.1', 0))
            self.socket.setblocking(False)
            self.port = self.socket.getsockname()[1]
            if forward:
                self.forwarder = Forwarder(forward[0], forward[1], self._wake)
            self.thread = threading.Thread(target=self._receive, daemon=True)
            self.thread.start()
        except (OSError, RuntimeError) as error:  # RuntimeError: no more threads for this user
            reason = cause(error) if isinstance(error, OSError) else str(error)
            raise Failure('relay-failed', path, 'Published messages cannot be received on 127.0.0.1 and '
                                                'kept in %s: %s.' % (path, reason))

    def _enlarge(self, socket):
        force = 33 if sys.platform == 'linux' else None  # SO_RCVBUFFORCE: past the limit, for root
        for option in (force, socket.SO_RCVBUF):
            size = RECEIVE_BUFFER
            while option is not None and size >= 1 << 18:
                try:
                    self.socket.setsockopt(socket.SOL_SOCKET, option, size)
                    return
                except PermissionError:
                    break
                except OSError:  # more than this system gives
                    size >>= 1

    def _receive(self):
        try:
            buffer = memoryview(bytearray(MESSAGE_BLOCK + MESSAGE.size + LARGEST_DATAGRAM))
            end, more = None, True
            while end is None or (more and time.monotonic() < end):
                # In the end what is there is taken, but nobody who goes on sending can hold the run open.
                if end is None and self.closing in wait_readable([self.socket.fileno(), self.closing], None):
                    end = time.monotonic() + SETTLE
                more = self._take(buffer)
        except Exception as error:  # a thread has nobody above it: say so in the status
            self.broken = error
            self._wake()

    def _take(self, buffer):
        """Takes the datagrams that are there, a block at most; False when there is none left."""
        end = count = 0
        header, more = MESSAGE.size, True
        while end < MESSAGE_BLOCK:
            try:
                length, sender = self.socket.recvfrom_into(buffer[end + header:], LARGEST_DATAGRAM)
            except BlockingIOError:
                more = False
                break
            MESSAGE.pack_into(buffer, end, time.time(), sender[1], length)
            end += header + length
            count += 1
        if count:
            block = bytes(buffer[:end])
            with self.lock:
                room = self.held + end <= HELD_MESSAGES
                if room:
                    self.blocks.append(block)
                    self.held += end
                else:
                    self.dropped += count
            self._wake()
            if self.forwarder:
                self.forwarder.add(block, count)
        return more

    def _wake(self):
        try:
            os.write(self.wakener, b'.')
        except BlockingIOError:  # full of calls to wake already
            return

    def record(self):
        """Writes what was received. Called by the supervisor's loop when `ready` is readable."""
        os.read(self.ready, 65536)
        self._write()

    def _write(self):
        with self.lock:
            blocks, self.blocks, self.held = self.blocks, [], 0
        for block in blocks:
            written, error = write_all(self.file, block)
            if error:
                # Half a record would spoil the rest.
                whole = whole_messages(block[:written])
                self.write_loss.add(whole_messages(block)[1] - whole[1], error)
                written = whole[0]
                try:
                    os.ftruncate(self.file, self.size + written)
                except OSError:  # a failing disk: go on from where the file really ends
                    written = os.fstat(self.file).st_size - self.size
            self.size += written

    def close(self):
        """Takes what has arrived, writes it, and gives the forwarder a moment for the rest."""
        os.write(self.closer, b'.')
        self.thread.join()
        self._write()
        self._look_for_overflow()
        self.socket.close()
        if self.forwarder:
            self.forwarder.close()

    def _look_for_overflow(self):
        """The kernel's count of datagrams that its buffer had no room for (Linux)."""
        try:
            inode = str(os.fstat(self.socket.fileno()).st_ino)
            with open('/proc/net/udp') as file:
                lines = [line.split() for line in file]
        except OSError:
            return
        for words in lines:
            if len(words) > 12 and words[9] == inode:
                self.overflow = int(words[12])

    def lost(self):
        return (self.write_loss.count + self.dropped + self.overflow + (1 if self.broken else 0)
                + (self.forwarder.lost() if self.forwarder else 0))

    def problems(self):
        if self.socket.fileno() >= 0:
            self._look_for_overflow()
        found = self.write_loss.problems()
        if self.dropped or self.overflow:
            message = '%d published messages were lost: they came faster than they could be recorded.'
            found.append({'code': 'messages-dropped', 'message': message % (self.dropped + self.overflow)})
        if self.broken:
            message = 'Published messages are no longer received: %s.' % self.broken
            found.append({'code': 'relay-failed', 'message': message})
        return found + (self.forwarder.problems() if self.forwarder else [])


class Forwarder:
    """Sends the messages on to the site's monitor, in a thread of its own."""

    def __init__(self, host, port, wake):
        import threading
        self.host, self.port, self.wake = host, port, wake
        self.condition = threading.Condition()
        self.blocks, self.held, self.waiting = deque(), 0, 0
        self.closing = False
        self.target = None
        self.failed, self.error = 0, None
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def add(self, block, count):
        with self.condition:
            if self.held + len(block) > HELD_MESSAGES:
                self.failed += count
                self.wake()
                return
            self.blocks.append((block, count))
            self.held += len(block)
            self.waiting += count
            self.condition.notify()

    def _run(self):
        while not self._find_host():
            if not self._pause():
                return
        while True:
            with self.condition:
                while not self.blocks and not self.closing:
                    self.condition.wait()
                if not self.blocks:
                    return
                block, count = self.blocks.popleft()
                self.held -= len(block)
            place = 0
            while place < len(block):
                end = place + MESSAGE.size + MESSAGE.unpack_from(block, place)[2]
                self._send(block[place + MESSAGE.size:end])
                place = end
            with self.condition:
                self.waiting -= count

    def _find_host(self):
        import socket
        try:
            family, kind, protocol, _name, address = socket.getaddrinfo(
                self.host, self.port, type=socket.SOCK_DGRAM)[0]
            target = socket.socket(family, kind, protocol)
            target.connect(address)
        except (OSError, UnicodeError) as error:
            self.error = error
            self.wake()
            return False
        self.target, self.error = target, None
        return True

    def _pause(self):
        """Waits before the host is looked for again; False when there is no time left for that."""
        deadline = time.monotonic() + FORWARD_PATIENCE
        with self.condition:
            while not self.closing and time.monotonic() < deadline:
                self.condition.wait(deadline - time.monotonic())
            return not self.closing

    def _send(self, payload):
        for _attempt in range(2):
            try:
                self.target.send(payload)
                return
            except ConnectionRefusedError as error:
                # Tells of the message before: this one is still to be sent.
                self._fail(error)
            except OSError as error:
                self._fail(error)
                return

    def _fail(self, error):
        with self.condition:
            self.failed, self.error = self.failed + 1, error
        if self.failed == 1:
            self.wake()

    def close(self):
        with self.condition:
            self.closing = True
            self.condition.notify()
        self.thread.join(FORWARD_PATIENCE)
        with self.condition:
            self.failed, self.waiting = self.failed + self.waiting, 0

    def lost(self):
        return self.failed + (1 + self.waiting if self.error and not self.target else 0)

    def problems(self):
        count = self.failed + (self.waiting if self.error and not self.target else 0)
        if not count and not self.error:
            return []
        reason = 'too slow' if not self.error else (
            cause(self.error) if isinstance(self.error, OSError) else str(self.error))
        message = '%d published messages were not forwarded to %s port %d: %s.'
        return [{'code': 'relay-forward-failed', 'message': message % (count, self.host, self.port, reason)}]


# --- Supervising ------------------------------------------------------------------------------

def fill_standard_streams():
    """A missing 0, 1 or 2 would be given to the next file opened, and the script would inherit it."""
    while True:
        descriptor = os.open(os.devnull, os.O_RDWR)
        if descriptor > 2:
            os.close(descriptor)
            return


def enlarge_pipe(pipe):
    try:
        fcntl.fcntl(pipe, F_SETPIPE_SZ, CHUNK)
    except OSError:  # over this user's allowance, or no pipe: slower, but it does
        return


def stand_alone():
    """Own session, standard streams that exist, signals that neither stop us nor reach the script."""
    fill_standard_streams()
    if os.getsid(0) != os.getpid():
        try:
            os.setsid()
        except PermissionError:  # leads its group already, so no signal for another group reaches it
            pass
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer)
    # Handlers, not SIG_IGN: an ignored SIGINT would be inherited and the script never interrupted.
    for signum in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(signum, lambda _signum, _frame: None)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    return reader


def adopt_orphans():
    """Makes orphans of the run our children, so that they are found and reaped (Linux only)."""
    try:
        import ctypes  # late: not every Python has it, and the script need not wait for it
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    except (ImportError, OSError, AttributeError):
        return False
    return True


def wait_readable(descriptors, timeout):
    poller = select.poll()
    for descriptor in descriptors:
        poller.register(descriptor, select.POLLIN)
    return [ready for ready, _event in poller.poll(None if timeout is None else int(timeout * 1000) + 1)]


class Supervisor:
    """One run from its checks to the last byte of its last process."""

    def __init__(self, run, machine, status, output, signals):
        self.run, self.machine, self.status, self.output, self.signals = run, machine, status, output, signals
        self.pipes = {}  # read end -> stream
        self.buffer = memoryview(bytearray(CHUNK))
        self.child = None
        self.relay = None
        self.settled = None  # when late messages are no longer waited for
        self.next_check = 0.0
        self.told_to_stop = False
        self.told = False  # status.json says what is known
        self.lost_told = 0

    def start(self):
        run, cwd = self.run, self.run.get('cwd')
        environment = dict(os.environb)
        environment.update((raw(name), raw(value)) for name, value in run['env'].items())
        environment[MARKER.encode()] = raw(run['id'])
        check_cwd(cwd)
        check_script(os.path.join(cwd or '', run['script']))
        check_interpreter(run['argv'][0], cwd, environment)
        if isinstance(run['log'], str):
            path = os.path.join(cwd or '', run['log'])
            try:
                self.output.copy_to(path)
            except OSError as error:
                raise Failure('log-path-unwritable', path,
                              'The log file %s cannot be written: %s.' % (path, cause(error)))
        if run.get('relay'):
            self.relay = Relay(self.status.folder, run['relay']['forward'])
            environment[b'SMURFPUB_UDP_HOST'] = b'127.0.0.1'
            environment[b'SMURFPUB_UDP_PORT'] = b'%d' % self.relay.port
        self._spawn(environment)
        script = {'pid': self.child.pid, 'startTicks': self.machine.start_of(self.child.pid)}
        self.status.content.update(script=script, startedAt=time.time())
        self.told = self.status.save()
        adopt_orphans()

    def _spawn(self, environment):
        run, ends = self.run, [subprocess.DEVNULL, subprocess.DEVNULL]
        if run['log'] is not False:
            for place, stream in enumerate((STDOUT, STDERR)):
                reader, ends[place] = os.pipe()
                os.set_blocking(reader, False)
                enlarge_pipe(reader)
                self.pipes[reader] = stream
        cwd = None if run.get('cwd') is None else raw(run['cwd'])
        try:
            self.child = subprocess.Popen([raw(word) for word in run['argv']], stdin=subprocess.DEVNULL,
                                          stdout=ends[0], stderr=ends[1], cwd=cwd, env=environment,
                                          start_new_session=True, close_fds=True)
        except (OSError, ValueError) as error:
            reason = cause(error) if isinstance(error, OSError) else str(error)
            name = run['argv'][0]
            raise Failure('exec-failed', name, '%s could not be started: %s.' % (name, reason))
        finally:
            for end in ends:
                if end != subprocess.DEVNULL:
                    os.close(end)

    def follow(self):
        members = RunProcesses(self.machine, self.run['id'], self.status.content)
        while True:
            watched = [self.signals] + list(self.pipes) + ([self.relay.ready] if self.relay else [])
            ready = wait_readable(watched, self._patience())
            if self.signals in ready:
                self._obey_signals()
            if self.relay and self.relay.ready in ready:
                self.relay.record()
            for pipe in ready:
                if pipe in self.pipes:
                    self._record(pipe)
            if self._patience() == 0.0:
                self._check(members)
            content = self.status.content
            if content['exit'] and not content['survivors'] and not self.pipes and self._has_settled():
                break
        if self.relay:
            self.relay.close()
        content.update(outputEnded=True, problems=self._problems())
        while not self.status.finish():
            # Only a folder that is gone, or an order to stop, justifies an exit that nobody gets told.
            if self.told_to_stop or not os.path.isdir(self.status.folder):
                break
            wait_readable([self.signals], CHECK_INTERVAL)
            self._obey_signals()

    def _patience(self):
        """Seconds until the next check; None while a signal or output is all there is to wait for."""
        due = self.status.content['exit'] or not self.told or self._lost() != self.lost_told
        return max(0.0, self.next_check - time.monotonic()) if due else None

    def _has_settled(self):
        """Nothing of the run is left; whether late messages had their time, too."""
        now = time.monotonic()
        if self.relay and self.settled is None:
            self.settled = now + SETTLE
        if self.settled is None or now >= self.settled:
            return True
        self.next_check = min(self.next_check, self.settled)
        return False

    def _lost(self):
        return self.output.lost() + (self.relay.lost() if self.relay else 0)

    def _problems(self):
        return self.output.problems() + (self.relay.problems() if self.relay else [])

    def _check(self, members):
        self.next_check = time.monotonic() + CHECK_INTERVAL
        content = self.status.content
        content['problems'], self.lost_told = self._problems(), self._lost()
        if content['exit']:
            found = members.members(self.machine.live())
            content['survivors'] = [{'pid': process.pid, 'name': self.machine.name_of(process)}
                                    for process in found]
        self.told = self.status.save()

    def _obey_signals(self):
        try:
            arrived = os.read(self.signals, 4096)
        except BlockingIOError:
            return
        if signal.SIGTERM in arrived:
            self.told_to_stop = True
            if not self.status.content['exit']:
                try:
                    os.killpg(self.child.pid, signal.SIGTERM)
                except OSError:  # gone this moment, or another user's: recording goes on all the same
                    pass
        if signal.SIGCHLD in arrived:
            self._reap()

    def _reap(self):
        while True:
            try:
                pid, result = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            self.next_check = 0.0  # someone of the run died: look now
            if pid == self.child.pid:
                self.status.content['exit'] = exit_of(result)
                self.child.returncode = result  # reaped here, so Popen need not look for it

    def _record(self, pipe):
        deadline = None
        while True:
            try:
                count = os.readv(pipe, [self.buffer])
            except BlockingIOError:
                return
            if count == 0:
                os.close(pipe)
                del self.pipes[pipe]
                return
            self.output.append(self.buffer[:count], self.pipes[pipe], time.time())
            if self.buffer[count - 1] == 10:
                return
            # `python -u` prints a line in two writes, text and newline: keep the other stream out.
            now = time.monotonic()
            deadline = deadline or now + LINE_GRACE
            if now >= deadline or not wait_readable([pipe], deadline - now):
                return


def exit_of(result):
    if not os.WIFSIGNALED(result):
        return {'code': os.WEXITSTATUS(result), 'signal': None, 'at': time.time()}
    number = os.WTERMSIG(result)
    names = {known.value: known.name for known in signal.Signals}
    return {'code': None, 'signal': names.get(number, 'SIG%d' % number), 'at': time.time()}


# --- Following --------------------------------------------------------------------------------

class CallerGone(Exception):
    """Nobody reads any more."""


class FollowFault(Exception):
    """A follow that cannot be: `code` for the panel, a sentence for the operator."""

    def __init__(self, code, message):
        Exception.__init__(self, message)
        self.record = {'code': code, 'message': shown(message)}


class Frames:
    """Standard output as frames, given up as soon as the caller is gone.

    Standard input, which the caller keeps open, is the surer sign: a `docker exec` whose client died
    leaves an output that nobody reads and that nobody closes. So writing never blocks.
    """

    def __init__(self):
        os.set_blocking(1, False)
        enlarge_pipe(1)
        self.sent_at = time.monotonic()
        self.poller = select.poll()
        self.poller.register(0, select.POLLIN)

    def send(self, kind, payload=b''):
        data = memoryview(FRAME.pack(kind, len(payload)) + payload)
        while data:
            try:
                data = data[os.write(1, data):]
            except BlockingIOError:
                self._watch(None, select.POLLOUT)
            except OSError:
                raise CallerGone()
        self.sent_at = time.monotonic()

    def tend(self, patience=0.0):
        """Looks after the caller for `patience` seconds: notices that it is gone, keeps it company."""
        self._watch(patience, 0)
        if time.monotonic() - self.sent_at >= BEAT:
            self.send(BEAT_FRAME)

    def _watch(self, patience, events):
        self.poller.register(1, events)
        for descriptor, event in self.poller.poll(None if patience is None else int(patience * 1000)):
            if descriptor == 1:
                if event & (select.POLLERR | select.POLLHUP | select.POLLNVAL):
                    raise CallerGone()
                continue
            try:
                heard = not event & select.POLLNVAL and os.read(0, 65536)
            except BlockingIOError:
                continue
            except OSError:
                heard = b''
            if not heard:
                raise CallerGone()

    def close(self):
        try:
            os.set_blocking(1, True)  # it may be a terminal that others go on using
        except OSError:
            return


class FollowedFile:
    """A file that another process appends to, sent from an offset on."""

    def __init__(self, folder, name, offset):
        self.path = os.path.join(folder, name)
        self.at = offset
        self.file = None
        self.digest, self.digested = None, 0
        # While a run is followed from its start, the digest is made in idle moments. A follow that resumes
        # leaves it to the end: reading all that was sent before at every reconnection would load the disk.
        self.eager = offset == 0
        size = self.size()
        if offset > size:
            raise FollowFault('offset-beyond', 'Byte %d of %s was asked for, but it has %d bytes only.'
                              % (offset, self.path, size))

    def size(self):
        if self.file is None:
            try:
                self.file = os.open(self.path, os.O_RDONLY)
            except FileNotFoundError:
                return 0
            except OSError as error:
                raise FollowFault('run-unreadable', '%s cannot be read: %s.' % (self.path, cause(error)))
        return os.fstat(self.file).st_size

    def read(self, offset, length):
        try:
            return os.pread(self.file, length, offset)
        except OSError as error:
            raise FollowFault('run-unreadable', '%s cannot be read: %s.' % (self.path, cause(error)))

    def add_to_digest(self, most):
        """Digests some of what was sent; False when there is nothing left to digest."""
        import hashlib  # late: it takes longer to load than all the rest
        self.digest = self.digest or hashlib.sha256()
        end = min(self.at, self.digested + most)
        while self.digested < end:
            data = self.read(self.digested, min(TURN, end - self.digested))
            if not data:
                raise FollowFault('run-unreadable', '%s has become shorter.' % self.path)
            self.digest.update(data)
            self.digested += len(data)
        return self.digested < self.at

    def summary(self, frames):
        while self.add_to_digest(4 * TURN):
            frames.tend()
        return {'bytes': self.at, 'sha256': self.digest.hexdigest()}


class Follower:
    def __init__(self, folder, offsets, frames):
        self.folder, self.frames = folder, frames
        self.machine = machine_processes()
        self.status, self.sent_status, self.status_at = None, None, 0.0
        self.proof_at = 0.0  # when the supervisor was last looked for
        self.over = None  # 'ended' or 'gone'
        self._read_status()
        self.log = FollowedFile(folder, 'output.log', offsets[0])
        self.index = FollowedFile(folder, 'output.idx', offsets[1])
        self.messages = FollowedFile(folder, 'messages.rec', offsets[2])
        if offsets[1] % RECORD.size:
            raise FollowFault('offset-split', 'Byte %d of %s lies within a record.'
                              % (offsets[1], self.index.path))

    def follow(self):
        quiet_since = time.monotonic()
        while True:
            self._look()
            busy = self._send_output()
            busy = self._send_messages() or busy
            now = time.monotonic()
            if busy:
                quiet_since = now
                self.frames.tend()
            elif self.over:
                break
            elif not any(file.eager and file.add_to_digest(4 * TURN) for file in self._files()):
                self.frames.tend(min(0.25, max(0.02, (now - quiet_since) / 10)))
            else:
                self.frames.tend()
        self._send_status()
        if self.over == 'gone':
            self.frames.send(GONE_FRAME)
        names = ('log', 'index', 'messages')
        end = {name: file.summary(self.frames) for name, file in zip(names, self._files())}
        self.frames.send(END_FRAME, json.dumps(end).encode())

    def _files(self):
        return self.log, self.index, self.messages

    def _read_status(self):
        path = os.path.join(self.folder, 'status.json')
        try:
            with open(path, 'rb') as file:
                self.text = file.read()
            status = json.loads(self.text.decode('utf-8'))
        except OSError as error:
            message = 'The run\'s status %s cannot be read: %s.' % (path, cause(error))
            raise FollowFault('run-missing', message)
        except ValueError as error:
            raise FollowFault('run-unreadable', 'The run\'s status %s is not JSON: %s.' % (path, error))
        if len(self.text) > FRAME_LIMIT:  # a script that left hundreds of processes behind
            status['survivors'] = status['survivors'][:100]
            self.text = json.dumps(status).encode()
        self.status, self.status_at = status, time.monotonic()

    def _look(self):
        """Reads the status and tells it. The last one is told only after all output that it stands for."""
        now = time.monotonic()
        if self.over or (self.sent_status and now - self.status_at < STATUS_INTERVAL):
            return
        self._read_status()
        if not self._has_ended() and now - self.proof_at >= CHECK_INTERVAL:
            self.proof_at = now
            run = RunProcesses(self.machine, self.status.get('runId'), self.status)
            if run.supervisor_gone():
                self._read_status()  # it may have said its last word since
                self.over = 'gone'
        if self._has_ended():
            self.over = 'ended'
        if not self.over:
            self._send_status()

    def _has_ended(self):
        return bool(self.status.get('outputEnded') or self.status.get('failure'))

    def _send_status(self):
        if self.text != self.sent_status:
            self.frames.send(STATUS_FRAME, self.text)
            self.sent_status = self.text

    def _send_output(self):
        """Sends a bounded part of log and index, the log first; False when there was nothing to send."""
        there = self.index.size() // RECORD.size * RECORD.size
        if self.index.at < there:
            batch = self.index.read(self.index.at, min(FRAME_LIMIT // RECORD.size * RECORD.size,
                                                       there - self.index.at))
            count = self._records_for_a_turn(batch, len(batch) // RECORD.size)
            self._send_log(self._end_of(batch, count - 1))
            self.frames.send(INDEX_FRAME, batch[:count * RECORD.size])
            self.index.at += count * RECORD.size
            return True
        # Only after the end may bytes be sent that no record tells of.
        return bool(self.over) and self._send_log(min(self.log.size(), self.log.at + TURN))

    def _send_log(self, end):
        begin = self.log.at
        if begin < end > self.log.size():
            raise FollowFault('run-unreadable', '%s has become shorter.' % self.log.path)
        while self.log.at < end:
            data = self.log.read(self.log.at, min(FRAME_LIMIT, end - self.log.at))
            self.frames.send(LOG_FRAME, data)
            self.log.at += len(data)
        return self.log.at > begin

    @staticmethod
    def _end_of(batch, place):
        offset, _time, length, _stream = RECORD.unpack_from(batch, place * RECORD.size)
        return int(offset) + length

    def _records_for_a_turn(self, batch, count):
        """How many records can be sent without sending more than a turn's bytes of the log; at least one."""
        low, high = 1, count
        while low < high:
            middle = (low + high + 1) // 2
            if self._end_of(batch, middle - 1) - self.log.at <= TURN:
                low = middle
            else:
                high = middle - 1
        return low

    def _send_messages(self):
        if self.messages.at >= self.messages.size():
            return False
        data = self.messages.read(self.messages.at, FRAME_LIMIT)
        try:
            whole = whole_messages(data)[0]
        except ValueError as error:
            raise FollowFault('offset-split', 'Following %s from byte %d: %s of it.'
                              % (self.messages.path, self.messages.at, error))
        if whole:
            self.frames.send(MESSAGES_FRAME, data[:whole])
            self.messages.at += whole
        return bool(whole)


def follow_command(folder, offsets):
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    frames = Frames()
    try:
        try:
            Follower(folder, offsets, frames).follow()
        except FollowFault as fault:
            frames.send(ERROR_FRAME, json.dumps(fault.record).encode())
            return 1
    except CallerGone:
        return CALLER_GONE
    finally:
        frames.close()
    return 0


# --- Commands ---------------------------------------------------------------------------------

def complain(message):
    try:
        os.write(2, (message + '\n').encode('utf-8', 'replace'))
    except OSError:  # nobody listens; the exit code says it too
        return


def run_command(folder):
    signals = stand_alone()
    machine = machine_processes()
    if read_status(folder).get('script'):
        complain('The run in %s was started before; a run is never started twice.' % folder)
        return 2
    try:
        status = Status(folder, None, machine)
        try:
            output = OutputLog(folder)
        except OSError as error:
            message = 'The run folder %s cannot be written: %s.' % (folder, cause(error))
            raise Failure('run-folder', folder, message)
        if not output.claim():
            complain('The run folder %s belongs to another supervisor or holds output already.' % folder)
            return 2
        run = read_run(folder)
        status.content['runId'] = run['id']
        if not status.save():
            raise Failure('run-folder', folder, 'The status in %s cannot be written.' % folder)
        supervisor = Supervisor(run, machine, status, output, signals)
        supervisor.start()
    except Failure as failure:
        status.content['failure'] = failure.record
        status.finish()
        complain(failure.record['message'])
        return 1
    supervisor.follow()
    return 0


def answer_command(folder, signal_name=None):
    status = read_status(folder)
    try:
        run_id = status.get('runId') or read_run(folder)['id']
    except Failure as failure:
        print(json.dumps({'failure': failure.record}))
        return 1
    run = RunProcesses(machine_processes(), run_id, status)
    answer = {}
    if signal_name:
        signaller = Signaller(run)
        {'INT': signaller.interrupt, 'TERM': signaller.terminate, 'KILL': signaller.kill}[signal_name]()
        answer = signaller.report()
    answer.update(run.describe())
    print(json.dumps(answer))
    return 0


def tell(content):
    """One line of JSON, in ASCII whatever the locale."""
    data = json.dumps(content).encode() + b'\n'
    return 0 if write_all(1, data)[1] is None else 1


def runs_root(text):
    """The folder of all runs as an absolute path; `~` and `$HOME` stand for the user's home."""
    for name in ('$HOME', '${HOME}'):
        if text == name or text.startswith(name + '/'):
            text = '~' + text[len(name):]
    path = os.path.expanduser(text)
    if path.startswith('~') or not path:
        message = 'The home folder in %s is not known for this user.' % text
        raise Failure('runs-root-unwritable', text, message)
    return os.path.abspath(path)


def make_root(root):
    """Makes the folder of all runs if need be; True when it was not there."""
    try:
        os.makedirs(root, 0o700)
        return True
    except OSError as error:
        if isinstance(error, FileExistsError) and os.path.isdir(root):
            return False
        reason = 'it is not a folder' if isinstance(error, FileExistsError) else cause(error)
        message = 'The folder %s for runs cannot be made: %s.' % (root, reason)
        raise Failure('runs-root-unwritable', root, message)


def make_run(root, run_id):
    """Makes the run's folder with run.json from standard input."""
    if not run_id or '/' in run_id or run_id in ('.', '..'):
        raise Failure('run-folder', run_id, '"%s" cannot be the name of a run\'s folder.' % run_id)
    folder = os.path.join(runs_root(root), run_id)
    text = sys.stdin.buffer.read() if sys.stdin else b''
    try:
        json.loads(text.decode('utf-8'))
    except ValueError as error:  # a connection that broke in between ends like this, too
        raise Failure('run-folder', folder, 'The description of run %s is not JSON: %s.' % (run_id, error))
    make_root(os.path.dirname(folder))
    try:
        os.mkdir(folder, 0o700)
    except FileExistsError:
        raise Failure('run-exists', folder, 'The run folder %s is there already.' % folder)
    except OSError as error:
        raise Failure('runs-root-unwritable', folder,
                      'The run folder %s cannot be made: %s.' % (folder, cause(error)))
    try:
        replace_file(os.path.join(folder, 'run.json'), text)
    except OSError as error:
        os.rmdir(folder)
        message = 'The run folder %s cannot be written: %s.' % (folder, cause(error))
        raise Failure('run-folder', folder, message)
    return folder


def supervise_detached(folder):
    """Becomes the supervisor in a process of its own; the pipe tells its pid, its last words and its end."""
    fill_standard_streams()
    reader, writer = os.pipe()
    middle = os.fork()
    if middle:
        os.close(writer)
        os.waitpid(middle, 0)
        return reader
    code = 70
    try:
        os.setsid()
        if os.fork():
            code = 0
        else:
            # Whoever started us waits for all who hold its streams: let go of every one.
            null = os.open(os.devnull, os.O_RDWR)
            for descriptor in (0, 1, 2):
                os.dup2(null, descriptor)
            for descriptor in [int(name) for name in os.listdir('/dev/fd')]:
                try:
                    if descriptor > 2 and descriptor != writer:
                        os.close(descriptor)
                except OSError:  # the one that listed them
                    continue
            os.write(writer, b'%d\n' % os.getpid())
            code = run_command(folder)
    except BaseException as error:  # nothing may run on into the code of the process that forked
        write_all(writer, ('!%s: %s' % (type(error).__name__, error)).encode('utf-8', 'replace'))
    finally:
        os._exit(code)


def await_start(folder, reader):
    """The first status that says whether the script runs."""
    deadline = time.monotonic() + START_PATIENCE
    words, ended = b'', False
    while True:
        status = read_status(folder)
        if status.get('script') or status.get('failure'):
            return status
        if ended:
            last = words.partition(b'!')[2].decode('utf-8', 'replace')
            raise Failure('supervisor-failed', folder, 'The supervisor in %s ended before it could start the '
                                                       'script%s.' % (folder, last and ' (%s)' % last))
        if time.monotonic() > deadline:
            break
        if wait_readable([reader], 0.01):
            heard = os.read(reader, 4096)
            words, ended = words + heard, not heard
    # Too late is never: a script that started after the operator was told it did not would be a lie.
    machine = machine_processes()
    if words[:1].isdigit():
        os.kill(int(words.partition(b'\n')[0]), signal.SIGKILL)
    Signaller(RunProcesses(machine, status.get('runId') or read_run(folder)['id'], status)).kill()
    raise Failure('supervisor-silent', folder, 'The script of %s did not start within %d s.'
                  % (folder, START_PATIENCE))


def start_command(root, run_id):
    try:
        folder = make_run(root, run_id)
        status = await_start(folder, supervise_detached(folder))
    except Failure as failure:
        tell({'failure': failure.record})
        return 1
    except OSError as error:  # no more processes or descriptors for this user
        message = 'No supervisor could be started for run %s: %s.' % (shown(run_id), cause(error))
        tell({'failure': {'code': 'supervisor-failed', 'path': shown(root), 'message': message}})
        return 1
    return tell(dict(status, folder=shown(folder)))


def remove_run(folder):
    """Removes the folder of a run that is over; False where there is none. Whoever names another folder, by
    mistake or through a link, is refused: nothing but a run's own folder may go."""
    import shutil  # slow to load, and needed by nothing else

    def refuse(why):
        raise Failure('run-kept', folder, 'The folder %s is not removed: %s.' % (folder, why))

    def is_plain(name):
        path = os.path.join(folder, name)
        return os.path.isfile(path) and not os.path.islink(path)

    if not os.path.lexists(folder):
        return False
    if os.path.islink(folder) or not os.path.isdir(folder):
        refuse('it is no folder')
    if not is_plain('run.json') or not is_plain('status.json'):
        refuse('it is not the folder of a run that was started')
    run_id, status = read_run(folder)['id'], read_status(folder)
    if run_id != os.path.basename(folder) or status.get('runId') not in (None, run_id):
        refuse('it is not named for its run')
    if not status.get('failure') and (not status.get('outputEnded') or status.get('survivors')):
        # A supervisor that was killed wrote no last word; what it would say is looked up.
        found = RunProcesses(machine_processes(), run_id, status).describe()
        if found['supervisor'] != 'dead' or found['processes']:
            refuse('the run is not over')
    try:
        shutil.rmtree(folder)
    except OSError as error:
        refuse(cause(error))
    return True


def remove_command(folder):
    try:
        return tell({'removed': remove_run(folder)})
    except Failure as failure:
        tell({'failure': failure.record})
        return 1


def read_command(path, limit):
    try:
        try:
            # Non-blocking, so that a named pipe nobody writes to is an error and not a wait for ever.
            descriptor = os.open(raw(path), os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
            about = os.fstat(descriptor)
            if stat.S_ISDIR(about.st_mode):
                raise Failure('file-is-folder', path, '%s is a folder.' % path)
            if not stat.S_ISREG(about.st_mode):
                message = 'The file %s cannot be read: it is a device, pipe or socket.' % path
                raise Failure('file-unreadable', path, message)
            data = os.read(descriptor, min(TURN, limit))
        except (FileNotFoundError, NotADirectoryError):
            raise Failure('file-missing', path, 'The file %s does not exist.' % path)
        except OSError as error:
            raise Failure('file-unreadable', path, 'The file %s cannot be read: %s.' % (path, cause(error)))
    except Failure as failure:
        tell({'failure': failure.record})
        return 1
    if tell({'size': about.st_size, 'mtime': about.st_mtime}):
        return 1
    while data:
        if write_all(1, data)[1]:
            return 1
        limit -= len(data)
        try:
            data = os.read(descriptor, min(TURN, limit))
        except OSError as error:
            complain('The file %s cannot be read: %s.' % (path, cause(error)))
            return 1
    return 0


class ScriptWalk:
    """The Python files below folders, by the rules of the panel's own catalogue."""

    def __init__(self):
        self.entries, self.problems, self.seen = [], [], 0

    def folder(self, root):
        found = []
        self._below(root, '', 0, found)
        self.entries += sorted(found, key=lambda entry: entry['name'])

    def _below(self, root, below, depth, found):
        if self.seen > MOST_ENTRIES:
            return
        path = os.path.join(root, below) if below else root
        try:
            entries = sorted(os.scandir(raw(path)), key=lambda entry: entry.name)
        except OSError as error:
            denied = 'this user has no permission'
            reasons = {errno.ENOENT: 'it does not exist', errno.ENOTDIR: 'it is not a folder',
                       errno.EACCES: denied, errno.EPERM: denied}
            reason = reasons.get(error.errno) or 'the system says %s' % cause(error)
            self.problems.append('The folder %s cannot be listed: %s.' % (shown(path), reason))
            return
        for entry in entries:
            self.seen += 1
            if self.seen > MOST_ENTRIES:
                if self.seen == MOST_ENTRIES + 1:
                    message = 'The slot\'s folders hold more than %d entries; the rest is not listed.'
                    self.problems.append(message % MOST_ENTRIES)
                return
            if entry.name[:1] in (b'_', b'.'):
                continue
            try:
                name = os.path.join(below, entry.name.decode('utf-8'))
            except UnicodeDecodeError:
                place = shown(entry.path.decode('utf-8', 'surrogateescape'))
                self.problems.append('%s is not listed: its name is not UTF-8.' % place)
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth < DEEPEST:
                    self._below(root, name, depth + 1, found)
            elif name.endswith('.py') and (entry.is_file(follow_symlinks=False) or entry.is_symlink()):
                # A linked file is a script; a linked folder is not followed, as it may lead in a circle.
                script = os.path.normpath(os.path.join(root, name))
                found.append({'folder': shown(root), 'path': shown(script), 'name': name})


def walk_scripts(folders):
    walk = ScriptWalk()
    for place, folder in enumerate(folders):
        if folder not in folders[:place]:
            walk.folder(folder)
    return walk


def list_command(folders):
    walk = walk_scripts(folders)
    return tell({'entries': walk.entries, 'problems': walk.problems})


class Check:
    """What a run on this machine would need, step by step; every step is tried."""

    def __init__(self, wanted):
        self.wanted, self.steps = wanted, []

    def run(self):
        root = None
        self._step('python', self._python)
        try:
            root = runs_root(self.wanted['runs'])
            self._note('folder', True, '%s %s' % (root, 'was made' if make_root(root) else 'exists'))
        except Failure as failure:
            root = None
            self._note('folder', False, failure.record['message'])
        if root:
            self._step('write', lambda: self._write(root))
        else:
            self._note('write', False, 'Not tried, because there is no folder to write to.')
        self._step('scripts', self._scripts)
        if self.wanted.get('udp'):
            self._step('publish', lambda: self._publish(self.wanted['udp']))
        return self.steps

    def _note(self, step, sound, detail):
        self.steps.append({'step': step, 'ok': sound, 'detail': shown(detail)})

    def _step(self, step, test):
        try:
            self._note(step, True, test())
        except Failure as failure:
            self._note(step, False, failure.record['message'])

    def _python(self):
        version = '%d.%d.%d' % sys.version_info[:3]
        if sys.version_info < (3, 6):
            raise Failure('python', '', 'Python %s at %s is too old: 3.6 or newer is needed.'
                          % (version, sys.executable))
        if self.wanted.get('python'):
            check_interpreter(self.wanted['python'], None, os.environb)
        return '%s at %s' % (version, sys.executable)

    @staticmethod
    def _write(root):
        path = os.path.join(root, '.panel-check-%d' % os.getpid())
        try:
            replace_file(path, b'\n' * SPARE)
            os.unlink(path)
        except OSError as error:
            raise Failure('write', root, 'The folder %s cannot be written to: %s.' % (root, cause(error)))
        return 'a file was written to %s and removed' % root

    def _scripts(self):
        folders = self.wanted.get('scripts') or []
        walk = walk_scripts(folders)
        if walk.problems:
            raise Failure('scripts', '', ' '.join(walk.problems))
        if folders and not walk.entries:
            raise Failure('scripts', '', 'There is no script in %s.' % ', '.join(folders))
        return '%d scripts in %d folders' % (len(walk.entries), len(set(folders)))

    @staticmethod
    def _publish(udp):
        import socket
        place = '%s port %d' % (udp['host'], udp['port'])
        message = {'host': socket.gethostname(), 'id': udp['id'], 'script': 'panel_check',
                   'time': time.time(), 'seq_no': 0, 'type': 'panel_check',
                   'payload': {'token': udp['token']}}
        try:
            family, kind, protocol, _name, address = socket.getaddrinfo(
                udp['host'], udp['port'], type=socket.SOCK_DGRAM)[0]
            with socket.socket(family, kind, protocol) as sender:
                sender.connect(address)
                sender.send(json.dumps(message).encode())
                # Where nobody listens, the machine there may say so: the message tells nobody else.
                wait_readable([sender.fileno()], 0.3)
                error = sender.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                if error:
                    raise OSError(error, os.strerror(error))
        except (OSError, UnicodeError, OverflowError) as error:
            refused = isinstance(error, ConnectionRefusedError)
            reason = cause(error) if isinstance(error, OSError) else str(error)
            raise Failure('publish', '', 'A message to %s did not arrive: %s.'
                          % (place, 'nobody listens there' if refused else reason))
        return 'a message was sent to %s' % place


def check_command():
    try:
        wanted = json.loads(sys.stdin.buffer.read().decode('utf-8'))
        udp = wanted.get('udp')
        texts = [wanted['runs'], wanted.get('python') or ''] + list(wanted.get('scripts') or [])
        texts += [udp['host'], udp['id'], udp['token']] if udp else []
        sound = all(isinstance(text, str) for text in texts) and (not udp or isinstance(udp['port'], int))
    except (ValueError, KeyError, TypeError, AttributeError):
        sound = False
    if not sound:
        message = 'The questions of a check lack a part or have a wrong one.'
        tell({'failure': {'code': 'check-invalid', 'path': '', 'message': message}})
        return 1
    return tell({'steps': Check(wanted).run()})



def main(words):
    folder = os.path.abspath(words[1]) if len(words) > 1 else None
    if len(words) == 2 and words[0] == 'run':
        return run_command(folder)
    if len(words) == 2 and words[0] == 'probe':
        return answer_command(folder)
    if len(words) == 3 and words[0] == 'signal' and words[2] in ('INT', 'TERM', 'KILL'):
        return answer_command(folder, words[2])
    if len(words) == 3 and words[0] == 'start':
        return start_command(words[1], words[2])
    if len(words) == 5 and words[0] == 'follow' and all(word.isdigit() for word in words[2:]):
        return follow_command(folder, [int(word) for word in words[2:]])
    if len(words) == 2 and words[0] == 'remove':
        return remove_command(folder)
    if len(words) == 3 and words[0] == 'read' and words[2].isdigit():
        return read_command(words[1], int(words[2]))
    if words[:1] == ['list']:
        return list_command(words[1:])
    if words == ['check']:
        return check_command()
    complain(__doc__)
    return 2


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
