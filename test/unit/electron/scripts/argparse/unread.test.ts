import { describe, expect, it } from 'vitest';
import { read } from './support';

const head = ['import argparse', 'parser = argparse.ArgumentParser()'];

/** Reads a script whose lines from the third on are these. */
function readLines(...lines: string[]) {
  return read([...head, ...lines, 'parser.parse_args()'].join('\n'));
}

/** The names of a form's arguments. */
function names(result: ReturnType<typeof readLines>): string[] {
  return result.form?.arguments.map((argument) => argument.name) ?? [];
}

describe('what cannot be read is said, and the rest is read', () => {
  it('names a loop over what only the script knows', () => {
    const result = readLines(
      'for b in read_bands():',
      "    parser.add_argument(f'--b{b}')",
      "parser.add_argument('--x')",
    );
    expect(names(result)).toEqual(['--x']);
    expect(result.unread).toEqual([
      {
        line: 4,
        message:
          "`parser.add_argument(f'--b{b}')`: the name of this argument is not known before the script runs (for b in read_bands()), so it is not in this form.",
      },
    ]);
  });

  it('takes both branches of a condition that it cannot know, and insists on nothing in them', () => {
    const result = readLines(
      'if HAS_X:',
      "    parser.add_argument('--fast', required=True)",
      'else:',
      "    parser.add_argument('--slow')",
      "    parser.add_argument('--fast', type=int)",
    );
    expect(names(result)).toEqual(['--fast', '--slow']);
    expect(result.form?.arguments[0]?.required).toBe(false);
    expect(result.unread).toEqual([
      { line: 3, message: '--fast is there only under a condition: `HAS_X`.' },
      { line: 3, message: '--slow is there only under a condition: `not (HAS_X)`.' },
      {
        line: 7,
        message: '--fast is defined in line 4 as well, under another condition; the form shows that one.',
      },
    ]);
  });

  it('says what of an argument is not known, and keeps the rest of it', () => {
    const result = readLines(
      "parser.add_argument('--c', choices=find_choices(), type=lab.parse, default=os.getcwd(), nargs=COUNT, **more)",
    );
    expect(result.form?.arguments).toMatchObject([
      {
        name: '--c',
        action: { value: { type: 'custom', name: 'parse' }, choices: null, count: 'any' },
        default: { kind: 'expression', text: 'os.getcwd()' },
      },
    ]);
    expect(result.unread.map(({ message }) => message)).toEqual([
      '`more` is not known before the script runs, so --c may have more to it than the form shows.',
      'The choices of --c are not known before the script runs: `find_choices()`.',
      'How many words --c takes is not known before the script runs; the form takes any number.',
    ]);
  });

  it('does not trust a list that may have been changed', () => {
    const result = readLines(
      'bands = [0, 1]',
      'if X:',
      '    bands.append(2)',
      "parser.add_argument('--b', type=int, choices=bands)",
    );
    expect(result.form?.arguments[0]?.action).toMatchObject({ choices: null });
    expect(result.unread).toEqual([
      {
        line: 6,
        message:
          'The choices of --b are not known before the script runs: `a collection that the script changes`.',
      },
    ]);
  });

  it('does not trust a variable that may have been set otherwise', () => {
    const result = readLines(
      "name = 'a'",
      'if X:',
      "    name = 'b'",
      "parser.add_argument('--n', default=name)",
    );
    expect(result.form?.arguments[0]?.default).toEqual({ kind: 'expression', text: 'name' });
  });

  it('warns of type=bool, of choices that no word can be, and of an argument that Python refuses', () => {
    const result = readLines(
      "parser.add_argument('--flag', type=bool)",
      "parser.add_argument('--n', choices=[1, 2])",
      "parser.add_argument('--n', type=int)",
    );
    expect(result.unread).toEqual([
      {
        line: 3,
        message:
          '--flag has type=bool: Python takes any word that is not empty as true, False and 0 included.',
      },
      { line: 4, message: 'argparse refuses every word for --n: its choices are numbers, its words texts.' },
      { line: 5, message: '--n is defined in line 4 already: Python refuses that.' },
    ]);
  });

  it('says that words may come from files, and that the script reads some itself', () => {
    const result = read(
      [
        'import argparse, sys',
        "p = argparse.ArgumentParser(fromfile_prefix_chars='@')",
        'p.parse_args(sys.argv[2:])',
      ].join('\n'),
    );
    expect(result.unread).toEqual([
      {
        line: 2,
        message:
          'A word that begins with @ names a file that holds further arguments; that can be typed under Arguments.',
      },
      {
        line: 3,
        message: 'The script reads its first word itself; this form is for those that follow.',
      },
    ]);
  });

  it('leaves out a line that is not Python', () => {
    const result = readLines(
      "parser.add_argument('--a')",
      "parser.add_argument('--b', type=)",
      "parser.add_argument('--c')",
    );
    expect(names(result)).toEqual(['--a', '--c']);
    expect(result.unread[0]).toEqual({
      line: 4,
      message: 'This line could not be parsed; what follows may be read wrongly.',
    });
    expect(result.unread[1]?.message).toContain('could not be parsed');
  });
});

