import type { Expression, Parameter } from './python-ast';
import { splitAt, type Children } from './syntax-nodes';

/** Parses what a parameter's default says. */
interface ParsesExpressions {
  parse(node: Children[number]): Expression;
  text(node: { from: number; to: number }): string;
}

/** The parameters of a function or lambda, from the children of its `ParamList`. */
export function parseParameters(nodes: Children, parser: ParsesExpressions): Parameter[] {
  const inner = nodes.filter((node) => node.name !== '(' && node.name !== ')' && node.name !== 'TypeDef');
  let isKeywordOnly = false;
  const parameters: Parameter[] = [];
  for (const part of splitAt(inner, ',')) {
    const [first, second, third] = part;
    if (first === undefined || first.name === '/') continue;
    if (first.name === '*' || first.name === '**') {
      isKeywordOnly = true;
      if (second === undefined) continue;
      const kind = first.name === '*' ? 'list' : 'dict';
      parameters.push({ kind, name: parser.text(second), initial: null });
    } else if (first.name === 'VariableName') {
      const initial = second?.name === 'AssignOp' && third !== undefined ? parser.parse(third) : null;
      parameters.push({ kind: isKeywordOnly ? 'keyword-only' : 'plain', name: parser.text(first), initial });
    }
  }
  return parameters;
}
