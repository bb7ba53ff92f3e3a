import { existsSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { foreground } from './processes.mjs';

/**
 * Type-checks every project: the root's, and those of the folders that allow themselves less than it (main has no DOM,
 * shared neither DOM nor Node).
 * @returns {Promise<number>} 0 when all is well
 */
export async function typecheck() {
  const compiler = inRoot('node_modules', 'typescript', 'bin', 'tsc');
  let worst = 0;
  for (const folder of ['.', 'shared', 'electron', 'renderer', 'build']) {
    const project = inRoot(folder, 'tsconfig.json');
    if (!existsSync(project)) continue;
    worst = Math.max(worst, await foreground(process.execPath, [compiler, '--noEmit', '--project', project]));
  }
  return worst;
}

/**
 * Lints: oxlint with typed rules, the import rules and file lengths that it cannot express, and the formatting.
 * @returns {Promise<number>} 0 when all is well
 */
export async function lint() {
  const steps = [
    [inRoot('node_modules', 'oxlint', 'bin', 'oxlint'), '--type-aware', '--config', inRoot('.oxlintrc.json')],
    [inRoot('build', 'lint', 'check.mjs')],
    [inRoot('node_modules', 'oxfmt', 'bin', 'oxfmt'), '--check'],
  ];
  let worst = 0;
  for (const step of steps) worst = Math.max(worst, await foreground(process.execPath, step));
  return worst;
}
