import { text, type Value } from './python-value';

/** Python's own functions and classes that the reader knows what to do with, or knows to be harmless. */
const builtins: ReadonlySet<string> = new Set(
  (
    'abs all any bool bytes callable chr classmethod dict dir divmod enumerate eval exec exit filter float format ' +
    'frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len list locals map max ' +
    'min next object oct open ord pow print property quit range repr reversed round set setattr slice sorted ' +
    'staticmethod str sum super tuple type vars zip complex bytearray memoryview ' +
    'Exception BaseException ValueError TypeError RuntimeError KeyError OSError IOError ImportError AttributeError ' +
    'SystemExit KeyboardInterrupt NotImplementedError FileNotFoundError ModuleNotFoundError'
  ).split(' '),
);

/** A name of Python's own; null for none of them. */
export function nativeName(name: string): Value | null {
  return builtins.has(name) ? { kind: 'native', name } : null;
}

/** argparse's constants. */
const constants: ReadonlyMap<string, string> = new Map([
  ['argparse.SUPPRESS', '==SUPPRESS=='],
  ['argparse.OPTIONAL', '?'],
  ['argparse.ZERO_OR_MORE', '*'],
  ['argparse.ONE_OR_MORE', '+'],
  ['argparse.REMAINDER', '...'],
  ['argparse.PARSER', 'A...'],
  ['string.ascii_lowercase', 'abcdefghijklmnopqrstuvwxyz'],
  ['string.ascii_uppercase', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  ['string.digits', '0123456789'],
  ['os.sep', '/'],
  ['os.linesep', '\n'],
  ['os.path.sep', '/'],
]);

/** Members of Python's own modules that the reader knows. */
const members: ReadonlySet<string> = new Set(
  (
    'argparse.ArgumentParser argparse.Action argparse.BooleanOptionalAction argparse.FileType argparse.Namespace ' +
    'argparse.ArgumentTypeError argparse.ArgumentError argparse.HelpFormatter argparse.RawTextHelpFormatter ' +
    'argparse.RawDescriptionHelpFormatter argparse.ArgumentDefaultsHelpFormatter argparse.MetavarTypeHelpFormatter ' +
    'enum.Enum enum.IntEnum enum.StrEnum enum.Flag enum.IntFlag enum.auto enum.unique pathlib.Path pathlib.PurePath ' +
    'pathlib.PosixPath functools.partial sys.exit os._exit os.path os.path.join os.path.basename os.path.abspath ' +
    'dataclasses.dataclass dataclasses.field decimal.Decimal fractions.Fraction asyncio.run collections.OrderedDict ' +
    'typing.NamedTuple textwrap.dedent json.loads ast.literal_eval itertools.chain contextlib.suppress'
  ).split(' '),
);

/** A member of one of Python's own modules; null where the reader does not know it. */
export function nativeMember(module: string, name: string): Value | null {
  const full = `${module}.${name}`;
  const constant = constants.get(full);
  if (constant !== undefined) return text(constant);
  if (full === 'math.pi') return { kind: 'float', value: Math.PI };
  if (full === 'math.inf') return { kind: 'float', value: Number.POSITIVE_INFINITY };
  if (full === 'math.nan') return { kind: 'float', value: Number.NaN };
  return members.has(full) ? { kind: 'native', name: full } : null;
}

/** What `from module import *` brings in, as far as the reader knows it. */
export function nativeExports(module: string): ReadonlyMap<string, Value> {
  const exports = new Map<string, Value>();
  for (const full of [...members, ...constants.keys()]) {
    const name = full.slice(module.length + 1);
    const value = full.startsWith(`${module}.`) && !name.includes('.') ? nativeMember(module, name) : null;
    if (value !== null) exports.set(name, value);
  }
  return exports;
}

const standard: ReadonlySet<string> = new Set(
  (
    '__future__ abc argparse array ast asyncio atexit base64 binascii bisect builtins bz2 calendar cmath code codecs ' +
    'collections concurrent configparser contextlib copy csv ctypes curses dataclasses datetime decimal difflib dis ' +
    'email enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc getopt getpass ' +
    'gettext glob grp gzip hashlib heapq hmac html http imp importlib inspect io ipaddress itertools json keyword ' +
    'linecache locale logging lzma mailbox math mimetypes mmap multiprocessing netrc numbers operator optparse os ' +
    'pathlib pdb pickle pkgutil platform plistlib pprint profile pstats pty pwd queue random re readline resource ' +
    'runpy sched secrets select selectors shelve shlex shutil signal site smtplib socket socketserver sqlite3 ssl ' +
    'stat statistics string struct subprocess symtable sys sysconfig syslog tarfile tempfile termios textwrap ' +
    'threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty types typing unicodedata ' +
    'unittest urllib uuid venv warnings wave weakref webbrowser xml xmlrpc zipfile zipimport zlib zoneinfo'
  ).split(' '),
);

/** Whether a module is part of Python itself, by the first part of its name. */
export function isStandardModule(name: string): boolean {
  return standard.has(name.split('.')[0] ?? '');
}
