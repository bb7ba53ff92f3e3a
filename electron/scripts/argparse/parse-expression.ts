import type { SyntaxNode } from '@lezer/common';
import type { CallArgument, ComprehensionClause, Expression } from './python-ast';
import { deepestNesting } from './limits';
import { parseParameters } from './parse-parameters';
import { isBinaryOperator, isComparison } from './python-operators';
import { numberValue, stringLiteral, unescapeText } from './python-string';
import { childrenOf, hasFault, inside, isCode, placeOf, splitAt, type Children } from './syntax-nodes';
import { textParts } from './parse-text';

/** Makes expressions of the nodes of one source text. */
export class ExpressionParser {
  readonly source: string;
  #depth = 0;

  constructor(source: string) {
    this.source = source;
  }

  /** The expression of a node; `opaque` for what is not known. */
  parse(node: SyntaxNode): Expression {
    if (this.#depth >= deepestNesting) return { kind: 'opaque', parts: [], ...placeOf(node) };
    this.#depth += 1;
    const expression = this.#parse(node);
    this.#depth -= 1;
    return expression;
  }

  /** Nodes between which commas may stand: one expression, or a tuple. */
  parseList(nodes: Children, place: { from: number; to: number }): Expression {
    const hasComma = nodes.some((node) => node.name === ',');
    const items = this.#items(nodes);
    const [only] = items;
    if (!hasComma && only !== undefined && only.kind !== 'starred') return only;
    const { from, to } = { from: nodes[0]?.from ?? place.from, to: nodes.at(-1)?.to ?? place.to };
    return { kind: 'sequence', type: 'tuple', items, from, to };
  }

  /** The text of a node. */
  text(node: { from: number; to: number }): string {
    return this.source.slice(node.from, node.to);
  }

  /** The arguments of an `ArgList`. */
  arguments(list: SyntaxNode): CallArgument[] {
    const parts = splitAt(inside(childrenOf(list)), ',').filter((part) => part.length > 0);
    return parts.map((part): CallArgument => {
      const [first, second, third] = part;
      if (first?.name === '*' && second !== undefined) {
        return { kind: 'list', name: '', value: this.parse(second) };
      }
      if (first?.name === '**' && second !== undefined) {
        return { kind: 'dict', name: '', value: this.parse(second) };
      }
      if (first !== undefined && second?.name === 'AssignOp' && this.text(second) === '=') {
        const value: Expression =
          third === undefined ? { kind: 'opaque', parts: [], ...placeOf(second) } : this.parse(third);
        return { kind: 'keyword', name: this.text(first), value };
      }
      if (part.some((node) => node.name === 'for')) {
        return { kind: 'positional', name: '', value: this.#comprehension(part, 'generator', list) };
      }
      const value: Expression =
        first === undefined ? { kind: 'opaque', parts: [], ...placeOf(list) } : this.parse(first);
      return { kind: 'positional', name: '', value };
    });
  }

  #parse(node: SyntaxNode): Expression {
    const place = placeOf(node);
    switch (node.name) {
      case 'VariableName':
        return { kind: 'name', name: this.text(node), ...place };
      case 'None':
        return { kind: 'constant', value: null, ...place };
      case 'Boolean':
        return { kind: 'constant', value: this.text(node) === 'True', ...place };
      case 'Number': {
        const value = numberValue(this.text(node));
        return value === null
          ? { kind: 'opaque', parts: [], ...place }
          : { kind: 'constant', value, ...place };
      }
      case 'String':
        return this.#string(node);
      case 'FormatString':
        return { kind: 'text', parts: textParts(node, this), ...place };
      case 'ContinuedString':
        return {
          kind: 'joined',
          parts: childrenOf(node)
            .filter(isCode)
            .map((part) => this.parse(part)),
          ...place,
        };
      case 'ParenthesizedExpression': {
        const [only] = inside(childrenOf(node));
        return only === undefined ? { kind: 'opaque', parts: [], ...place } : this.parse(only);
      }
      case 'TupleExpression':
      case 'ArrayExpression':
      case 'SetExpression': {
        const items = this.#items(inside(childrenOf(node)));
        const type =
          node.name === 'ArrayExpression' ? 'list' : node.name === 'SetExpression' ? 'set' : 'tuple';
        return { kind: 'sequence', type, items, ...place };
      }
      case 'DictionaryExpression':
        return this.#dictionary(node);
      case 'ArrayComprehensionExpression':
        return this.#comprehension(inside(childrenOf(node)), 'list', node);
      case 'SetComprehensionExpression':
        return this.#comprehension(inside(childrenOf(node)), 'set', node);
      case 'DictionaryComprehensionExpression':
        return this.#comprehension(inside(childrenOf(node)), 'dict', node);
      case 'ComprehensionExpression':
        return this.#comprehension(inside(childrenOf(node)), 'generator', node);
      case 'CallExpression':
        return this.#call(node);
      case 'MemberExpression':
        return this.#member(node);
      case 'UnaryExpression':
        return this.#unary(node);
      case 'BinaryExpression':
        return this.#binary(node);
      case 'ConditionalExpression': {
        const [then, test, otherwise] = childrenOf(node).filter(
          (part) => part.name !== 'if' && part.name !== 'else',
        );
        if (then === undefined || test === undefined || otherwise === undefined) return this.#opaque(node);
        return {
          kind: 'conditional',
          test: this.parse(test),
          met: this.parse(then),
          otherwise: this.parse(otherwise),
          ...place,
        };
      }
      case 'LambdaExpression': {
        const list = node.getChild('ParamList');
        const body = node.lastChild;
        if (body === null || body.name === ':' || body.name === '⚠') return this.#opaque(node);
        const parameters = list === null ? [] : parseParameters(childrenOf(list), this);
        return { kind: 'lambda', parameters, body: this.parse(body), ...place };
      }
      case 'NamedExpression': {
        const [target, , value] = childrenOf(node);
        if (target === undefined || value === undefined) return this.#opaque(node);
        return { kind: 'named', target: this.parse(target), value: this.parse(value), ...place };
      }
      case 'AwaitExpression':
        return node.lastChild === null ? this.#opaque(node) : this.parse(node.lastChild);
      case 'YieldExpression':
        return { kind: 'yield', ...place };
      default:
        return this.#opaque(node);
    }
  }

  #opaque(node: SyntaxNode): Expression {
    const parts = childrenOf(node)
      .filter((part) => part.firstChild !== null || part.name === 'VariableName')
      .map((part) => this.parse(part));
    return { kind: 'opaque', parts, ...placeOf(node) };
  }

