import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { previewArray } from '../../../../electron/registered/array-preview';
import { parsePythonLiteral } from '../../../../electron/registered/python-literal';
import type { ArrayPreview } from '../../../../shared/ipc/calls/files-calls';
import { fileOf, freshFolder, npy } from './support';

const hasNumpy = (() => {
  try {
    execFileSync('python3', ['-c', 'import numpy'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

async function preview(bytes: Buffer): Promise<ArrayPreview> {
  const found = await previewArray(fileOf(bytes));
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
}

async function fault(bytes: Buffer): Promise<string> {
  const found = await previewArray(fileOf(bytes));
  return found.ok ? 'it was read' : found.error.message;
}

const doubles = (...values: number[]): Buffer => Buffer.from(Float64Array.from(values).buffer);
const header = (descr: string, shape: string, order = 'False'): string =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`;

describe('arrays, from bytes', () => {
  it('of one dimension are a line, with NaN and infinities as they are', async () => {
    const found = await preview(
      npy(header("'<f8'", '(4,)'), doubles(1, Number.NaN, Number.POSITIVE_INFINITY, -2.5)),
    );
    expect(found).toMatchObject({
      dtype: '<f8',
      shape: [4],
      count: 4,
      present: 4,
      first: ['1', 'nan', 'inf', '-2.5'],
      minimum: -2.5,
      maximum: 1,
    });
    expect(found.plot).toMatchObject({
      kind: 'lines',
      perPoint: 1,
      lines: [{ x: [0, 1, 2, 3], y: [1, Number.NaN, Number.POSITIVE_INFINITY, -2.5] }],
    });
  });

  it('of two are lines along the longer side, in either order', async () => {
    const c = await preview(npy(header("'<f8'", '(3, 2)'), doubles(0, 10, 1, 11, 2, 12)));
    const fortran = await preview(npy(header("'<f8'", '(3, 2)', 'True'), doubles(0, 1, 2, 10, 11, 12)));
    expect(fortran.order).toBe('Fortran');
    for (const { plot } of [c, fortran]) {
      expect(plot).toMatchObject({ kind: 'lines', lines: [{ y: [0, 1, 2] }, { y: [10, 11, 12] }] });
    }
    const wide = await preview(npy(header("'<f8'", '(2, 3)'), doubles(0, 1, 2, 10, 11, 12)));
    expect(wide.plot).toMatchObject({ lines: [{ y: [0, 1, 2] }, { y: [10, 11, 12] }] });
  });

  it('that are large are a grid of means, or a line that keeps its peaks', async () => {
    const rows = 400;
    const grid = doubles(...Array.from({ length: rows * 10 }, (_, index) => Math.floor(index / 10)));
    expect((await preview(npy(header("'<f8'", `(${rows}, 10)`), grid))).plot).toMatchObject({
      kind: 'grid',
      rows: 200,
      columns: 10,
      low: 0.5,
      high: 398.5,
      ofRows: 400,
    });
    const line = Array.from({ length: 1_000_000 }, () => 0);
    line[654_321] = 7;
    const found = await preview(
      npy(header("'<f8'", '(1000000,)'), Buffer.from(Float64Array.from(line).buffer)),
    );
    if (found.plot.kind !== 'lines') throw new Error('not a line');
    expect(found.plot.perPoint).toBe(500);
    const [drawn] = found.plot.lines;
    expect(drawn?.x.length).toBeLessThanOrEqual(4000);
    expect(drawn?.y[drawn.x.indexOf(654_321)]).toBe(7);
  });

  it('that are cut say how much is there', async () => {
    const whole = npy(header("'<f8'", '(4,)'), doubles(1, 2, 3, 4));
    expect(await preview(whole.subarray(0, -9))).toMatchObject({ count: 4, present: 2, first: ['1', '2'] });
    expect(await fault(whole.subarray(0, 30))).toMatch(/^is cut/);
    expect(await fault(whole.subarray(0, 8))).toMatch(/^is cut/);
  });

  it('of Python objects are named and never unpickled', async () => {
    const found = await preview(npy(header("'|O'", '(2,)'), Buffer.from('\x80\x04cos\nsystem\n', 'latin1')));
    expect(found).toMatchObject({ typeName: 'Python objects (pickled)', first: [] });
    expect(found.plot).toMatchObject({
      kind: 'none',
      reason: expect.stringContaining('not opened') as string,
    });
  });

  it.each([
    ['a version to come', Buffer.from('\x93NUMPY\x09\x00\x02\x00{}', 'latin1'), 'version 9'],
    ['no dict', npy('[1, 2]', Buffer.alloc(0)), 'without a type or a shape'],
    ['code', npy("{'descr': __import__('os'), 'shape': ()}", Buffer.alloc(0)), 'cannot be read'],
    ['a negative side', npy(header("'<f8'", '(-1,)'), Buffer.alloc(8)), 'without a type or a shape'],
    [
      'a shape beyond all',
      npy(header("'<f8'", '(9007199254740991, 900)'), Buffer.alloc(8)),
      'no file can hold',
    ],
    ['an unknown type', npy(header("'<q7'", '(1,)'), Buffer.alloc(8)), 'does not know'],
    ['deep nesting', npy(`{'descr': ${'['.repeat(60_000)}`, Buffer.alloc(0)), 'too deeply'],
  ])('with %s are a fault, not a crash', async (_what, bytes, words) => {
    expect(await fault(bytes)).toContain(words);
  });

  it('of huge shapes in small files cost nothing', async () => {
    const found = await preview(npy(header("'<f8'", '(1000000000, 3)'), doubles(1, 2, 3)));
    expect(found).toMatchObject({ count: 3_000_000_000, present: 3 });
    expect(await preview(npy(header("'<U0'", '(1000000000,)'), Buffer.alloc(0)))).toMatchObject({
      first: Array.from({ length: 100 }, () => ''),
    });
    expect((await preview(npy(header("'<f8'", '(0, 5)'), Buffer.alloc(0)))).plot).toMatchObject({
      kind: 'none',
    });
  });
});

describe('Python literals', () => {
  it('are read as Python reads them', () => {
    expect(parsePythonLiteral(`{'a': (1, -2,), "b": [True, None, 'it\\'s'], 'c': (),}`)).toEqual(
      new Map<string, unknown>([
        ['a', [1, -2]],
        ['b', [true, null, "it's"]],
        ['c', []],
      ]),
    );
    for (const text of ['', '{', "{'a'}", '(1 2)', 'open', '1 1', "'a"]) {
      expect(() => parsePythonLiteral(text)).toThrow(SyntaxError);
    }
  });
});

describe.skipIf(!hasNumpy)('arrays that NumPy wrote', () => {
  const cases: readonly [expression: string, expected: Partial<ArrayPreview>][] = [
    ['numpy.arange(5, dtype="<f8")', { dtype: '<f8', first: ['0', '1', '2', '3', '4'] }],
    ['numpy.array([-1, 0, 1], dtype=">i2")', { dtype: '>i2', first: ['-1', '0', '1'] }],
    ['numpy.array([1.5, -2], dtype="f2")', { dtype: '<f2', first: ['1.5', '-2'] }],
    ['numpy.array([0.1], dtype=">f4")', { dtype: '>f4', first: ['0.10000000149011612'] }],
    [
      'numpy.array([2**63 - 1, -2**63])',
      { dtype: '<i8', first: ['9223372036854775807', '-9223372036854775808'] },
    ],
    ['numpy.array([2**64 - 1], dtype="u8")', { first: ['18446744073709551615'] }],
    ['numpy.array([True, False])', { dtype: '|b1', first: ['True', 'False'] }],
    ['numpy.array([1 + 2j, -1j])', { dtype: '<c16', first: ['1+2j', '-0-1j'], maximum: Math.hypot(1, 2) }],
    ['numpy.array(["a", "größe"])', { dtype: '<U5', first: ['a', 'größe'] }],
    ['numpy.array([b"ab", b"c"])', { dtype: '|S2', first: ['ab', 'c'] }],
    ['numpy.array(7.0)', { shape: [], count: 1, first: ['7'] }],
    ['numpy.zeros((2, 0))', { shape: [2, 0], count: 0, first: [] }],
    [
      'numpy.asfortranarray(numpy.arange(6.).reshape(2, 3))',
      { order: 'Fortran', first: ['0', '3', '1', '4', '2', '5'] },
    ],
    [
      'numpy.array([(1, 2.5, b"x")], dtype=[("n", "<i4"), ("v", "<f8"), ("s", "S3")])',
      { first: ['n: 1, v: 2.5, s: x'] },
    ],
    ['numpy.zeros(1, dtype=[("a", "<i2", (2,)), ("b", [("c", "u1")])])', { first: ['a: [0, 0], b: c: 0'] }],
    [
      'numpy.array(["2026-11-23T12:00:00", "NaT"], dtype="M8[s]")',
      { first: ['2026-11-23T12:00:00.000Z', 'NaT'] },
    ],
    ['numpy.array([{"a": 1}, None], dtype=object)', { dtype: '|O', count: 2, first: [] }],
    ['numpy.longdouble([1])', { typeName: '128-bit floating point' }],
  ];

  it('are read as they were written', async () => {
    const folder = freshFolder();
    const lines = cases.map(([expression], index) => `numpy.save('${folder}/${index}', ${expression})`);
    const versions = [2, 3].map(
      (major) =>
        `f = open('${folder}/v${major}.npy', 'wb'); numpy.lib.format.write_array(f, numpy.arange(3.), (${major}, 0)); f.close()`,
    );
    writeFileSync(join(folder, 'write.py'), ['import numpy', ...lines, ...versions].join('\n'));
    execFileSync('python3', [join(folder, 'write.py')]);
    for (const [index, [expression, expected]] of cases.entries()) {
      const found = await preview(readFileSync(join(folder, `${index}.npy`)));
      expect({ expression, ...found }).toMatchObject({ expression, ...expected });
    }
    for (const major of [2, 3]) {
      expect((await preview(readFileSync(join(folder, `v${major}.npy`)))).first).toEqual(['0', '1', '2']);
    }
  });
});
