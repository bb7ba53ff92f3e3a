import type { ConfigStatus } from '../../shared/ipc/state';

/** The badge's words: the site, or else which configuration is in force, and whether the file has a fault. */
export function badgeText(
  { source, path, problems }: ConfigStatus,
  hasCrates = true,
  site: string | null = null,
): string {
  const file = path.split(/[/\\]/).at(-1) ?? path;
  if (source === 'last-good')
    return `${site === null ? '' : `${site}: `}${file} has a fault – ${hasCrates ? 'last good state' : 'no crate'} in force`;
  if (source === 'demo')
    return problems.length === 0 ? 'Demo crate' : `${file} has a fault – demo crate in force`;
  return site === null ? file : `${site}, site`;
}

/** Where the configuration comes from and its first fault, as a sentence. */
export function describeConfig({ source, path, problems }: ConfigStatus): string {
  const [first] = problems;
  if (first !== undefined) {
    const place = first.line === null ? '' : `Line ${first.line}: `;
    return `${path}. ${place}${first.message}`;
  }
  return source === 'demo'
    ? `There is no ${path} yet, so a demo crate is shown. Enter your crates in Settings.`
    : path;
}
