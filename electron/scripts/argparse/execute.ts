import { assertNever } from '../../../shared/assert-never';
import { aboutToChange, bindingsFor, deleteTarget } from './assign-member';
import { defineClass, defineFunction } from './definitions';
import { assignTarget } from './evaluate';
import { executeImport, executeImportFrom, isResolvedImport } from './execute-import';
import { mostItems } from './limits';
import { ScriptEnd, siteOf, type Changes, type Completion, type Machine } from './machine';
import { binary } from './operators';
import type { Statement } from './python-ast';
import { itemsOf, truthOf } from './python-compare';
import type { Region, Scope } from './python-value';
import { none } from './python-value';

type Of<Kind extends Statement['kind']> = Extract<Statement, { kind: Kind }>;

const normal: Completion = { kind: 'normal' };

/** Goes through statements in their order, until one ends the block. */
export function execute(machine: Machine, statements: readonly Statement[], scope: Scope): Completion {
  for (const statement of statements) {
    machine.step();
    const completion = executeOne(machine, statement, scope);
    if (completion.kind !== 'normal') return completion;
  }
  return normal;
}

function executeOne(machine: Machine, statement: Statement, scope: Scope): Completion {
  switch (statement.kind) {
    case 'expression':
      machine.evaluate(statement.value, scope);
      return normal;
    case 'assign': {
      if (statement.value === null) return normal;
      const value = machine.evaluate(statement.value, scope);
      for (const target of statement.targets) assignTarget(machine, target, value, scope);
      return normal;
    }
    case 'update':
      update(machine, statement, scope);
      return normal;
    case 'return':
      return {
        kind: 'return',
        value: statement.value === null ? none : machine.evaluate(statement.value, scope),
      };
    case 'raise':
      throw new ScriptEnd();
    case 'break':
    case 'continue':
      return { kind: statement.kind };
    case 'pass':
      return normal;
    case 'delete':
      for (const target of statement.targets) deleteTarget(machine, target, scope);
      return normal;
    case 'scope':
      for (const name of statement.names) scope.outer.set(name, statement.type);
      return normal;
    case 'import':
      executeImport(machine, statement, scope);
      return normal;
    case 'import-from':
      executeImportFrom(machine, statement, scope);
      return normal;
    case 'if':
      return executeIf(machine, statement, scope);
    case 'for':
      return executeFor(machine, statement, scope);
    case 'while':
      return executeWhile(machine, statement, scope);
    case 'try':
      return executeTry(machine, statement, scope);
    case 'with':
      for (const { value, target } of statement.items) {
        const held = machine.evaluate(value, scope);
        const site = siteOf(value, scope.module);
        const bound = held.kind === 'instance' ? held : machine.unknown(site);
        if (target !== null) assignTarget(machine, target, bound, scope);
      }
      return machine.execute(statement.body, scope);
    case 'match': {
      machine.evaluate(statement.subject, scope);
      const condition = `match ${scope.module.textOf(statement.subject)}`;
      const bodies = statement.cases.map((body) => ({ condition, body }));
      return alternatives(machine, [...bodies, { condition, body: [] }], statement, scope);
    }
    case 'function':
      defineFunction(machine, statement, scope);
      return normal;
    case 'class':
      defineClass(machine, statement, scope);
      return normal;
    default:
      return assertNever(statement);
  }
}

function update(machine: Machine, statement: Of<'update'>, scope: Scope): void {
  const { target, operator } = statement;
  const left = machine.evaluate(target, scope);
  const right = machine.evaluate(statement.value, scope);
  if (left.kind === 'list' && operator === '+') {
    // In place, as all who hold the list see it.
    aboutToChange(machine, left);
    const items = itemsOf(right);
    if (items === null || left.items.length + items.length > mostItems) left.isCertain = false;
    else left.items.push(...items);
    return;
  }
  const result = operator === null ? null : binary(operator, left, right, machine.region);
  assignTarget(machine, target, result ?? machine.unknown(siteOf(statement, scope.module)), scope);
}

function regionOf(machine: Machine, condition: string, statement: Statement, scope: Scope): Region {
  const { module } = scope;
  return { parent: machine.region, condition, module, line: module.lineOf(statement.from) };
}

/** Blocks of which one is run, and it is not known which. */
function alternatives(
  machine: Machine,
  blocks: readonly { readonly condition: string; readonly body: readonly Statement[] }[],
  statement: Statement,
  scope: Scope,
): Completion {
  const outcomes: (Changes | null)[] = [];
  const ends: (Completion | null)[] = [];
  for (const { condition, body } of blocks) {
    const region = regionOf(machine, condition, statement, scope);
    const { changes, end } = machine.branch(region, () => machine.execute(body, scope));
    ends.push(end);
    outcomes.push(end?.kind === 'normal' ? changes : null);
  }
  return afterBranches(machine, outcomes, ends, statement, scope);
}

