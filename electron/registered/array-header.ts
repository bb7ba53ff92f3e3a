import { errorText } from '../../shared/error-text';
import { failure, success, type Result } from '../../shared/result';
import { arrayType, type ArrayType } from './array-type';
import type { OpenFile } from './open-file';
import { parsePythonLiteral, type PythonLiteral } from './python-literal';

/** What stands before the values of a `.npy` file. */
export interface ArrayHeader {
  readonly type: ArrayType;
  readonly shape: readonly number[];
  readonly isFortran: boolean;
  /** Where the values begin, in bytes. */
  readonly offset: number;
}

/** Larger headers than any that NumPy itself reads without being told to. */
const longestHeader = 1_000_000;

/** Reads the header of a file in NumPy's format, versions 1 to 3. Fails with words that follow the file's name. */
export async function readArrayHeader(file: OpenFile): Promise<Result<ArrayHeader>> {
  const start = await file.read(0, 12);
  if (start.length < 10) return failure('array-cut', 'is cut: its header is missing');
  const version = start[6] ?? 0;
  if (start.toString('latin1', 0, 6) !== '\x93NUMPY' || version < 1 || version > 3) {
    return failure(
      'array-unknown',
      `is in version ${version} of NumPy’s format, which the panel does not know`,
    );
  }
  if (version > 1 && start.length < 12) return failure('array-cut', 'is cut: its header is missing');
  const begin = version === 1 ? 10 : 12;
  const length = version === 1 ? start.readUInt16LE(8) : start.readUInt32LE(8);
  if (length > longestHeader)
    return failure('array-unknown', `has a header of ${length} bytes, which is no header`);
  const bytes = await file.read(begin, length);
  if (bytes.length < length) return failure('array-cut', 'is cut: its header is not whole');
  const found = headerOf(bytes.toString(version === 3 ? 'utf8' : 'latin1'));
  return found.ok ? success({ ...found.value, offset: begin + length }) : found;
}

function headerOf(text: string): Result<Omit<ArrayHeader, 'offset'>> {
  let header: PythonLiteral;
  try {
    header = parsePythonLiteral(text.trim());
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return failure('array-damaged', `has a header that cannot be read: ${errorText(error)}`);
  }
  const fields = isDict(header) ? header : new Map<string, PythonLiteral>();
  const shape: unknown = fields.get('shape');
  const descr = fields.get('descr');
  if (descr === undefined || !isShape(shape)) {
    return failure('array-damaged', 'has a header without a type or a shape');
  }
  const type = arrayType(descr);
  if (type === null) return failure('array-unknown', 'has a type that the panel does not know');
  const count = shape.reduce((product, length) => product * length, 1);
  if (!Number.isSafeInteger(count * Math.max(1, type.size))) {
    return failure('array-damaged', 'has a shape that no file can hold');
  }
  return success({ type, shape, isFortran: fields.get('fortran_order') === true });
}

function isDict(value: PythonLiteral): value is ReadonlyMap<string, PythonLiteral> {
  return value instanceof Map;
}

function isShape(value: unknown): value is readonly number[] {
  const isLength = (item: unknown): boolean =>
    typeof item === 'number' && Number.isSafeInteger(item) && item >= 0;
  return Array.isArray(value) && value.length <= 32 && value.every(isLength);
}
