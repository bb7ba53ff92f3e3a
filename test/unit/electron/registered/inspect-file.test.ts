import { describe, expect, it } from 'vitest';
import { inspectOpen } from '../../../../electron/registered/inspect-file';
import { openBytes } from '../../../../electron/registered/open-file';
import { sniff } from '../../../../electron/registered/sniff';
import { previewText, shownTextBytes } from '../../../../electron/registered/text-preview';
import { fileOf, npy, png } from './support';

const now = 1_000_000;
const old = now - 60_000;
const inspect = (bytes: Buffer | string, modifiedAt = old, lastSize: number | null = null) =>
  inspectOpen(openBytes(Buffer.from(bytes), modifiedAt), 'file', lastSize, now);

const svg = '<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>';
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 20, 0, 30, 1, 1, 0x11, 0, 0xff, 0xd9]);
const webp = Buffer.concat([Buffer.from('RIFF\x0c\0\0\0WEBPVP8 ', 'latin1'), Buffer.alloc(4)]);
const array = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", Buffer.alloc(16));

describe('what a file is', () => {
  it.each([
    [png, 'png'],
    [jpeg, 'jpeg'],
    ['GIF89a\x01\0\x01\0;', 'gif'],
    [webp, 'webp'],
    [svg, 'svg'],
    [`\ufeff<?xml version="1.0"?>\n<!-- a -->\n<!DOCTYPE svg PUBLIC "a" "b">\n${svg}`, 'svg'],
    ['<svg:svg xmlns:svg="x"></svg:svg>', 'svg'],
    ['<html><svg></svg></html>', 'text'],
    ['%PDF-1.4\n%%EOF', 'pdf'],
    [array, 'npy'],
    ['channel,noise\n1,2\n', 'text'],
    ['\x1b[32mPASS\x1b[0m', 'text'],
    [Buffer.from('caf\xe9', 'latin1'), 'text'],
    [Buffer.from('\ufeffutf-16', 'utf16le'), 'text'],
    [Buffer.from([1, 2, 0, 4]), 'unknown'],
    ['PK\x03\x04 zip', 'unknown'],
    ['\x89HDF\r\n\x1a\n', 'unknown'],
    ['', 'unknown'],
  ] as const)('is told by its first bytes (%#: %s)', (bytes, kind) => {
    const buffer =
      typeof bytes === 'string' && bytes.startsWith('\x89')
        ? Buffer.from(bytes, 'latin1')
        : Buffer.from(bytes);
    expect(sniff(buffer).kind).toBe(kind);
  });

  it('is text also where the first bytes end within a character', () => {
    const text = Buffer.from('ü'.repeat(40_000)).subarray(0, 65_535);
    expect(sniff(text).kind).toBe('text');
  });
});

describe('how a file stands', () => {
  it.each([
    ['png', png],
    ['jpeg', jpeg],
    ['svg', svg],
    ['npy', array],
    ['pdf', '%PDF-1.4\n%%EOF\n'],
    ['webp', webp],
  ] as const)(
    '%s: ready when whole, damaged when cut, being written when cut just now',
    async (kind, bytes) => {
      const whole = Buffer.from(bytes);
      const cut = whole.subarray(0, whole.length - 7);
      expect(await inspect(whole)).toMatchObject({ kind, state: 'ready', message: '' });
      expect(await inspect(cut)).toMatchObject({ kind, state: 'damaged' });
      expect((await inspect(cut)).message).toMatch(/^file is cut/);
      expect(await inspect(cut, now - 1000)).toMatchObject({ state: 'growing' });
    },
  );

  it('is being written while its size changes', async () => {
    expect(await inspect('line\n', old, 3)).toMatchObject({ state: 'growing' });
    expect(await inspect('line\n', old, 5)).toMatchObject({ state: 'ready' });
    expect(await inspect('', now)).toMatchObject({ state: 'growing' });
    expect(await inspect('')).toMatchObject({ state: 'damaged', message: 'file is empty.' });
  });

  it('knows the size of pictures, and refuses those that would fill the memory', async () => {
    expect((await inspect(png)).pixels).toEqual({ width: 1, height: 1 });
    expect((await inspect(jpeg)).pixels).toEqual({ width: 30, height: 20 });
    const bomb = Buffer.from(png);
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    expect(await inspect(bomb)).toMatchObject({ state: 'too-large' });
    const large = { ...openBytes(png, old), size: 70_000_000 };
    const found = await inspectOpen(large, 'plot.png', null, now);
    expect(found.state).toBe('too-large');
    expect(found.message).toBe('plot.png has 70.0 MB; up to 64.0 MB of such a file are shown.');
  });
});

describe('the beginning of a text', () => {
  it('is decoded by its bytes', async () => {
    expect(await previewText(fileOf('größe'))).toEqual({
      text: 'größe',
      encoding: 'UTF-8',
      shown: 7,
      size: 7,
    });
    expect(await previewText(fileOf(Buffer.from('gr\xf6\xdfe', 'latin1')))).toMatchObject({
      text: 'größe',
      encoding: 'Latin-1',
    });
    expect(await previewText(fileOf(Buffer.from('\ufeffab', 'utf16le')))).toMatchObject({
      text: 'ab',
      encoding: 'UTF-16',
    });
  });

  it('ends at a whole character, and says how much there is', async () => {
    const preview = await previewText(fileOf(`x${'é'.repeat(shownTextBytes)}`));
    expect(preview).toMatchObject({
      shown: shownTextBytes - 1,
      size: 2 * shownTextBytes + 1,
      encoding: 'UTF-8',
    });
    expect(preview.text.endsWith('é')).toBe(true);
  });
});
