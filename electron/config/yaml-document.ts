import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Alias,
  type Document,
  type Node,
  type Pair,
  type YAMLError,
} from 'yaml';
import type { ConfigIssue } from '../../shared/config/config-issues';
import type { ConfigProblem } from '../../shared/ipc/state';

/** A YAML text read so far that places in it can be named. */
export interface YamlText {
  readonly document: Document;
  /** Faults of the YAML itself; the document is not to be used where there are any. */
  readonly problems: readonly ConfigProblem[];
  /** Where a fault found in the document's values stands in the text. */
  readonly place: (issue: Pick<ConfigIssue, 'path' | 'at'>) => { line: number | null; column: number | null };
}

/** The text without a byte order mark and with line ends as YAML itself has them; lines and columns stay the same. */
export function plainText(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
}

/** Parses YAML 1.2, with merge keys (`<<`). */
export function readYaml(text: string): YamlText {
  const lines = new LineCounter();
  const document = parseDocument(plainText(text), {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
    merge: true,
  });
  const positionOf = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  return {
    document,
    problems: [
      ...[...document.errors, ...document.warnings].map((error) => ({
        message: yamlMessage(error),
        ...positionOf(error.pos[0]),
      })),
      ...danglingAliases(document).map((alias) => ({
        message: `the alias "*${alias.source}" has no anchor "&${alias.source}" before it`,
        ...positionOf(startOf(alias) ?? 0),
      })),
    ],
    place: ({ path, at }) => {
      const offset = offsetOf(document, path, at);
      return offset === null ? { line: null, column: null } : positionOf(offset);
    },
  };
}

function danglingAliases(document: Document): Alias[] {
  const dangling: Alias[] = [];
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) === undefined) dangling.push(alias);
    },
  });
  return dangling;
}

/** The offset of the value or key at a path, or else of the nearest thing around it. */
function offsetOf(
  document: Document,
  path: readonly (string | number)[],
  at: 'key' | 'value',
): number | null {
  let node: Node | null = document.contents;
  let offset = startOf(node);
  for (const [index, part] of path.entries()) {
    const isLast = index === path.length - 1;
    const holder: unknown = isAlias(node) ? node.resolve(document) : node;
    if (isMap(holder)) {
      const pair: Pair | undefined = holder.items.find((each) => keyOf(each) === String(part));
      if (pair === undefined) break;
      const key = isNode(pair.key) ? startOf(pair.key) : null;
      const value: Node | null = isNode(pair.value) ? pair.value : null;
      // An entry without a value, and the group under a key, stand where their key stands.
      const isPlain = isScalar(value) && value.value !== null;
      const own = isLast && at === 'value' && isPlain ? startOf(value) : key;
      offset = own ?? offset;
      node = value;
    } else if (isSeq(holder)) {
      const item: unknown = holder.items[Number(part)];
      if (!isNode(item)) break;
      offset = startOf(item) ?? offset;
      node = item;
    } else {
      break;
    }
  }
  return offset;
}

function startOf(node: Node | null): number | null {
  return node?.range?.[0] ?? null;
}

function keyOf(pair: Pair): string {
  return String(isScalar(pair.key) ? pair.key.value : pair.key);
}

/** The parser's faults in an operator's words, for those that people make. */
function yamlMessage(error: YAMLError): string {
  switch (error.code) {
    case 'DUPLICATE_KEY':
      return 'the same key is there twice';
    case 'TAB_AS_INDENT':
      return 'the line is indented with a tab; YAML wants spaces';
    case 'BAD_INDENT':
      return `the indentation is wrong, or a bracket is not closed: ${error.message}`;
    case 'MISSING_CHAR':
      return `a character is missing: ${error.message}`;
    case 'MULTIPLE_DOCS':
      return 'the file holds more than one document; remove the line "---"';
    default:
      return `not valid YAML: ${error.message}`;
  }
}
