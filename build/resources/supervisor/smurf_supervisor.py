#!/usr/bin/env python3
"""Runs one script so that it outlives the panel, and records everything in the run's folder.

    smurf_supervisor.py run    RUN_DIR                  supervise the run described by RUN_DIR/run.json
    smurf_supervisor.py signal RUN_DIR INT|TERM|KILL    signal the run's processes, then say what lives
    smurf_supervisor.py probe  RUN_DIR                  say what lives

The panel follows output.log, output.idx and status.json in RUN_DIR and needs no connection to this
process. Standard library only, Python 3.6 or later: it has to run wherever a control script runs.
"""
import calendar
import errno
import fcntl
import json
import os
import select
import signal
import struct
import subprocess
import sys
import time
from collections import namedtuple

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


class Failure(Exception):
    """A run that cannot be: `code` for the panel, a sentence for the operator."""

    def __init__(self, code, path, message):
        Exception.__init__(self, message)
        self.record = {'code': code, 'path': path, 'message': message}


def cause(error):
    return 'disk full' if error.errno in DISK_FULL else (error.strerror or str(error))


def raw(text):
    """Bytes for the system: a machine with LANG=C must still find a path with an umlaut."""
    return text.encode('utf-8', 'surrogateescape')


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


class Loss:
    """Output that could not be written: counted, never a reason to stop the script."""

    def __init__(self, code, path):
        self.code, self.path, self.bytes, self.error = code, path, 0, None

    def add(self, count, error):
        self.bytes += count
        self.error = error

    def problems(self):
        if not self.error:
            return []
        message = '%d bytes of output were lost: %s (%s).' % (self.bytes, cause(self.error), self.path)
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
        return self.loss.bytes + (self.copy_loss.bytes if self.copy_loss else 0)

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
                self._replace(self.path, data)
            except OSError as error:
                if error.errno not in DISK_FULL:
                    raise
                # The script filled the disk. Its exit must be told all the same: use the reserve.
                os.unlink(self.spare)
                self._replace(self.path, data)
            self.saved = data
            if not os.path.exists(self.spare):
                self._replace(self.spare, b'\n' * SPARE)
        except OSError:
            return self.saved == data
        return True

    @staticmethod
    def _replace(path, data):
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
        sound = sound and isinstance(run['log'], (bool, str))
    except (KeyError, TypeError, AttributeError):
        sound = False
    if not sound:
        raise Failure('run-folder', path, 'The run\'s description %s lacks a part or has a wrong one.' % path)
    return run


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


# --- Supervising ------------------------------------------------------------------------------

def stand_alone():
    """Own session, standard streams that exist, signals that neither stop us nor reach the script."""
    while True:
        # A missing 0, 1 or 2 would be given to the next file opened, and the script would inherit it.
        descriptor = os.open(os.devnull, os.O_RDWR)
        if descriptor > 2:
            os.close(descriptor)
            break
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
                self._enlarge(reader)
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

    @staticmethod
    def _enlarge(pipe):
        try:
            fcntl.fcntl(pipe, F_SETPIPE_SZ, CHUNK)
        except OSError:  # over this user's allowance: the usual 64 KiB do, at some cost in speed
            return

    def follow(self):
        members = RunProcesses(self.machine, self.run['id'], self.status.content)
        while True:
            ready = wait_readable([self.signals] + list(self.pipes), self._patience())
            if self.signals in ready:
                self._obey_signals()
            for pipe in ready:
                if pipe in self.pipes:
                    self._record(pipe)
            if self._patience() == 0.0:
                self._check(members)
            content = self.status.content
            if content['exit'] and not content['survivors'] and not self.pipes:
                break
        content.update(outputEnded=True, problems=self.output.problems())
        while not self.status.finish():
            # Only a folder that is gone, or an order to stop, justifies an exit that nobody gets told.
            if self.told_to_stop or not os.path.isdir(self.status.folder):
                break
            wait_readable([self.signals], CHECK_INTERVAL)
            self._obey_signals()

    def _patience(self):
        """Seconds until the next check; None while a signal or output is all there is to wait for."""
        due = self.status.content['exit'] or not self.told or self.output.lost() != self.lost_told
        return max(0.0, self.next_check - time.monotonic()) if due else None

    def _check(self, members):
        self.next_check = time.monotonic() + CHECK_INTERVAL
        content = self.status.content
        content['problems'], self.lost_told = self.output.problems(), self.output.lost()
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
                os.killpg(self.child.pid, signal.SIGTERM)
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


def main(words):
    folder = os.path.abspath(words[1]) if len(words) > 1 else None
    if len(words) == 2 and words[0] == 'run':
        return run_command(folder)
    if len(words) == 2 and words[0] == 'probe':
        return answer_command(folder)
    if len(words) == 3 and words[0] == 'signal' and words[2] in ('INT', 'TERM', 'KILL'):
        return answer_command(folder, words[2])
    complain(__doc__)
    return 2


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