describe('code that is not in the folder of the script', () => {
  const sodetlib = [
    'import argparse',
    'from sodetlib.det_config import DetConfig',
    'import sodetlib as sdl',
    '',
    "if __name__ == '__main__':",
    '    parser = argparse.ArgumentParser()',
    "    parser.add_argument('--bands', '-b', type=int, nargs='+')",
    '    cfg = DetConfig()',
    '    args = cfg.parse_args(parser=parser)',
    '    S = cfg.get_smurf_control(dump_configs=True, make_logfile=True)',
    '    sdl.operations.uxm_setup(S, cfg, bands=args.bands)',
  ];

  it('says which call of sodetlib adds arguments, and shows the others', () => {
    expect(read(sodetlib.join('\n'))).toMatchObject({
      form: { arguments: [{ name: '--bands' }] },
      unread: [
        {
          line: 9,
          message:
            "`cfg.parse_args(parser=parser)` is code of sodetlib.det_config, which is not in the script's folder: arguments that it adds are not in this form.",
        },
      ],
    });
  });

  it('says so of a parent, of a function, and of a parser that is made there', () => {
    const result = read(
      [
        'import argparse',
        'from lab import base, add_more, make',
        'p = argparse.ArgumentParser(parents=[base])',
        'add_more(p)',
        "p.add_argument('--own')",
        'p.parse_args()',
      ].join('\n'),
    );
    expect(result.form?.arguments.map(({ name }) => name)).toEqual(['--own']);
    expect(result.unread).toEqual([
      {
        line: 3,
        message:
          "`base` of lab, which is not in the script's folder, is a parent of this parser: the arguments that it has are not in this form.",
      },
      {
        line: 4,
        message:
          "`add_more(p)` is code of lab, which is not in the script's folder: arguments that it adds are not in this form.",
      },
    ]);
    const made = read('from lab import make\np = make()\np.add_argument("--own")\np.parse_args()\n');
    expect(made.form?.arguments.map(({ name }) => name)).toEqual(['--own']);
    expect(made.unread).toEqual([
      {
        line: 2,
        message:
          "The parser `make()` is made by lab, which is not in the script's folder: arguments that it has from there are not in this form.",
      },
    ]);
    const hidden = read('from lab import make\nargs = make().parse_args()\n');
    expect(hidden).toEqual({
      form: null,
      unread: [
        {
          line: 2,
          message:
            "The arguments are read by `make()` of lab, which is not in the script's folder, so they cannot be shown. Type them under Arguments.",
        },
      ],
    });
  });

  it('names the file of what cannot be read in a helper', () => {
    const result = read(
      'import argparse, common\np = argparse.ArgumentParser()\ncommon.add(p)\np.parse_args()\n',
      {
        common: 'def add(p):\n    p.add_argument(NAME)\n',
      },
    );
    expect(result.unread).toEqual([
      {
        line: null,
        message:
          'In common, line 2: `p.add_argument(NAME)`: the name of this argument is not known before the script runs, so it is not in this form.',
      },
    ]);
  });

  it('follows helpers that import one another, in packages too', () => {
    const result = read(
      'from pkg.args import add\nimport argparse\np = argparse.ArgumentParser()\nadd(p)\np.parse_args()\n',
      {
        pkg: '',
        'pkg.args': 'from .names import NAME\nimport pkg.names\ndef add(p):\n    p.add_argument(NAME)\n',
        'pkg.names': 'from . import args\nNAME = "--there"\n',
      },
    );
    expect(result.form?.arguments.map(({ name }) => name)).toEqual(['--there']);
    expect(result.unread).toEqual([]);
  });
});

describe('scripts without argparse', () => {
  it.each([
    ['import click\n@click.command()\ndef main(): pass\nmain()\n', 1, 'click'],
    ['import os\nfrom fire import Fire\nFire(main)\n', 2, 'fire'],
    ['from optparse import OptionParser\np = OptionParser()\np.parse_args()\n', 1, 'optparse'],
    ['try:\n    import typer\nexcept ImportError:\n    pass\n', 2, 'typer'],
  ])('%j', (source, line, name) => {
    expect(read(source)).toEqual({
      form: null,
      unread: [
        {
          line,
          message: `The script reads its arguments with ${name}, not with argparse, so there is no form for them. Type them under Arguments.`,
        },
      ],
    });
  });

  it('names sys.argv, and says where nothing is read', () => {
    expect(read('import sys\n\nband = int(sys.argv[1])\n')).toEqual({
      form: null,
      unread: [
        {
          line: 3,
          message:
            'The script reads its arguments from sys.argv by hand, so there is no form for them. Type them under Arguments.',
        },
      ],
    });
    expect(read('print("hello")\n')).toEqual({
      form: null,
      unread: [
        {
          line: null,
          message:
            'No argparse parser was found in this script; as far as can be seen it takes no arguments.',
        },
      ],
    });
  });
});
