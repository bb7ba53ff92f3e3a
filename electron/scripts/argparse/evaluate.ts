import { assertNever } from '../../../shared/assert-never';
import { longestText, mostItems } from './limits';
import { siteOf, type Arguments, type Machine } from './machine';
import { binary, signed } from './operators';
import type { ComprehensionClause, Expression, TextPart } from './python-ast';
import { compare, itemsOf, keyOf, truthOf } from './python-compare';
import { formatValue } from './python-format';
import { reprOf, textOf } from './python-text';
import { boolean, none, text, type Scope, type UnknownValue, type Value } from './python-value';
import { nativeName } from './native-names';
import { assignMember, bindingsFor } from './assign-member';
import { subscript } from './subscript';

type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;

/** The value of an expression, as far as it can be known. */
export function evaluate(machine: Machine, expression: Expression, scope: Scope): Value {
  machine.step();
  const known = valueOf(machine, expression, scope);
  return known ?? machine.unknown(siteOf(expression, scope.module));
}

function valueOf(machine: Machine, expression: Expression, scope: Scope): Value | null {
  switch (expression.kind) {
    case 'constant':
      return constant(expression.value);
    case 'bytes':
    case 'yield':
    case 'slice':
      return null;
    case 'opaque':
      for (const part of expression.parts) machine.evaluate(part, scope);
      return null;
    case 'name':
      return variable(scope, expression.name);
    case 'attribute': {
      const object = machine.evaluate(expression.object, scope);
      return machine.attribute(object, expression.name, siteOf(expression, scope.module));
    }
    case 'subscript':
      return subscript(machine, expression, scope);
    case 'call':
      return call(machine, expression, scope);
    case 'sequence': {
      const items = spread(machine, expression.items, scope);
      if (items === null) return null;
      if (expression.type === 'tuple') return { kind: 'tuple', items };
      return { kind: expression.type, items, region: machine.region, isCertain: true };
    }
    case 'starred':
      return machine.evaluate(expression.value, scope);
    case 'dict':
      return dictionary(machine, expression, scope);
    case 'text':
      return filledText(machine, expression.parts, scope);
    case 'joined': {
      const parts = expression.parts.map((part) => machine.evaluate(part, scope));
      const texts = parts.map((part) => (part.kind === 'text' ? part.value : null));
      return texts.every((part) => part !== null) ? text(texts.join('')) : null;
    }
    case 'unary': {
      const value = machine.evaluate(expression.operand, scope);
      if (expression.operator !== 'not') return signed(expression.operator, value);
      const truth = truthOf(value);
      return truth === null ? null : boolean(!truth);
    }
    case 'binary': {
      const left = machine.evaluate(expression.left, scope);
      const right = machine.evaluate(expression.right, scope);
      return binary(expression.operator, left, right, machine.region);
    }
    case 'comparison': {
      const left = machine.evaluate(expression.left, scope);
      const right = machine.evaluate(expression.right, scope);
      const outcome = compare(expression.operator, left, right);
      return outcome === null ? null : boolean(outcome);
    }
    case 'logical': {
      const left = machine.evaluate(expression.left, scope);
      const truth = truthOf(left);
      if (truth === (expression.operator === 'or')) return left;
      const right = machine.evaluate(expression.right, scope);
      // `parser or ArgumentParser()`, with a parser that may have been given, is a parser in any case.
      if (truth === null && right.kind !== 'parser') return null;
      return right;
    }
    case 'conditional': {
      const truth = truthOf(machine.evaluate(expression.test, scope));
      if (truth !== null) return machine.evaluate(truth ? expression.met : expression.otherwise, scope);
      const then = machine.evaluate(expression.met, scope);
      const otherwise = machine.evaluate(expression.otherwise, scope);
      if (then.kind === 'parser') return then;
      return otherwise.kind === 'parser' ? otherwise : null;
    }
    case 'lambda':
      return lambda(machine, expression, scope);
    case 'comprehension':
      return comprehension(machine, expression, scope);
    case 'named': {
      const value = machine.evaluate(expression.value, scope);
      if (expression.target.kind === 'name') machine.bind(scope.bindings, expression.target.name, value);
      return value;
    }
    default:
      return assertNever(expression);
  }
}

