import type { SyntaxNode } from '@lezer/common';

export type Children = readonly SyntaxNode[];

/** A node's children in order, without comments. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'Comment') children.push(child);
  }
  return children;
}

/** The nodes between separators: one list more than there are separators. */
export function splitAt(nodes: Children, separator: string): SyntaxNode[][] {
  const parts: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === separator) parts.push([]);
    else parts.at(-1)?.push(node);
  }
  return parts;
}

/** Whether a node is neither a comment nor a fault. */
export function isCode(node: SyntaxNode): boolean {
  return node.name !== '⚠' && node.name !== 'Comment';
}

/** The nodes between a pair of brackets. */
export function inside(nodes: Children): Children {
  const brackets = new Set(['(', ')', '[', ']', '{', '}']);
  return nodes.filter(
    (node, index) => !((index === 0 || index === nodes.length - 1) && brackets.has(node.name)),
  );
}

/** The offsets of a node. */
export function placeOf(node: SyntaxNode): { from: number; to: number } {
  return { from: node.from, to: node.to };
}

/** Whether there is anything within a node that is not Python. */
export function hasFault(node: SyntaxNode): boolean {
  let found = false;
  node.toTree().iterate({
    enter: (part) => {
      if (part.type.isError) found = true;
      return !found;
    },
  });
  return found;
}
