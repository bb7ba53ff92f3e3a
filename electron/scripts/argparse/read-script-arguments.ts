import type { ScriptArguments } from '../../../shared/arguments/argument-form';
import { buildForm } from './build-form';
import { chooseParser } from './choose-parser';
import { Interpreter, moduleScope } from './interpreter';
import { largestSource } from './limits';
import { ArgumentsParsed, ScriptEnd, TooMuch } from './machine';
import type { Note } from './notes';
import { functionsOf, otherPackage, whyNoForm } from './other-parsers';
import { parsePython } from './parse-python';
import type { PythonModule } from './python-ast';
import type { Scope, UnknownValue } from './python-value';
import { SourceModule, type ReadModule } from './source-module';

/**
 * Reads what a script says of its arguments, from its source alone. `program` is its file name. Never throws because of
 * what a script holds: what cannot be read is said in `unread`.
 */
export function readScriptArguments(
  source: string,
  readModule: ReadModule,
  program: string,
): ScriptArguments {
  if (source.length > largestSource) {
    return without(
      `The script is larger than ${largestSource / 1024 / 1024} MB, so its arguments were not read. Type them under Arguments.`,
    );
  }
  try {
    return read(parsePython(source), readModule, program);
  } catch (error) {
    // The engine's stack is used up: by code that is nested as no one writes it.
    if (!(error instanceof RangeError)) throw error;
    return without(
      'The script is nested too deeply, so its arguments were not read. Type them under Arguments.',
    );
  }
}

function without(message: string): ScriptArguments {
  return { form: null, unread: [{ line: null, message }] };
}

function read(code: PythonModule, readModule: ReadModule, program: string): ScriptArguments {
  const module = new SourceModule('__main__', code, false);
  const interpreter = new Interpreter(program, readModule);
  if (code.fault !== null) {
    const message = 'This line could not be parsed; what follows may be read wrongly.';
    interpreter.notes.add({ line: module.lineOf(code.fault), message });
  }
  const isWhole = goThrough(interpreter, module);
  const parser = chooseParser(interpreter);
  if (!isWhole && interpreter.parses.length === 0) {
    interpreter.notes.add({
      line: null,
      message: 'The script does too much before it reads its arguments; there may be more than the form has.',
    });
  }
  if (parser === null) {
    const foreign = interpreter.unknownParses.map(hiddenParser);
    // A package of another kind, as optparse, has a `parse_args` as well.
    const why = otherPackage(module) ?? foreign[0] ?? whyNoForm(module);
    return { form: null, unread: [...interpreter.notes.list(), why] };
  }
  const form = buildForm(interpreter, parser);
  return { form, unread: interpreter.notes.list() };
}

/** Says that the parser is made where it cannot be seen. */
function hiddenParser({ module, line, text, origin }: UnknownValue): Note {
  const whose = origin === null ? '' : ` of ${origin}, which is not in the script's folder`;
  const message = `The arguments are read by \`${text}\`${whose}, so they cannot be shown. Type them under Arguments.`;
  return module.isScript
    ? { line, message }
    : { line: null, message: `In ${module.name}, line ${line}: ${message}` };
}

/** Goes through the script, and where that shows no parser, through its functions that look as if they had one. */
function goThrough(interpreter: Interpreter, module: SourceModule): boolean {
  const scope = moduleScope(module);
  let isWhole = goOn(interpreter, () => interpreter.run(module, scope));
  if (interpreter.parses.length === 0) isWhole = enterFunctions(interpreter, module, scope) && isWhole;
  return isWhole;
}

function enterFunctions(interpreter: Interpreter, module: SourceModule, scope: Scope): boolean {
  const { source } = module.code;
  const likely = functionsOf(module.code.body).filter(({ text }) =>
    /ArgumentParser|\.add_argument\(|\.parse_(known_)?args\(/.test(source.slice(text.from, text.to)),
  );
  const main = likely.filter(({ name }) => name === 'main');
  let isWhole = true;
  for (const { name } of [...main, ...likely.filter((one) => one.name !== 'main')]) {
    if (interpreter.parses.length > 0) return isWhole;
    const held = scope.bindings.get(name);
    if (held?.kind !== 'function' || held.definition === null || interpreter.entered.has(held.definition))
      continue;
    const site = { module, line: module.lineOf(held.definition.from), text: name };
    const args = { positional: [], keywords: new Map(), unknown: [] };
    isWhole = goOn(interpreter, () => void interpreter.callFunction(held, null, args, site)) && isWhole;
  }
  return isWhole;
}

/** Does something until it ends, by itself or because the script has ended. Answers false where it was too much. */
function goOn(interpreter: Interpreter, action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (error instanceof TooMuch) return false;
    if (!(error instanceof ScriptEnd) && !(error instanceof ArgumentsParsed)) throw error;
    return true;
  } finally {
    interpreter.startAnew();
  }
}
