import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, copyFile, lstat, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * Makes a .deb of a folder.
 * @param {import('../fpm-arguments.mjs').FpmRequest} request
 * @param {string} root what is installed, as it will lie under /
 */
export async function buildDeb(request, root) {
  const files = await listFiles(root);
  const control = join(root, 'DEBIAN');
  await mkdir(control, { mode: 0o755 });
  await writeFile(join(control, 'control'), controlText(request, Math.ceil(files.bytes / 1024)));
  await writeFile(join(control, 'md5sums'), await checksums(root, files.paths));
  for (const [option, name] of /** @type {const} */ ([
    ['--after-install', 'postinst'],
    ['--after-remove', 'postrm'],
  ])) {
    const script = request.maybe(option);
    if (script === undefined) continue;
    await copyFile(script, join(control, name));
    await chmod(join(control, name), 0o755);
  }
  const compression = request.maybe('--deb-compression') ?? 'xz';
  const compressionArgs =
    compression === 'none' ? ['-Znone'] : [`-Z${compression === 'gz' ? 'gzip' : compression}`];
  const level = process.env['SMURF_PANEL_COMPRESSION'];
  if (level !== undefined && level !== '') compressionArgs.push(`-z${level}`);
  await execute('dpkg-deb', [
    '--root-owner-group',
    ...compressionArgs,
    '--build',
    root,
    request.one('--package'),
  ]);
}

/**
 * The package's description in Debian's form (deb-control(5)).
 * @param {import('../fpm-arguments.mjs').FpmRequest} request
 * @param {number} size installed, in KiB
 * @returns {string}
 */
export function controlText(request, size) {
  const lines = request
    .one('--description')
    .split('\n')
    .map((line) => line.trim());
  const [synopsis = '', ...body] = lines.filter((line) => line !== '');
  const iteration = request.maybe('--iteration');
  /** @type {readonly (readonly [string, string | undefined])[]} */
  const fields = [
    ['Package', request.one('--name')],
    [
      'Version',
      iteration === undefined ? request.one('--version') : `${request.one('--version')}-${iteration}`,
    ],
    ['Architecture', request.one('--architecture')],
    ['Maintainer', request.one('--maintainer')],
    ['Installed-Size', String(size)],
    ['Depends', request.all('--depends').join(', ')],
    ['Recommends', request.all('--deb-recommends').join(', ')],
    ['Section', request.maybe('--category') ?? 'misc'],
    ['Priority', request.maybe('--deb-priority')],
    ['Homepage', request.maybe('--url')],
    ['Description', [synopsis, ...body.map((line) => ` ${line}`)].join('\n')],
  ];
  return fields
    .flatMap(([name, value]) => (value === undefined || value === '' ? [] : [`${name}: ${value}\n`]))
    .join('');
}

/**
 * @param {string} root
 * @returns {Promise<{ paths: string[], bytes: number }>} regular files, sorted
 */
async function listFiles(root) {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  let bytes = 0;
  for (const path of paths) bytes += (await lstat(path)).size;
  return { paths, bytes };
}

/**
 * @param {string} root
 * @param {readonly string[]} paths
 */
async function checksums(root, paths) {
  let text = '';
  for (const path of paths) {
    const hash = createHash('md5');
    await pipeline(createReadStream(path), hash);
    text += `${hash.digest('hex')}  ${relative(root, path)}\n`;
  }
  return text;
}
