import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { capture, npmCommand } from './processes.mjs';
import { SetupError } from './say.mjs';

/**
 * A package of npm that is fetched on demand and is no dependency.
 * @typedef {object} PinnedPackage
 * @property {string} name
 * @property {string} version
 * @property {string} integrity sha512 of its tarball
 */

/**
 * Fetches a package's tarball and checks that it is the one that was pinned.
 * @param {PinnedPackage} pinned
 * @param {string} folder an empty one, for the tarball
 * @returns {Promise<string>} the tarball's path
 * @throws {SetupError} when it cannot be fetched, or is another one
 */
export async function fetchPinned(pinned, folder) {
  const tarball = await pack(pinned, folder);
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== pinned.integrity) {
    throw new SetupError(
      `${pinned.name}@${pinned.version} is not the package that was pinned, so it is not used: ` +
        `its integrity is ${found}, expected ${pinned.integrity}.`,
    );
  }
  return tarball;
}

/**
 * @param {PinnedPackage} pinned
 * @param {string} folder
 * @returns {Promise<string>} the tarball's path
 */
async function pack({ name, version }, folder) {
  const { command, args } = npmCommand();
  const packageName = `${name}@${version}`;
  const options = ['--ignore-scripts', '--loglevel=error', `--pack-destination=${folder}`];
  const result = await capture(command, [...args, 'pack', packageName, ...options]);
  if (result.code !== 0) {
    throw new SetupError(
      `npm pack ${packageName} failed with exit code ${result.code}:\n${result.output.trim()}`,
    );
  }
  const tarball = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  if (tarball === undefined) throw new SetupError(`npm pack ${packageName} left no tarball in ${folder}.`);
  return join(folder, tarball);
}
