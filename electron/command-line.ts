import { resolve } from 'node:path';
import { failure, success, type Result } from '../shared/result';

/** What the command line asks for. `home` is absolute; null leaves the choice to the environment. */
export type CommandLine =
  | { readonly kind: 'start'; readonly home: string | null }
  | { readonly kind: 'version' }
  | { readonly kind: 'help' };

/** What `--help` prints. */
export const helpText = `Usage: smurf-panel [options]

The control panel for operators of SMuRF readout crates.

Options:
  --home DIR   keep everything of this panel in DIR (crates.yaml, panel.sqlite, runs/);
               without it, SMURF_PANEL_HOME, or the folder for application data
  --version    print the panel's version and the Electron that it carries
  --help       print this

All other options go to Chromium. A second panel on the same home folder brings the first one forward.
`;

/**
 * Reads the words after the program's name. Options that are not the panel's own are Chromium's and let be.
 * @param workingFolder what a relative path starts from
 */
export function readCommandLine(words: readonly string[], workingFolder: string): Result<CommandLine> {
  let home: string | null = null;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--version' || word === '-v') return success({ kind: 'version' });
    if (word === '--help' || word === '-h') return success({ kind: 'help' });
    const isSplit = word === '--home';
    if (!isSplit && !word.startsWith('--home=')) continue;
    const folder = isSplit ? (words[at + 1] ?? '') : word.slice('--home='.length);
    if (folder === '' || (isSplit && folder.startsWith('-'))) {
      return failure('home-missing', '--home needs a folder: smurf-panel --home DIR');
    }
    home = resolve(workingFolder, folder);
    if (isSplit) at += 1;
  }
  return success({ kind: 'start', home });
}