function constant(value: Of<'constant'>['value']): Value {
  if (value === null) return none;
  if (typeof value === 'boolean') return boolean(value);
  if (typeof value === 'bigint') return { kind: 'integer', value };
  return typeof value === 'number' ? { kind: 'float', value } : text(value);
}

/** A variable: of the function, those around it but for class bodies, the module, then Python's own. */
export function variable(scope: Scope, name: string): Value | null {
  const declared = scope.outer.get(name);
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const isSkipped = at !== scope && at.kind === 'class';
    const isOwn = at === scope && declared !== undefined;
    if (isSkipped || isOwn || (declared === 'global' && at.kind !== 'module')) continue;
    const value = at.bindings.get(name);
    if (value !== undefined) return value;
  }
  return nativeName(name);
}

function spread(machine: Machine, expressions: readonly Expression[], scope: Scope): Value[] | null {
  const items: Value[] = [];
  let isKnown = true;
  for (const expression of expressions) {
    const value = machine.evaluate(expression, scope);
    if (expression.kind !== 'starred') items.push(value);
    else {
      const inner = itemsOf(value);
      if (inner === null) isKnown = false;
      else items.push(...inner);
    }
  }
  return isKnown ? items : null;
}

function dictionary(machine: Machine, expression: Of<'dict'>, scope: Scope): Value | null {
  const entries = new Map<string, readonly [Value, Value]>();
  let isKnown = true;
  for (const { key, value } of expression.entries) {
    const held = machine.evaluate(value, scope);
    if (key === null) {
      if (held.kind !== 'dict' || !held.isCertain) isKnown = false;
      else for (const [inner, entry] of held.entries) entries.set(inner, entry);
      continue;
    }
    const named = machine.evaluate(key, scope);
    const place = keyOf(named);
    if (place === null) isKnown = false;
    else entries.set(place, [named, held]);
  }
  return isKnown ? { kind: 'dict', entries, region: machine.region, isCertain: true } : null;
}

function filledText(machine: Machine, parts: readonly TextPart[], scope: Scope): Value | null {
  let filled = '';
  for (const part of parts) {
    if (typeof part === 'string') {
      filled += part;
      continue;
    }
    const value = machine.evaluate(part.value, scope);
    const format = part.format.length === 0 ? text('') : filledText(machine, part.format, scope);
    if (format?.kind !== 'text') return null;
    const usesRepr =
      part.conversion === 'r' || part.conversion === 'a' || (part.label !== '' && format.value === '');
    const shown = usesRepr
      ? reprOf(value)
      : part.conversion === 's'
        ? textOf(value)
        : formatValue(value, format.value);
    if (shown === null) return null;
    filled += part.label + shown;
    if (filled.length > longestText) return null;
  }
  return text(filled);
}

function call(machine: Machine, expression: Of<'call'>, scope: Scope): Value {
  const callee = machine.evaluate(expression.callee, scope);
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  const unknown: UnknownValue[] = [];
  // argparse's own stack shows the line of the method's name, which is where people look for it.
  const line =
    expression.callee.kind === 'attribute'
      ? scope.module.lineOf(expression.callee.at)
      : scope.module.lineOf(expression.from);
  const site = { module: scope.module, line, text: scope.module.textOf(expression) };
  if (expression.isBroken) {
    machine.notes.at(
      scope.module,
      line,
      `\`${shortened(site.text)}\` could not be parsed, so it is not in this form.`,
    );
    return machine.unknown(site);
  }
  for (const argument of expression.args) {
    const value = machine.evaluate(argument.value, scope);
    if (argument.kind === 'positional') positional.push(value);
    else if (argument.kind === 'keyword') keywords.set(argument.name, value);
    else if (!spreadInto(argument.kind, value, positional, keywords)) {
      unknown.push(value.kind === 'unknown' ? value : machine.unknown(siteOf(argument.value, scope.module)));
    }
  }
  if (
    callee.kind === 'native' &&
    callee.name === 'super' &&
    positional.length === 0 &&
    scope.method !== null
  ) {
    return { kind: 'super', ...scope.method };
  }
  const args: Arguments = { positional, keywords, unknown };
  return machine.call(callee, args, site);
}

