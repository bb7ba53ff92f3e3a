import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { FeedFiles } from '../../../../build/packaging/feed-files.mjs';

it('the feed names the packages of every pass, each once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'smurf-panel-feed-'));
  try {
    const feed = (...urls: string[]) =>
      writeFile(
        join(folder, 'latest-linux.yml'),
        `version: 1.0.0\nfiles:\n${urls.map((url) => `  - url: ${url}\n    sha512: x\n`).join('')}path: ${urls[0]}\n`,
      );
    const feeds = new FeedFiles(folder);
    await feed('a.AppImage');
    await feeds.collect();
    // A pass that writes no feed leaves the last one there.
    await feeds.collect();
    await feed('a.deb', 'a.rpm');
    await feeds.collect();
    await feeds.write();
    const written = parse(await readFile(join(folder, 'latest-linux.yml'), 'utf8')) as {
      version: string;
      files: { url: string }[];
    };
    expect(written.version).toBe('1.0.0');
    expect(written.files.map(({ url }) => url)).toEqual(['a.AppImage', 'a.deb', 'a.rpm']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
