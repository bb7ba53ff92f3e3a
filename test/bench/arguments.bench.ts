import { expect, it } from 'vitest';
import { parser } from '@lezer/python';
import { readScriptArguments } from '../../electron/scripts/argparse/read-script-arguments';

/** A script of about 300 lines with 60 arguments, functions and a class, as the larger ones of the field are. */
const script = [
  '"""Tunes and measures."""',
  'import argparse',
  'import numpy as np',
  'BANDS = range(8)',
  ...Array.from({ length: 20 }, (_, index) =>
    [
      `def step_${index}(S, cfg, band=${index}):`,
      '    """One step."""',
      '    for channel in range(512):',
      '        if S.get(channel) > 0.5 * np.pi:',
      '            S.set(channel, band, value=[x ** 2 for x in range(10)])',
      '        else:',
      '            continue',
      '    return {"band": band, "name": f"step {band}"}',
      '',
    ].join('\n'),
  ),
  'def main():',
  '    parser = argparse.ArgumentParser(description=__doc__)',
  ...Array.from({ length: 60 }, (_, index) =>
    [
      `    parser.add_argument("--option-${index}", type=int, default=${index}, choices=BANDS,`,
      `                        help="Option ${index}, %(default)s by default")`,
    ].join('\n'),
  ),
  '    return parser.parse_args()',
  'if __name__ == "__main__":',
  '    main()',
  '',
].join('\n');

/** Median milliseconds of an action. */
function median(action: () => void): number {
  const times = Array.from({ length: 41 }, () => {
    const started = performance.now();
    action();
    return performance.now() - started;
  });
  return times.toSorted((one, other) => one - other)[20] ?? Number.NaN;
}

it(`reads the arguments of a script of ${script.split('\n').length} lines`, () => {
  expect(readScriptArguments(script, () => null, 'script.py').form?.arguments).toHaveLength(60);
  const read = median(() => void readScriptArguments(script, () => null, 'script.py'));
  const tree = median(() => void parser.parse(script));
  console.log(`arguments: ${read.toFixed(1)} ms to read, ${tree.toFixed(1)} ms of it for the syntax tree`);
});
