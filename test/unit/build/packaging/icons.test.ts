import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { icns, ico } from '../../../../build/icons/containers.mjs';

const folder = resolve(import.meta.dirname, '../../../../build/icons');
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

async function pictures(): Promise<Map<number, Buffer>> {
  const entries = sizes.map(
    async (size) => [size, await readFile(join(folder, `${size}x${size}.png`))] as const,
  );
  return new Map(await Promise.all(entries));
}

describe('the icons', () => {
  it('are pictures of the sizes that their names say', async () => {
    for (const [size, picture] of await pictures()) {
      expect(picture.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
      expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([size, size]);
    }
  });

  it('stand in Windows’ and Apple’s files as they are beside them', async () => {
    const drawn = await pictures();
    expect(ico(drawn).equals(await readFile(join(folder, 'icon.ico')))).toBe(true);
    expect(icns(drawn).equals(await readFile(join(folder, 'icon.icns')))).toBe(true);
  });

  it('are found by the offsets that Windows reads', async () => {
    const file = await readFile(join(folder, 'icon.ico'));
    const count = file.readUInt16LE(4);
    for (let index = 0; index < count; index += 1) {
      const at = 6 + 16 * index;
      const picture = file.subarray(file.readUInt32LE(at + 12)).subarray(0, file.readUInt32LE(at + 8));
      expect(picture.readUInt32BE(16)).toBe(file.readUInt8(at) || 256);
    }
    expect(count).toBe(7);
  });
});