function shortened(line: string): string {
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

function spreadInto(
  kind: 'list' | 'dict',
  value: Value,
  positional: Value[],
  keywords: Map<string, Value>,
): boolean {
  if (kind === 'list') {
    const items = itemsOf(value);
    if (items !== null) positional.push(...items);
    return items !== null;
  }
  if (value.kind !== 'dict' || !value.isCertain) return false;
  for (const [key, held] of value.entries.values()) if (key.kind === 'text') keywords.set(key.value, held);
  return true;
}

function lambda(machine: Machine, expression: Of<'lambda'>, scope: Scope): Value {
  const initial = new Map<string, Value>();
  for (const parameter of expression.parameters) {
    if (parameter.initial !== null) initial.set(parameter.name, machine.evaluate(parameter.initial, scope));
  }
  return {
    kind: 'function',
    name: '<lambda>',
    parameters: expression.parameters,
    initial,
    body: expression.body,
    definition: null,
    scope,
    decoration: null,
    owner: null,
    text: scope.module.textOf(expression),
  };
}

function comprehension(machine: Machine, expression: Of<'comprehension'>, outer: Scope): Value | null {
  const scope: Scope = {
    kind: 'function',
    bindings: new Map(),
    parent: outer,
    module: outer.module,
    outer: new Map(),
    method: outer.method,
    returns: [],
  };
  const items: Value[] = [];
  const entries = new Map<string, readonly [Value, Value]>();
  let isKnown = true;
  const add = (): void => {
    if (items.length >= mostItems) isKnown = false;
    if (!isKnown) return;
    const value = machine.evaluate(expression.value, scope);
    items.push(value);
    if (expression.type !== 'dict' || expression.key === null) return;
    const key = machine.evaluate(expression.key, scope);
    const place = keyOf(key);
    if (place === null) isKnown = false;
    else entries.set(place, [key, value]);
  };
  const through = ([clause, ...rest]: readonly ComprehensionClause[]): void => {
    if (!isKnown) return;
    if (clause === undefined) return add();
    const source = itemsOf(machine.evaluate(clause.source, scope));
    if (source === null) isKnown = false;
    for (const item of source ?? []) {
      if (!assignTarget(machine, clause.target, item, scope)) isKnown = false;
      const truths = clause.conditions.map((condition) => truthOf(machine.evaluate(condition, scope)));
      if (truths.includes(null)) isKnown = false;
      if (truths.every((truth) => truth === true)) through(rest);
    }
  };
  through(expression.clauses);
  if (!isKnown) return null;
  if (expression.type === 'dict') return { kind: 'dict', entries, region: machine.region, isCertain: true };
  const kind = expression.type === 'set' ? 'set' : 'list';
  return { kind, items, region: machine.region, isCertain: true };
}

/** Assigns to a name, or to names in a tuple. Answers false where the value does not fit or is not known. */
export function assignTarget(machine: Machine, target: Expression, value: Value, scope: Scope): boolean {
  if (target.kind === 'name') {
    machine.bind(bindingsFor(scope, target.name), target.name, value);
    return true;
  }
  if (target.kind === 'attribute' || target.kind === 'subscript') {
    assignMember(machine, target, value, scope);
    return true;
  }
  if (target.kind !== 'sequence') return false;
  const items = itemsOf(value);
  const starAt = target.items.findIndex((item) => item.kind === 'starred');
  const fits =
    items !== null &&
    (starAt < 0 ? items.length === target.items.length : items.length >= target.items.length - 1);
  const extra = fits ? items.length - target.items.length : 0;
  for (const [index, part] of target.items.entries()) {
    const site = siteOf(part, scope.module);
    if (part.kind === 'starred') {
      const held: Value = fits
        ? {
            kind: 'list',
            items: items.slice(index, index + extra + 1),
            region: machine.region,
            isCertain: true,
          }
        : machine.unknown(site);
      assignTarget(machine, part.value, held, scope);
    } else {
      const at = starAt >= 0 && index > starAt ? index + extra : index;
      assignTarget(machine, part, (fits ? items[at] : undefined) ?? machine.unknown(site), scope);
    }
  }
  return fits;
}
