import { siteOf, type Machine } from './machine';
import { bindingsFor } from './assign-member';
import { isStandardModule, nativeExports, nativeMember } from './native-names';
import type { Statement } from './python-ast';
import type { Scope, Value } from './python-value';

type Import = Extract<Statement, { kind: 'import' }>;
type ImportFrom = Extract<Statement, { kind: 'import-from' }>;

/** `import a.b as c`. */
export function executeImport(machine: Machine, statement: Import, scope: Scope): void {
  for (const { name, as } of statement.modules) {
    const [first = name] = name.split('.');
    // `import a.b` binds `a`; `a.b` is found when it is asked for.
    const wanted = as === null ? first : name;
    if (as === null && first !== name) moduleValue(machine, name, statement, scope);
    machine.bind(
      bindingsFor(scope, as ?? first),
      as ?? first,
      moduleValue(machine, wanted, statement, scope),
    );
  }
}

/** `from a.b import c as d`. */
export function executeImportFrom(machine: Machine, statement: ImportFrom, scope: Scope): void {
  const from = fullName(statement, scope);
  const module = moduleValue(machine, from, statement, scope);
  if (statement.names === null) {
    const names =
      module.kind === 'native'
        ? nativeExports(module.name)
        : module.kind === 'module'
          ? module.scope.bindings
          : [];
    for (const [name, value] of names) {
      if (!name.startsWith('_')) machine.bind(scope.bindings, name, value);
    }
    return;
  }
  for (const { name, as } of statement.names) {
    const site = siteOf(statement, scope.module);
    const held = module.kind === 'module' ? module.scope.bindings.get(name) : undefined;
    const value =
      held ?? memberOf(machine, module, from, name) ?? machine.unknown(site, originOf(module), name);
    machine.bind(bindingsFor(scope, as), as, value);
  }
}

function memberOf(machine: Machine, module: Value, from: string, name: string): Value | null {
  if (module.kind === 'native') return nativeMember(module.name, name);
  // What is not a name of the package may be one of its modules.
  if (module.kind === 'module') return machine.importModule(from === '' ? name : `${from}.${name}`);
  return null;
}

function originOf(module: Value): string | null {
  return module.kind === 'unknown' ? module.origin : null;
}

/** The dotted name that a relative import means, as seen from the script's folder. */
function fullName(statement: ImportFrom, scope: Scope): string {
  if (statement.level === 0) return statement.module;
  const own = scope.module.isScript ? [] : scope.module.name.split('.');
  // Within a package's own file one dot is the package itself.
  const up = statement.level - (scope.module.isPackage ? 1 : 0);
  const base = own.slice(0, Math.max(0, own.length - up));
  return [...base, ...(statement.module === '' ? [] : [statement.module])].join('.');
}

function moduleValue(machine: Machine, name: string, statement: Statement, scope: Scope): Value {
  if (isStandardModule(name)) return { kind: 'native', name };
  const found = name === '' ? null : machine.importModule(name);
  return found ?? machine.unknown(siteOf(statement, scope.module), name === '' ? null : name, name);
}

/** Whether a statement is an import that surely succeeds, or says so afterwards, as `HAS_HELPER = True` does. */
export function isResolvedImport(machine: Machine, statement: Statement, scope: Scope): boolean {
  if (statement.kind === 'assign') return statement.value?.kind === 'constant';
  if (statement.kind === 'pass') return true;
  const isThere = (name: string): boolean => isStandardModule(name) || machine.importModule(name) !== null;
  if (statement.kind === 'import') return statement.modules.every(({ name }) => isThere(name));
  return statement.kind === 'import-from' && isThere(fullName(statement, scope));
}
