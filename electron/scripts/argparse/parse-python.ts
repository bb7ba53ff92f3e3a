import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@lezer/python';
import { deepestNesting } from './limits';
import { completeFloats } from './complete-floats';
import { ExpressionParser } from './parse-expression';
import { isBinaryOperator } from './python-operators';
import { parseImport } from './parse-import';
import { parseParameters } from './parse-parameters';
import type { Expression, FunctionBody, PythonModule, Statement } from './python-ast';
import { childrenOf, splitAt, type Children } from './syntax-nodes';

/** Parses Python as far as it is Python: what is not is left out, and the first such place is told. */
export function parsePython(text: string): PythonModule {
  // Python sees every end of a line as one newline, and no byte order mark.
  const source = completeFloats(text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n'));
  const tree = parser.parse(source);
  const statements = new StatementParser(source);
  const body = statements.block(childrenOf(tree.topNode));
  return {
    source,
    body,
    document: documentOf(body),
    fault: firstFault(tree),
    lineStarts: lineStartsOf(source),
  };
}

function firstFault(tree: Tree): number | null {
  let fault: number | null = null;
  tree.iterate({
    enter: (node) => {
      if (fault === null && node.type.isError && !isBareYield(node.node)) fault = node.from;
      return fault === null;
    },
  });
  return fault;
}

/** The grammar wants a value after `yield`, Python does not. */
function isBareYield(node: SyntaxNode): boolean {
  return node.from === node.to && node.parent !== null && node.parent.name.startsWith('Yield');
}

function lineStartsOf(source: string): number[] {
  const starts = [0];
  for (const match of source.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return starts;
}

function documentOf(body: readonly Statement[]): string | null {
  const [first] = body;
  if (first?.kind !== 'expression') return null;
  const { value } = first;
  if (value.kind === 'joined') {
    const parts = value.parts.map((part) => (part.kind === 'constant' ? part.value : null));
    return parts.every((part) => typeof part === 'string') ? parts.join('') : null;
  }
  return value.kind === 'constant' && typeof value.value === 'string' ? value.value : null;
}

type Head = { readonly from: number; readonly to: number };

class StatementParser {
  readonly #expressions: ExpressionParser;
  #depth = 0;
  /** Whether the function that is being parsed yields. */
  #hasYield = false;

  constructor(source: string) {
    this.#expressions = new ExpressionParser(source);
  }

  block(nodes: Children): Statement[] {
    if (this.#depth >= deepestNesting) return [];
    this.#depth += 1;
    const statements = nodes.flatMap((node) => this.#statements(node));
    this.#depth -= 1;
    return statements;
  }

  #statements(node: SyntaxNode): Statement[] {
    if (node.name === 'StatementGroup') return childrenOf(node).flatMap((part) => this.#statements(part));
    const statement = this.#statement(node);
    return statement === null ? [] : [statement];
  }

  #statement(node: SyntaxNode): Statement | null {
    const place: Head = { from: node.from, to: node.to };
    const children = childrenOf(node);
    switch (node.name) {
      case 'ExpressionStatement':
        return { kind: 'expression', value: this.#expressions.parseList(children, place), ...place };
      case 'AssignStatement':
        return this.#assign(children, place);
      case 'UpdateStatement': {
        const at = children.findIndex((part) => part.name === 'UpdateOp');
        const sign = children[at];
        if (sign === undefined) return null;
        const operator = this.#expressions.text(sign).slice(0, -1);
        return {
          kind: 'update',
          target: this.#expressions.parseList(children.slice(0, at), place),
          operator: isBinaryOperator(operator) ? operator : null,
          value: this.#expressions.parseList(children.slice(at + 1), place),
          ...place,
        };
      }
      case 'ReturnStatement': {
        const value = children.slice(1);
        return {
          kind: 'return',
          value: value.length === 0 ? null : this.#expressions.parseList(value, place),
          ...place,
        };
      }
      case 'YieldStatement':
        this.#hasYield = true;
        return null;
      case 'RaiseStatement':
        return { kind: 'raise', ...place };
      case 'BreakStatement':
        return { kind: 'break', ...place };
      case 'ContinueStatement':
        return { kind: 'continue', ...place };
      case 'DeleteStatement': {
        const targets = splitAt(children.slice(1), ',').flatMap((part) => part.slice(0, 1));
        return { kind: 'delete', targets: targets.map((part) => this.#expressions.parse(part)), ...place };
      }
      case 'ScopeStatement': {
        const names = children.filter((part) => part.name === 'VariableName');
        const type = children[0]?.name === 'global' ? 'global' : 'nonlocal';
        return { kind: 'scope', type, names: names.map((part) => this.#expressions.text(part)), ...place };
      }
      case 'ImportStatement':
        return parseImport(children, (part) => this.#expressions.text(part), place);
      case 'IfStatement':
        return this.#if(children, place);
      case 'ForStatement':
        return this.#for(children, place);
      case 'WhileStatement': {
        const [, test] = children;
        const [body, otherwise] = bodiesOf(children);
        if (test === undefined || body === undefined) return null;
        return {
          kind: 'while',
          test: this.#expressions.parse(test),
          body: this.#body(body),
          otherwise: this.#body(otherwise),
          ...place,
        };
      }
      case 'TryStatement':
        return this.#try(children, place);
      case 'WithStatement':
        return this.#with(children, place);
      case 'MatchStatement': {
        const [, subject] = children;
        const clauses = node.getChild('MatchBody')?.getChildren('MatchClause') ?? [];
        if (subject === undefined) return null;
        const cases = clauses.map((clause) => this.#body(clause.getChild('Body')));
        return { kind: 'match', subject: this.#expressions.parse(subject), cases, ...place };
      }
      case 'FunctionDefinition':
      case 'ClassDefinition':
        return this.#definition(node, []);
      case 'DecoratedStatement': {
        const definition = node.getChild('FunctionDefinition') ?? node.getChild('ClassDefinition');
        const decorators = node.getChildren('Decorator').map((part) => this.#decorator(part));
        return definition === null ? null : this.#definition(definition, decorators);
      }
      default:
        return null;
    }
  }

  #assign(children: Children, place: Head): Statement {
    const groups = splitAt(
      children.filter((part) => part.name !== 'TypeDef'),
      'AssignOp',
    );
    const isBare = groups.length === 1;
    const value = isBare ? null : this.#expressions.parseList(groups.at(-1) ?? [], place);
    const targets = (isBare ? groups : groups.slice(0, -1)).map((group) =>
      this.#expressions.parseList(group, place),
    );
    return { kind: 'assign', targets, value, ...place };
  }

  #if(children: Children, place: Head): Statement {
    const branches: { test: Expression; body: Statement[] }[] = [];
    let otherwise: Statement[] = [];
    for (const [index, word] of children.entries()) {
      if (word.name === 'if' || word.name === 'elif') {
        const test = children[index + 1];
        const body = children.slice(index + 1).find((part) => part.name === 'Body');
        if (test === undefined || test.name === 'Body') continue;
        branches.push({ test: this.#expressions.parse(test), body: this.#body(body) });
      } else if (word.name === 'else') {
        otherwise = this.#body(children[index + 1]);
      }
    }
    return { kind: 'if', branches, otherwise, ...place };
  }

  #for(children: Children, place: Head): Statement | null {
    const begin = children.findIndex((part) => part.name === 'for');
    const middle = children.findIndex((part) => part.name === 'in');
    const end = children.findIndex((part) => part.name === 'Body');
    if (middle < 0 || end < 0) return null;
    const [body, otherwise] = bodiesOf(children);
    return {
      kind: 'for',
      target: this.#expressions.parseList(children.slice(begin + 1, middle), place),
      source: this.#expressions.parseList(children.slice(middle + 1, end), place),
      body: this.#body(body),
      otherwise: this.#body(otherwise),
      ...place,
    };
  }

  #try(children: Children, place: Head): Statement {
    const handlers: { name: string | null; body: Statement[] }[] = [];
    let word = '';
    let name: string | null = null;
    const bodies = { try: [] as Statement[], else: [] as Statement[], finally: [] as Statement[] };
    for (const [index, part] of children.entries()) {
      if (part.name === 'Body') {
        if (word === 'except') handlers.push({ name, body: this.#body(part) });
        else if (word === 'try' || word === 'else' || word === 'finally') bodies[word] = this.#body(part);
        name = null;
      } else if (part.name === 'as') {
        const named = children[index + 1];
        name = named === undefined ? null : this.#expressions.text(named);
      } else if (['try', 'except', 'else', 'finally'].includes(part.name)) {
        word = part.name;
      }
    }
    return {
      kind: 'try',
      body: bodies.try,
      handlers,
      otherwise: bodies.else,
      final: bodies.finally,
      ...place,
    };
  }

  #with(children: Children, place: Head): Statement {
    const inner = children.filter((part) => !['async', 'with', 'Body'].includes(part.name));
    const items = splitAt(inner, ',').flatMap(([value, word, target]) =>
      value === undefined
        ? []
        : [
            {
              value: this.#expressions.parse(value),
              target: word?.name === 'as' && target !== undefined ? this.#expressions.parse(target) : null,
            },
          ],
    );
    return { kind: 'with', items, body: this.#body(bodiesOf(children)[0]), ...place };
  }

  #decorator(node: SyntaxNode): Expression {
    const parts = childrenOf(node).filter(
      (part) => part.name === 'VariableName' || part.name === 'PropertyName',
    );
    const { from, to } = node;
    const [first, ...rest] = parts;
    const name: Expression = {
      kind: 'name',
      name: first === undefined ? '' : this.#expressions.text(first),
      from,
      to,
    };
    const path = rest.reduce<Expression>(
      (object, part) => ({
        kind: 'attribute',
        object,
        name: this.#expressions.text(part),
        at: part.from,
        from,
        to,
      }),
      name,
    );
    const list = node.getChild('ArgList');
    if (list === null) return path;
    return { kind: 'call', callee: path, args: this.#expressions.arguments(list), isBroken: false, from, to };
  }

  #definition(node: SyntaxNode, decorators: readonly Expression[]): Statement | null {
    const named = node.getChild('VariableName');
    const body = node.getChild('Body');
    if (named === null) return null;
    const name = this.#expressions.text(named);
    const place: Head = { from: node.from, to: node.to };
    if (node.name === 'ClassDefinition') {
      const list = node.getChild('ArgList');
      const bases = list === null ? [] : this.#expressions.arguments(list);
      const statements = this.#body(body);
      return {
        kind: 'class',
        name,
        bases,
        body: statements,
        decorators,
        document: documentOf(statements),
        ...place,
      };
    }
    return { kind: 'function', function: this.#function(node, name, body), decorators, ...place };
  }

  #function(node: SyntaxNode, name: string, body: SyntaxNode | null): FunctionBody {
    const outer = this.#hasYield;
    this.#hasYield = false;
    const list = node.getChild('ParamList');
    const parameters = list === null ? [] : parseParameters(childrenOf(list), this.#expressions);
    const statements = this.#body(body);
    const isGenerator = this.#hasYield;
    this.#hasYield = outer;
    return {
      name,
      parameters,
      body: statements,
      isGenerator,
      document: documentOf(statements),
      from: node.from,
      to: node.to,
    };
  }

  #body(node: SyntaxNode | null | undefined): Statement[] {
    return node === null || node === undefined || node.name !== 'Body' ? [] : this.block(childrenOf(node));
  }
}

function bodiesOf(children: Children): SyntaxNode[] {
  return children.filter((part) => part.name === 'Body');
}
