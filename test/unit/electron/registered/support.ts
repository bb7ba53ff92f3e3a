import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { openBytes, FileFaultError, type OpenFile } from '../../../../electron/registered/open-file';
import type { FileFault } from '../../../../electron/registered/open-file';
import { fileIdSchema, type RegisteredFile } from '../../../../shared/domain/registered-file';
import { slotIdSchema } from '../../../../shared/domain/ids';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A fresh folder, by its real path, that goes away after the test. */
export function freshFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'smurf-panel-registered-')));
  folders.push(folder);
  return folder;
}

/** An open file of these bytes. */
export function fileOf(bytes: Buffer | string): OpenFile {
  return openBytes(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, null);
}

/** The fault that opening met. */
export async function faultOf(work: Promise<unknown>): Promise<FileFault> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FileFaultError) return error.fault;
    throw error;
  }
  throw new Error('it was opened');
}

/** A registered file; parts can be replaced. */
export function registered(parts: Partial<RegisteredFile> = {}): RegisteredFile {
  return {
    id: fileIdSchema.parse(1),
    slot: slotIdSchema.parse('crate1slot2'),
    run: null,
    action: 'take_iv',
    actionTs: '1795455521',
    path: '/data/plot.png',
    type: 'iv_plot',
    format: '',
    plot: true,
    archive: null,
    publishedAt: null,
    receivedAt: 1000,
    isReplaced: false,
    ...parts,
  };
}

/** The smallest whole PNG image: one white dot. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
  'base64',
);

/** A NumPy file, version 1, with this header and these bytes of values. */
export function npy(header: string, values: Buffer): Buffer {
  const text = Buffer.from(`${header}\n`, 'latin1');
  const start = Buffer.from('\x93NUMPY\x01\x00\x00\x00', 'latin1');
  start.writeUInt16LE(text.length, 8);
  return Buffer.concat([start, text, values]);
}