function afterBranches(
  machine: Machine,
  outcomes: readonly (Changes | null)[],
  ends: readonly (Completion | null)[],
  statement: Statement,
  scope: Scope,
): Completion {
  const goesOn = outcomes.some((outcome) => outcome !== null);
  const returned = ends.filter((end) => end?.kind === 'return');
  for (const end of returned) scope.returns.push(end.value);
  if (goesOn) {
    machine.merge(outcomes, siteOf(statement, scope.module));
    return normal;
  }
  const last = returned.at(-1);
  if (last !== undefined) return last;
  if (ends.every((end) => end === null)) throw new ScriptEnd();
  return { kind: 'continue' };
}

function executeIf(machine: Machine, statement: Of<'if'>, scope: Scope): Completion {
  const open: { condition: string; body: readonly Statement[] }[] = [];
  for (const { test, body } of statement.branches) {
    const truth = truthOf(machine.evaluate(test, scope));
    if (truth === false) continue;
    if (truth === true && open.length === 0) return machine.execute(body, scope);
    open.push({ condition: scope.module.textOf(test), body });
    if (truth === true) return alternatives(machine, open, statement, scope);
  }
  if (open.length === 0) return machine.execute(statement.otherwise, scope);
  const condition = `not (${open.map((branch) => branch.condition).join(' or ')})`;
  return alternatives(machine, [...open, { condition, body: statement.otherwise }], statement, scope);
}

function executeFor(machine: Machine, statement: Of<'for'>, scope: Scope): Completion {
  const source = machine.evaluate(statement.source, scope);
  const items = itemsOf(source);
  if (items === null) {
    const condition = `for ${scope.module.textOf(statement.target)} in ${scope.module.textOf(statement.source)}`;
    const region = regionOf(machine, condition, statement, scope);
    const { changes, end } = machine.branch(region, () => {
      const item = machine.unknown(
        siteOf(statement.target, scope.module),
        source.kind === 'unknown' ? source.origin : null,
      );
      assignTarget(machine, statement.target, item, scope);
      return machine.execute(statement.body, scope);
    });
    const completion = afterBranches(machine, [changes, new Map()], [end, normal], statement, scope);
    return completion.kind === 'normal' ? machine.execute(statement.otherwise, scope) : completion;
  }
  for (const item of items) {
    assignTarget(machine, statement.target, item, scope);
    const completion = machine.execute(statement.body, scope);
    if (completion.kind === 'return') return completion;
    if (completion.kind === 'break') return normal;
  }
  return machine.execute(statement.otherwise, scope);
}

function executeWhile(machine: Machine, statement: Of<'while'>, scope: Scope): Completion {
  for (let turn = 0; ; turn += 1) {
    const truth = truthOf(machine.evaluate(statement.test, scope));
    if (truth === false) return machine.execute(statement.otherwise, scope);
    if (truth === null || turn >= mostItems) {
      const body = { condition: `while ${scope.module.textOf(statement.test)}`, body: statement.body };
      const completion = alternatives(machine, [body, { ...body, body: [] }], statement, scope);
      return completion.kind === 'normal' ? machine.execute(statement.otherwise, scope) : completion;
    }
    const completion = machine.execute(statement.body, scope);
    if (completion.kind === 'return') return completion;
    if (completion.kind === 'break') return normal;
  }
}

function executeTry(machine: Machine, statement: Of<'try'>, scope: Scope): Completion {
  let completion: Completion | null = null;
  try {
    completion = machine.execute(statement.body, scope);
    if (completion.kind === 'normal') completion = machine.execute(statement.otherwise, scope);
  } catch (error) {
    if (!(error instanceof ScriptEnd)) throw error;
  }
  const onlyImports = statement.body.every((inner) => isResolvedImport(machine, inner, scope));
  if (completion?.kind === 'return' || !onlyImports) {
    const outcomes: (Changes | null)[] = completion?.kind === 'normal' ? [new Map()] : [null];
    const ends: (Completion | null)[] = [completion];
    for (const { name, body } of statement.handlers) {
      const region = regionOf(machine, 'an error happens before', statement, scope);
      const { changes, end } = machine.branch(region, () => {
        const site = siteOf(statement, scope.module);
        if (name !== null) machine.bind(bindingsFor(scope, name), name, machine.unknown(site));
        return machine.execute(body, scope);
      });
      ends.push(end);
      outcomes.push(end?.kind === 'normal' ? changes : null);
    }
    if (completion !== null && completion.kind !== 'normal') {
      // The body's own end is what happens unless something fails.
      for (const end of ends.slice(1)) if (end?.kind === 'return') scope.returns.push(end.value);
    } else {
      completion = afterBranches(machine, outcomes, ends, statement, scope);
    }
  }
  const final = machine.execute(statement.final, scope);
  return final.kind === 'normal' ? (completion ?? normal) : final;
}
