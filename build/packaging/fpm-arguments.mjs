/** Options that may be given several times. */
const lists = new Set([
  '--depends',
  '--deb-recommends',
  '--rpm-tag',
  '--rpm-rpmbuild-define',
  '--config-files',
]);

/** Options without a value. None of them changes what is made here. */
const switches = new Set(['--force', '--debug', '--deb-no-default-config-files', '--rpm-os']);

/** @type {Readonly<Record<string, string>>} */
const longNames = {
  '-s': '--input-type',
  '-t': '--output-type',
  '-d': '--depends',
  '-p': '--package',
  '-v': '--version',
};

/** Everything that electron-builder passes with a value. */
const known = new Set([
  ...lists,
  '--input-type',
  '--output-type',
  '--architecture',
  '--after-install',
  '--after-remove',
  '--description',
  '--version',
  '--package',
  '--name',
  '--maintainer',
  '--vendor',
  '--url',
  '--category',
  '--license',
  '--iteration',
  '--deb-priority',
  '--deb-compression',
  '--rpm-compression',
  '--rpm-compression-level',
  '--rpm-summary',
]);

/**
 * What a package is made of.
 * @typedef {object} FpmRequest
 * @property {'deb' | 'rpm'} type
 * @property {(name: string) => string} one an option's value; throws where it was not given
 * @property {(name: string) => string | undefined} maybe
 * @property {(name: string) => readonly string[]} all
 * @property {readonly { from: string, to: string }[]} files
 */

/**
 * Reads the arguments of `fpm -s dir -t deb|rpm …`.
 * @param {readonly string[]} words
 * @returns {FpmRequest}
 * @throws for what is not understood
 */
export function readFpmArguments(words) {
  /** @type {Map<string, string[]>} */
  const options = new Map();
  /** @type {{ from: string, to: string }[]} */
  const files = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) {
      files.push(fileOf(word));
      continue;
    }
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const given = equals === -1 ? word : word.slice(0, equals);
    const name = longNames[given] ?? given;
    if (switches.has(name) && equals === -1) {
      // fpm's own default for the system is right: its value is the only one there is.
      if (name === '--rpm-os') at += 1;
      continue;
    }
    if (!known.has(name)) throw new Error(`the stand-in for fpm does not know the option ${given}`);
    const value = equals === -1 ? words[(at += 1)] : word.slice(equals + 1);
    if (value === undefined) throw new Error(`the option ${given} has no value`);
    options.set(name, lists.has(name) ? [...(options.get(name) ?? []), value] : [value]);
  }
  const maybe = (/** @type {string} */ name) => options.get(name)?.[0];
  const one = (/** @type {string} */ name) => {
    const value = maybe(name);
    if (value === undefined) throw new Error(`the option ${name} is missing`);
    return value;
  };
  const type = one('--output-type');
  if (type !== 'deb' && type !== 'rpm') throw new Error(`the stand-in for fpm makes no ${type}`);
  return { type, one, maybe, all: (name) => options.get(name) ?? [], files };
}

/**
 * @param {string} word `source=destination`
 */
function fileOf(word) {
  const at = word.lastIndexOf('=');
  if (at === -1) throw new Error(`${word} does not say where it is to be installed`);
  return { from: word.slice(0, at), to: word.slice(at + 1) };
}
