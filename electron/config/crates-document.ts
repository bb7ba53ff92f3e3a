import { isDeepStrictEqual } from 'node:util';
import type { Document } from 'yaml';
import { configIssues } from '../../shared/config/config-issues';
import { resolveCrates, type PanelConfig } from '../../shared/config/crates';
import { cratesFileSchema, type CratesFile } from '../../shared/config/crates-file';
import type { ConfigEdit } from '../../shared/ipc/calls/config-calls';
import type { ConfigProblem } from '../../shared/ipc/state';
import { failure, success, type Failure, type Result } from '../../shared/result';
import { keepLines } from './keep-lines';
import { plainText, readYaml, type YamlText } from './yaml-document';
import { errorText } from '../../shared/error-text';

/** What a good `crates.yaml` says. */
export interface CratesDocument {
  readonly file: CratesFile;
  readonly config: PanelConfig;
  /** The file's values as they are written, without defaults. */
  readonly document: unknown;
}

/** What is wrong with a `crates.yaml`. `document` is there where only its values are wrong, null otherwise. */
export interface CratesFailure extends Failure<'config-invalid' | 'config-edit'> {
  readonly problems: readonly ConfigProblem[];
  readonly document: unknown;
}

/** The largest file that is read, in characters; a hundred crates take less than a hundredth. */
export const longestCratesFile = 5_000_000;

/** Reads the text of `crates.yaml`. Every fault comes with its line and column, where it has one. */
export function readCrates(text: string): Result<CratesDocument, CratesFailure> {
  if (text.length > longestCratesFile) {
    return invalid([
      { message: `The file is larger than ${longestCratesFile / 1_000_000} MB.`, line: null, column: null },
    ]);
  }
  const yaml = readYaml(text);
  if (yaml.problems.length > 0) return invalid(yaml.problems);
  if (yaml.document.contents === null) {
    return invalid([{ message: 'The file is empty: it needs the key "crates".', line: 1, column: 1 }]);
  }
  const values = valuesOf(yaml);
  if (!values.ok) return invalid([{ message: values.error.message, line: null, column: null }]);
  const parsed = cratesFileSchema.safeParse(values.value);
  if (parsed.success) {
    return success({ file: parsed.data, config: resolveCrates(parsed.data), document: values.value });
  }
  const problems = configIssues(parsed.error.issues, values.value)
    .map((issue) => ({ message: `${pathInWords(issue.path)}: ${issue.message}`, ...yaml.place(issue) }))
    .toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0));
  return invalid(problems, values.value);
}

/**
 * Applies edits to the text and returns the new text. Comments and formatting stay. Refused where the text is not
 * valid YAML, where an edit does not fit the file, and where the result would not be valid.
 */
export function editCrates(text: string, edits: readonly ConfigEdit[]): Result<string, CratesFailure> {
  const plain = plainText(text);
  const { document, problems } = readYaml(text);
  if (problems.length > 0) return invalid(problems);
  const style = {
    lineWidth: 0,
    indentSeq: !/^[\w-]+:[^\n]*\n- /m.test(plain),
    flowCollectionPadding: !/\{[^ }\n]/.test(plain),
  };
  const before = document.toString(style);
  for (const edit of edits) {
    try {
      apply(document, edit);
    } catch (error) {
      return unfitting(edit, errorText(error));
    }
  }
  const after = document.toString(style);
  const kept = keepLines(plain, before, after);
  const edited = kept !== null && saysTheSame(kept, after) ? kept : after;
  const read = readCrates(edited);
  if (!read.ok) return read;
  const ends = text.includes('\r\n') ? edited.replaceAll('\n', '\r\n') : edited;
  return success(text.startsWith('\uFEFF') ? `\uFEFF${ends}` : ends);
}

function apply(document: Document, { path, value }: ConfigEdit): void {
  if (value === undefined) document.deleteIn(path);
  // A plain value goes into the node that is there, which keeps its quotes and its comment.
  else if (typeof value === 'object') document.setIn(path, document.createNode(value));
  else document.setIn(path, value);
}

function saysTheSame(one: string, other: string): boolean {
  const read = readYaml(one);
  return (
    read.problems.length === 0 && isDeepStrictEqual(read.document.toJS(), readYaml(other).document.toJS())
  );
}

/** A path as the file's reader would say it: `crates[0].slots[1].publisher-id`. */
function pathInWords(path: readonly (string | number)[]): string {
  if (path.length === 0) return 'the file';
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${part}`))
    .join('');
}

/** The values behind the nodes. Fails where aliases would multiply without end. */
function valuesOf(yaml: YamlText): Result<unknown> {
  try {
    return success(yaml.document.toJS({ maxAliasCount: 1000 }));
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return failure('config-invalid', `its aliases cannot be resolved: ${error.message}`);
  }
}

function invalid(
  problems: readonly ConfigProblem[],
  document: unknown = null,
): { ok: false; error: CratesFailure } {
  const [first] = problems;
  const place =
    first === undefined || first.line === null ? '' : `line ${first.line}, column ${first.column}: `;
  const others = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  const message = `crates.yaml is not valid: ${place}${first?.message ?? ''}${others}`;
  return { ok: false, error: { code: 'config-invalid', message, problems, document } };
}

function unfitting(edit: ConfigEdit, reason: string): { ok: false; error: CratesFailure } {
  const message = `${pathInWords(edit.path)} cannot be changed in crates.yaml as it stands: ${reason}`;
  const problems = [{ message, line: null, column: null }];
  return { ok: false, error: { code: 'config-edit', message, problems, document: null } };
}
