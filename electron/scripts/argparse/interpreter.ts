import type { ArgumentParserModel } from './argparse-model';
import { attribute } from './attributes';
import { call, eitherOf, runFunction } from './call-function';
import { evaluate } from './evaluate';
import { execute } from './execute';
import { deepestCalls, largestSource, mostSteps } from './limits';
import {
  ScriptEnd,
  TooMuch,
  type Arguments,
  type Changes,
  type Completion,
  type Machine,
  type ParseCall,
  type Site,
} from './machine';
import { Notes } from './notes';
import { parsePython } from './parse-python';
import type { Expression, FunctionBody, Statement } from './python-ast';
import {
  none,
  text,
  type Bindings,
  type FunctionValue,
  type Region,
  type Scope,
  type UnknownValue,
  type Value,
} from './python-value';
import { SourceModule, type ReadModule } from './source-module';

/** Goes through a script as Python would, with what can be known without running it. */
export class Interpreter implements Machine {
  readonly notes = new Notes();
  readonly program: string;
  readonly parsers: ArgumentParserModel[] = [];
  readonly parses: ParseCall[] = [];
  readonly escaped = new Set<ArgumentParserModel>();
  readonly entered = new Set<FunctionBody>();
  readonly unknownParses: UnknownValue[] = [];
  region: Region | null = null;
  readonly #readModule: ReadModule;
  readonly #modules = new Map<string, Value | null>();
  #journals: Changes[] = [];
  #steps = 0;
  #calls = 0;

  constructor(program: string, readModule: ReadModule) {
    this.program = program;
    this.#readModule = readModule;
  }

  /** Goes through a module from its first statement; its names are in the scope afterwards. */
  run(module: SourceModule, scope: Scope): void {
    scope.bindings.set('__name__', text(module.name));
    scope.bindings.set('__doc__', module.code.document === null ? none : text(module.code.document));
    const site: Site = { module, line: 1, text: '__file__' };
    scope.bindings.set('__file__', this.unknown(site));
    this.execute(module.code.body, scope);
  }

  /** Forgets where it was, after it was stopped in the middle. */
  startAnew(): void {
    this.region = null;
    this.#journals = [];
    this.#calls = 0;
    this.#steps = 0;
  }

  step(): void {
    this.#steps += 1;
    if (this.#steps > mostSteps) throw new TooMuch();
  }

  evaluate(expression: Expression, scope: Scope): Value {
    return evaluate(this, expression, scope);
  }

  execute(statements: readonly Statement[], scope: Scope): Completion {
    return execute(this, statements, scope);
  }

  call(callee: Value, args: Arguments, site: Site): Value {
    return call(this, callee, args, site);
  }

  callFunction(callee: FunctionValue, self: Value | null, args: Arguments, site: Site): Value {
    if (this.#calls >= deepestCalls) return this.unknown(site);
    this.#calls += 1;
    try {
      return runFunction(this, callee, self, args, site);
    } finally {
      this.#calls -= 1;
    }
  }

  attribute(object: Value, name: string, site: Site): Value {
    return attribute(this, object, name, site);
  }

  bind(bindings: Bindings, name: string, value: Value): void {
    const journal = this.#journals.at(-1);
    if (journal !== undefined) {
      const changed = journal.get(bindings) ?? new Map<string, Value | undefined>();
      if (!changed.has(name)) changed.set(name, bindings.get(name));
      journal.set(bindings, changed);
    }
    bindings.set(name, value);
  }

  unknown(site: Site, origin: string | null = null, shown: string = site.text): UnknownValue {
    return { kind: 'unknown', text: shown, origin, module: site.module, line: site.line, parser: null };
  }

  branch(
    region: Region,
    action: () => Completion,
  ): { readonly changes: Changes; readonly end: Completion | null } {
    const outer = this.region;
    const before: Changes = new Map();
    this.#journals.push(before);
    this.region = region;
    let end: Completion | null = null;
    try {
      end = action();
    } catch (error) {
      if (!(error instanceof ScriptEnd)) throw error;
    }
    this.region = outer;
    this.#journals = this.#journals.slice(0, -1);
    return { changes: takeBack(before), end };
  }

  merge(outcomes: readonly (Changes | null)[], site: Site): void {
    const happened = outcomes.filter((outcome) => outcome !== null);
    const places = new Map<Bindings, Set<string>>();
    for (const changes of happened) {
      for (const [bindings, names] of changes) {
        const known = places.get(bindings) ?? new Set<string>();
        for (const name of names.keys()) known.add(name);
        places.set(bindings, known);
      }
    }
    for (const [bindings, names] of places) {
      for (const name of names) {
        const values = happened.map((changes) => changes.get(bindings)?.get(name) ?? bindings.get(name));
        const given = values.filter((value) => value !== undefined);
        const isCondition = { ...site, text: name };
        this.bind(bindings, name, eitherOf(given) ?? this.unknown(isCondition, originOf(given)));
      }
    }
  }

  importModule(name: string): Value | null {
    const known = this.#modules.get(name);
    if (known !== undefined) return known;
    // While it is read it is not there: modules that import each other must not go round.
    this.#modules.set(name, null);
    const found = this.#readModule(name);
    if (found === null || found.text.length > largestSource) return null;
    const module = new SourceModule(name, parsePython(found.text), found.isPackage);
    const scope = moduleScope(module);
    const value: Value = { kind: 'module', module, scope };
    this.#modules.set(name, value);
    if (module.code.fault !== null) {
      this.notes.at(
        module,
        module.lineOf(module.code.fault),
        'This line could not be parsed; what follows may be read wrongly.',
      );
    }
    // A module is run once and as a whole, whatever the condition under which it is first asked for.
    const [region, journals] = [this.region, this.#journals];
    [this.region, this.#journals] = [null, []];
    try {
      this.run(module, scope);
    } catch (error) {
      if (!(error instanceof ScriptEnd)) throw error;
    } finally {
      [this.region, this.#journals] = [region, journals];
    }
    return value;
  }
}

function originOf(values: readonly Value[]): string | null {
  const foreign = values.find((value) => value.kind === 'unknown' && value.origin !== null);
  return foreign?.kind === 'unknown' ? foreign.origin : null;
}

/** The scope of a module that has not been gone through. */
export function moduleScope(module: SourceModule): Scope {
  return {
    kind: 'module',
    bindings: new Map(),
    parent: null,
    module,
    outer: new Map(),
    method: null,
    returns: [],
  };
}

/** Takes changes back, and answers what they had made. */
function takeBack(before: Changes): Changes {
  const made: Changes = new Map();
  for (const [bindings, names] of before) {
    const values = new Map<string, Value | undefined>();
    for (const [name, old] of names) {
      values.set(name, bindings.get(name));
      if (old === undefined) bindings.delete(name);
      else bindings.set(name, old);
    }
    made.set(bindings, values);
  }
  return made;
}
