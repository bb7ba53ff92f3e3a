import type { Statement } from './python-ast';
import { splitAt, type Children } from './syntax-nodes';

/** An import statement, from the children of its node. */
export function parseImport(
  children: Children,
  textOf: (node: { from: number; to: number }) => string,
  place: { from: number; to: number },
): Statement {
  const dotted = (nodes: Children): string =>
    nodes
      .filter((node) => node.name === 'VariableName')
      .map(textOf)
      .join('.');
  const importAt = children.findIndex((node) => node.name === 'import');
  const named = children.slice(importAt + 1).filter((node) => node.name !== '(' && node.name !== ')');
  const parts = splitAt(named, ',').filter((part) => part.length > 0);
  const items = parts.map((part) => {
    const asAt = part.findIndex((node) => node.name === 'as');
    const name = dotted(asAt < 0 ? part : part.slice(0, asAt));
    return { name, as: asAt < 0 ? null : dotted(part.slice(asAt + 1)) };
  });
  if (children[0]?.name !== 'from') return { kind: 'import', modules: items, ...place };
  const before = children.slice(1, Math.max(1, importAt));
  const firstName = before.findIndex((node) => node.name === 'VariableName');
  const dots = before.slice(0, firstName < 0 ? before.length : firstName).map(textOf);
  const isAll = named.some((node) => node.name === '*');
  return {
    kind: 'import-from',
    level: dots.join('').length,
    module: dotted(before),
    names: isAll ? null : items.map(({ name, as }) => ({ name, as: as ?? name })),
    ...place,
  };
}
