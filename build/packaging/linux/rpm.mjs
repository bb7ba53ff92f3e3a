import { execFile } from 'node:child_process';
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** @type {Readonly<Record<string, string>>} */
const architectures = { amd64: 'x86_64', arm64: 'aarch64' };

/**
 * Makes a .rpm of a folder.
 * @param {import('../fpm-arguments.mjs').FpmRequest} request
 * @param {string} root what is installed, as it will lie under /
 * @param {string} work a folder for rpmbuild's own files
 */
export async function buildRpm(request, root, work) {
  const spec = join(work, 'package.spec');
  const scripts = {
    install: await scriptOf(request.maybe('--after-install')),
    remove: await scriptOf(request.maybe('--after-remove')),
  };
  await writeFile(spec, specText(request, await installedPaths(root), scripts));
  const architecture = request.one('--architecture');
  const definitions = {
    _topdir: work,
    _build_id_links: 'none',
    debug_package: '%{nil}',
    __spec_install_pre: '/bin/true',
    __spec_install_post: '/bin/true',
    // gzip: quick, and every rpm can read it.
    _binary_payload: `w${process.env['SMURF_PANEL_COMPRESSION'] || '6'}.gzdio`,
  };
  await execute('rpmbuild', [
    '-bb',
    '--quiet',
    '--target',
    architectures[architecture] ?? architecture,
    '--buildroot',
    root,
    ...Object.entries(definitions).flatMap(([name, value]) => ['--define', `${name} ${value}`]),
    spec,
  ]);
  const built = await readdir(join(work, 'RPMS'), { recursive: true });
  const made = built.find((name) => name.endsWith('.rpm'));
  if (made === undefined) throw new Error('rpmbuild ended well but left no package');
  await copyFile(join(work, 'RPMS', made), request.one('--package'));
}

/**
 * The package's description in rpm's form.
 * @param {import('../fpm-arguments.mjs').FpmRequest} request
 * @param {readonly string[]} paths absolute, as installed
 * @param {{ install: string, remove: string }} scripts
 * @returns {string}
 */
export function specText(request, paths, scripts) {
  const description = request
    .one('--description')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const summary = request.maybe('--rpm-summary') ?? description[0] ?? request.one('--name');
  return [
    `Name: ${request.one('--name')}`,
    `Version: ${request.one('--version').replaceAll('-', '_')}`,
    `Release: ${request.maybe('--iteration') ?? '1'}`,
    `Summary: ${escape(summary)}`,
    `License: ${request.maybe('--license') ?? 'unknown'}`,
    `URL: ${request.maybe('--url') ?? ''}`,
    `Vendor: ${escape(request.maybe('--vendor') ?? '')}`,
    `Packager: ${escape(request.one('--maintainer'))}`,
    'AutoReqProv: no',
    ...request.all('--depends').map((name) => `Requires: ${name}`),
    '%description',
    escape(description.join('\n')),
    '%post -p /bin/bash',
    escape(scripts.install),
    '%postun -p /bin/bash',
    escape(scripts.remove),
    '%files',
    '%defattr(-,root,root,-)',
    ...paths.map((path) => `"${escape(path)}"`),
    '',
  ].join('\n');
}

/**
 * @param {string} root
 * @returns {Promise<string[]>}
 */
async function installedPaths(root) {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => `/${relative(root, join(entry.parentPath, entry.name))}`)
    .toSorted();
}

/** @param {string | undefined} path */
async function scriptOf(path) {
  if (path === undefined) return '';
  return (await readFile(path, 'utf8')).replace(/^#!.*\n/, '');
}

/**
 * A percent sign begins a macro.
 * @param {string} text
 */
function escape(text) {
  return text.replaceAll('%', '%%');
}