  #items(nodes: Children): Expression[] {
    return splitAt(nodes, ',')
      .filter((part) => part.length > 0)
      .map((part) => {
        const [first, second] = part;
        if (first?.name === '*' && second !== undefined) {
          return { kind: 'starred', value: this.parse(second), from: first.from, to: second.to };
        }
        const only = first?.name === '⚠' ? undefined : first;
        return only === undefined
          ? { kind: 'opaque', parts: [], from: first?.from ?? 0, to: first?.to ?? 0 }
          : this.parse(only);
      });
  }

  #string(node: SyntaxNode): Expression {
    const text = this.text(node);
    const { isBytes, isRaw, start, end } = stringLiteral(text);
    if (isBytes) return { kind: 'bytes', ...placeOf(node) };
    const content = text.slice(start, end);
    return { kind: 'constant', value: isRaw ? content : unescapeText(content), ...placeOf(node) };
  }

  #dictionary(node: SyntaxNode): Expression {
    const entries = splitAt(inside(childrenOf(node)), ',')
      .filter((part) => part.length > 0)
      .map((part) => {
        const [first, second, third] = part;
        if (first?.name === '**' && second !== undefined) return { key: null, value: this.parse(second) };
        const value: Expression =
          third === undefined ? { kind: 'opaque', parts: [], ...placeOf(node) } : this.parse(third);
        const key: Expression =
          first === undefined ? { kind: 'opaque', parts: [], ...placeOf(node) } : this.parse(first);
        return { key, value };
      });
    return { kind: 'dict', entries, ...placeOf(node) };
  }

  #comprehension(nodes: Children, type: 'list' | 'set' | 'dict' | 'generator', node: SyntaxNode): Expression {
    const place = { from: nodes[0]?.from ?? node.from, to: nodes.at(-1)?.to ?? node.to };
    const begin = nodes.findIndex((part) => part.name === 'for' || part.name === 'async');
    const head = nodes.slice(0, begin).filter((part) => part.name !== ':');
    const [first, second] = head;
    const clauses = this.#clauses(nodes.slice(begin));
    if (begin < 0 || first === undefined || clauses === null) return { kind: 'opaque', parts: [], ...place };
    if (type === 'dict' && second !== undefined) {
      return {
        kind: 'comprehension',
        type,
        key: this.parse(first),
        value: this.parse(second),
        clauses,
        ...place,
      };
    }
    if (first.name === '*' || first.name === '**') return { kind: 'opaque', parts: [], ...place };
    return { kind: 'comprehension', type, key: null, value: this.parse(first), clauses, ...place };
  }

  #clauses(nodes: Children): ComprehensionClause[] | null {
    const clauses: { target: Expression; source: Expression; conditions: Expression[] }[] = [];
    let index = 0;
    while (index < nodes.length) {
      const word = nodes[index]?.name;
      if (word === 'async') return null;
      if (word === 'for') {
        const inAt = nodes.findIndex((part, position) => position > index && part.name === 'in');
        const source = nodes[inAt + 1];
        if (inAt < 0 || source === undefined) return null;
        const target = this.parseList(nodes.slice(index + 1, inAt), placeOf(source));
        clauses.push({ target, source: this.parse(source), conditions: [] });
        index = inAt + 2;
      } else {
        const condition = nodes[index + 1];
        const clause = clauses.at(-1);
        if (word !== 'if' || condition === undefined || clause === undefined) return null;
        clause.conditions.push(this.parse(condition));
        index += 2;
      }
    }
    return clauses;
  }

  #call(node: SyntaxNode): Expression {
    const callee = node.firstChild;
    const list = node.getChild('ArgList');
    if (callee === null || list === null) return this.#opaque(node);
    const isBroken = childrenOf(node).some((part) => part.name === '⚠') || hasFault(list);
    return {
      kind: 'call',
      callee: this.parse(callee),
      args: this.arguments(list),
      isBroken,
      ...placeOf(node),
    };
  }

  #member(node: SyntaxNode): Expression {
    const [object, ...rest] = childrenOf(node);
    if (object === undefined) return this.#opaque(node);
    const property = rest.find((part) => part.name === 'PropertyName');
    if (property !== undefined) {
      const name = this.text(property);
      return { kind: 'attribute', object: this.parse(object), name, at: property.from, ...placeOf(node) };
    }
    const between = inside(rest);
    if (between.length === 0) return this.#opaque(node);
    const index = between.some((part) => part.name === ':')
      ? this.#slice(between)
      : this.parseList(between, placeOf(node));
    return { kind: 'subscript', object: this.parse(object), index, ...placeOf(node) };
  }

  #slice(nodes: Children): Expression {
    const place = { from: nodes[0]?.from ?? 0, to: nodes.at(-1)?.to ?? 0 };
    if (nodes.some((part) => part.name === ',')) return { kind: 'opaque', parts: [], ...place };
    const [start, stop, step] = splitAt(nodes, ':').map(([only]) =>
      only === undefined ? null : this.parse(only),
    );
    return { kind: 'slice', start: start ?? null, stop: stop ?? null, step: step ?? null, ...place };
  }

  #unary(node: SyntaxNode): Expression {
    const [sign, operand] = childrenOf(node);
    const operator = sign === undefined ? '' : this.text(sign);
    if (operand === undefined) return this.#opaque(node);
    if (operator !== '-' && operator !== '+' && operator !== '~' && operator !== 'not')
      return this.#opaque(node);
    return { kind: 'unary', operator, operand: this.parse(operand), ...placeOf(node) };
  }

  #binary(node: SyntaxNode): Expression {
    const [left, ...rest] = childrenOf(node);
    const right = rest.at(-1);
    if (left === undefined || right === undefined || rest.length < 2) return this.#opaque(node);
    const operator = rest
      .slice(0, -1)
      .map((part) => this.text(part))
      .join(' ');
    if (operator === 'and' || operator === 'or') {
      return {
        kind: 'logical',
        operator,
        left: this.parse(left),
        right: this.parse(right),
        ...placeOf(node),
      };
    }
    if (isComparison(operator)) {
      // `a < b < c` hangs together in Python; here it would be (a < b) < c.
      const isChained = left.name === 'BinaryExpression' && left.getChild('CompareOp') !== null;
      if (isChained) return this.#opaque(node);
      return {
        kind: 'comparison',
        operator,
        left: this.parse(left),
        right: this.parse(right),
        ...placeOf(node),
      };
    }
    if (!isBinaryOperator(operator)) return this.#opaque(node);
    return { kind: 'binary', operator, left: this.parse(left), right: this.parse(right), ...placeOf(node) };
  }
}
