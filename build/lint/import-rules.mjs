import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { parseSync } from 'vite';

/**
 * @typedef {{ line: number, message: string }} Fault
 * @typedef {{ type: string, start: number, [key: string]: unknown }} SyntaxNode
 */

/** Folders of main that are tested in plain Node and therefore know nothing of Electron. */
const foldersWithoutElectron = new Set([
  'publisher',
  'relay',
  'registered',
  'state',
  'files',
  'session',
  'run',
  'log',
  'store',
  'config',
  'scripts',
  'export',
  'retention',
  'ocs',
  'values',
  'queue',
  'care',
]);

/** Names that only some files may use: the ends of the IPC. */
const restrictedNames = [
  { name: 'ipcMain', allowed: 'electron/ipc/' },
  { name: 'ipcRenderer', allowed: 'electron/preload.ts' },
  { name: 'contextBridge', allowed: 'electron/preload.ts' },
];

/**
 * What breaks the rules of who may import whom (design: Layout) in one file of electron/, renderer/ or shared/. oxlint
 * has no rule for dynamic imports, for type imports, or for single members per folder; here they all count alike.
 * @param {string} file its path in the repository, with forward slashes
 * @param {string} text
 * @returns {Fault[]}
 */
export function importFaults(file, text) {
  const { program, errors } = parseSync(file, text);
  const syntaxError = errors[0];
  if (syntaxError !== undefined) return [{ line: 1, message: `cannot be parsed: ${syntaxError.message}` }];
  /** @type {Fault[]} */
  const faults = [];
  visit(/** @type {SyntaxNode} */ (/** @type {unknown} */ (program)), (node) => {
    const messages = [];
    const specifier = importedBy(node);
    if (specifier !== undefined) messages.push(importFault(file, specifier));
    messages.push(nameFault(file, node), sendFault(file, node), exposedFault(file, node));
    for (const message of messages) {
      if (message !== undefined) faults.push({ line: lineAt(text, node.start), message });
    }
  });
  return faults;
}

/**
 * @param {string} file
 * @param {string} specifier
 * @returns {string | undefined} what is wrong with this import
 */
function importFault(file, specifier) {
  const tree = file.split('/')[0];
  if (specifier.startsWith('.')) {
    const target = posix.normalize(posix.join(posix.dirname(file), specifier)).split('/')[0];
    if (target === tree || target === 'shared') return undefined;
    return `${tree}/ may import only ${tree === 'shared' ? 'shared/ and zod' : `${tree}/ and shared/`}, not ${specifier}`;
  }
  if (tree === 'shared') {
    return specifier === 'zod' ? undefined : `shared/ may import only zod and shared/, not ${specifier}`;
  }
  if (tree === 'renderer') {
    const isOfMain =
      isElectron(specifier) || specifier.startsWith('node:') || builtinModules.includes(specifier);
    return isOfMain ? `renderer/ runs in the sandbox and may not import ${specifier}` : undefined;
  }
  if (isElectron(specifier) && foldersWithoutElectron.has(file.split('/')[1] ?? '')) {
    return `electron/${file.split('/')[1]}/ may not import electron: it is tested in plain Node`;
  }
  if (/^(node:)?dgram$/.test(specifier) && file !== 'electron/publisher/listener.ts') {
    return 'only electron/publisher/listener.ts may import node:dgram';
  }
  return undefined;
}

/** @param {string} specifier */
function isElectron(specifier) {
  return specifier === 'electron' || specifier.startsWith('electron/');
}

/**
 * @param {string} file
 * @param {SyntaxNode} node
 * @returns {string | undefined}
 */
function nameFault(file, node) {
  if (node.type !== 'Identifier') return undefined;
  const rule = restrictedNames.find(({ name }) => name === node['name']);
  return rule === undefined || file.startsWith(rule.allowed)
    ? undefined
    : `only ${rule.allowed} may touch ${rule.name}`;
}

/**
 * `webContents.send(…)`, however the web contents are reached.
 * @param {string} file
 * @param {SyntaxNode} node
 * @returns {string | undefined}
 */
function sendFault(file, node) {
  if (node.type !== 'MemberExpression' || memberName(node) !== 'send' || file.startsWith('electron/ipc/'))
    return undefined;
  const holder = /** @type {SyntaxNode} */ (node['object']);
  const holderName = holder.type === 'MemberExpression' ? memberName(holder) : holder['name'];
  return typeof holderName === 'string' && /webcontents$/i.test(holderName)
    ? 'only electron/ipc/ may call webContents.send'
    : undefined;
}

/**
 * The API that the preload exposes, as `window.panel` or taken out of `window`.
 * @param {string} file
 * @param {SyntaxNode} node
 * @returns {string | undefined}
 */
function exposedFault(file, node) {
  if (!file.startsWith('renderer/') || file === 'renderer/bridge.ts') return undefined;
  const message = 'only renderer/bridge.ts may touch window.panel';
  if (node.type === 'MemberExpression') {
    return isWindow(node['object']) && memberName(node) === 'panel' ? message : undefined;
  }
  if (node.type !== 'VariableDeclarator' || !isWindow(node['init'])) return undefined;
  const pattern = /** @type {{ properties?: { key?: { name?: string } }[] }} */ (node['id']);
  return pattern.properties?.some(({ key }) => key?.name === 'panel') === true ? message : undefined;
}

/** @param {unknown} node */
function isWindow(node) {
  const name = isNode(node) && node.type === 'Identifier' ? node['name'] : undefined;
  return name === 'window' || name === 'globalThis' || name === 'self';
}

/**
 * @param {SyntaxNode} node a MemberExpression
 * @returns {unknown} `b` of both `a.b` and `a['b']`
 */
function memberName(node) {
  const property = /** @type {SyntaxNode} */ (node['property']);
  return node['computed'] === true ? property['value'] : property['name'];
}

/**
 * What a node imports: by an import or export declaration, `import()`, a type's `import('…')`, or `require()`.
 * @param {SyntaxNode} node
 * @returns {string | undefined}
 */
function importedBy(node) {
  const isRequire =
    node.type === 'CallExpression' && isNode(node['callee']) && node['callee']['name'] === 'require';
  const isOldImport = node.type === 'TSExternalModuleReference';
  const source = isRequire
    ? /** @type {unknown[]} */ (node['arguments'])[0]
    : isOldImport
      ? node['expression']
      : node['source'];
  return isNode(source) && typeof source['value'] === 'string' ? source['value'] : undefined;
}

/**
 * @param {SyntaxNode} node
 * @param {(node: SyntaxNode) => void} look
 */
function visit(node, look) {
  look(node);
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) value.filter(isNode).forEach((child) => visit(child, look));
    else if (isNode(value)) visit(value, look);
  }
}

/**
 * @param {unknown} value
 * @returns {value is SyntaxNode}
 */
function isNode(value) {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/**
 * @param {string} text
 * @param {number} offset
 */
function lineAt(text, offset) {
  return text.slice(0, offset).split('\n').length;
}
