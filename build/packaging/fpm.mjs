#!/usr/bin/env node
/*
 * Stands in for fpm, which electron-builder calls to make .deb and .rpm and downloads from GitHub: the same arguments,
 * over the system's own dpkg-deb and rpmbuild. Only what electron-builder asks for is understood; anything else is an
 * error, so that nothing is left out in silence.
 */
import { execFile } from 'node:child_process';
import { chmod, copyFile, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { readFpmArguments } from './fpm-arguments.mjs';
import { buildDeb } from './linux/deb.mjs';
import { buildRpm } from './linux/rpm.mjs';

const execute = promisify(execFile);

const request = readFpmArguments(process.argv.slice(2));
const work = await mkdtemp(join(tmpdir(), 'smurf-panel-fpm-'));
try {
  const root = join(work, 'root');
  await mkdir(root, { mode: 0o755 });
  for (const { from, to } of request.files) {
    const target = join(root, to);
    if (from.endsWith('/')) await cp(from, target, { recursive: true, verbatimSymlinks: true });
    else {
      await mkdir(dirname(target), { recursive: true });
      await copyFile(from, target);
      await chmod(target, 0o644);
    }
  }
  // Whatever the umask of whoever builds: everybody may read what is installed, and nobody but root may write.
  await execute('chmod', ['-R', 'u+rwX,go+rX,go-w', root]);
  if (request.type === 'deb') await buildDeb(request, root);
  else await buildRpm(request, root, work);
} finally {
  await rm(work, { recursive: true, force: true });
}
