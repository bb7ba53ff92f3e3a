import type { PythonModule, Statement } from './python-ast';
import type { Note } from './notes';
import type { SourceModule } from './source-module';

/** Packages that read a command line in their own way, by the module that is imported. */
const packages: Readonly<Record<string, string>> = {
  click: 'click',
  typer: 'typer',
  fire: 'fire',
  optparse: 'optparse',
  getopt: 'getopt',
  docopt: 'docopt',
  absl: 'absl',
  tap: 'tap',
  hydra: 'hydra',
  plac: 'plac',
  cyclopts: 'cyclopts',
  simple_parsing: 'simple_parsing',
  jsonargparse: 'jsonargparse',
  configargparse: 'configargparse',
};

const rawBox = 'Type them under Arguments.';

/** Says with which package a script reads its arguments, where that is one that is known not to be argparse. */
export function otherPackage(module: SourceModule): Note | null {
  const found = findImport(module.code);
  if (found === null) return null;
  return {
    line: module.lineOf(found.at),
    message: `The script reads its arguments with ${found.name}, not with argparse, so there is no form for them. ${rawBox}`,
  };
}

/** Why a script without any parser has no form, as far as can be seen. */
export function whyNoForm(module: SourceModule): Note {
  const argv = /\bsys\s*\.\s*argv\b|^[ \t]*from[ \t]+sys[ \t]+import[ \t][^\n]*\bargv\b/m.exec(
    module.code.source,
  );
  if (argv !== null) {
    return {
      line: module.lineOf(argv.index + (argv[0].length - argv[0].trimStart().length)),
      message: `The script reads its arguments from sys.argv by hand, so there is no form for them. ${rawBox}`,
    };
  }
  return {
    line: null,
    message: 'No argparse parser was found in this script; as far as can be seen it takes no arguments.',
  };
}

function findImport(code: PythonModule): { name: string; at: number } | null {
  let found: { name: string; at: number } | null = null;
  const look = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if (found !== null) return;
      const names =
        statement.kind === 'import'
          ? statement.modules.map(({ name }) => name)
          : statement.kind === 'import-from' && statement.level === 0
            ? [statement.module]
            : [];
      for (const name of names) {
        const known = Object.hasOwn(packages, name.split('.')[0] ?? '')
          ? packages[name.split('.')[0] ?? '']
          : undefined;
        if (known !== undefined) found ??= { name: known, at: statement.from };
      }
      for (const block of blocksOf(statement)) look(block);
    }
  };
  look(code.body);
  return found;
}

/** The blocks within a statement. */
function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'if':
      return [...statement.branches.map(({ body }) => body), statement.otherwise];
    case 'for':
    case 'while':
      return [statement.body, statement.otherwise];
    case 'try':
      return [
        statement.body,
        ...statement.handlers.map(({ body }) => body),
        statement.otherwise,
        statement.final,
      ];
    case 'with':
    case 'class':
      return [statement.body];
    case 'function':
      return [statement.function.body];
    case 'match':
      return statement.cases;
    default:
      return [];
  }
}

/** The functions of a module in their order, as far as they are defined outright. */
export function functionsOf(
  statements: readonly Statement[],
): { name: string; text: { from: number; to: number } }[] {
  return statements.flatMap((statement) =>
    statement.kind === 'function' ? [{ name: statement.function.name, text: statement.function }] : [],
  );
}
