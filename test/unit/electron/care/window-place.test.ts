import { describe, expect, it } from 'vitest';
import {
  parseWindowMemory,
  placeWindow,
  remember,
  type KeptWindow,
  type WindowMemory,
} from '../../../../electron/care/window-place';

const left = { id: 1, workArea: { x: 0, y: 30, width: 1920, height: 1050 } };
const right = { id: 2, workArea: { x: 1920, y: 0, width: 1280, height: 1024 } };

const on = (display: number, x: number, y: number, width = 1200, height = 800): KeptWindow => ({
  display,
  bounds: { x, y, width, height },
  isMaximized: false,
});
const memory = (...windows: KeptWindow[]): WindowMemory => ({ windows, zoom: 0 });

describe('the window opens', () => {
  it('where the system likes on the first day', () => {
    expect(placeWindow(memory(), [left])).toEqual({ bounds: null, isMaximized: false });
  });

  it('as it stood', () => {
    const kept = { ...on(2, 1960, 50), isMaximized: true };
    expect(placeWindow(memory(kept), [left, right])).toEqual({ bounds: kept.bounds, isMaximized: true });
  });

  it('as it stood on the display that is left, when the last one was unplugged', () => {
    const windows = memory(on(2, 1960, 50), on(1, 100, 100));
    expect(placeWindow(windows, [left]).bounds).toEqual(on(1, 100, 100).bounds);
  });

  it('on the first display, when none that it stood on is there', () => {
    expect(placeWindow(memory(on(7, 5000, -4000)), [left]).bounds).toEqual({
      x: 720,
      y: 30,
      width: 1200,
      height: 800,
    });
  });

  it('as a whole within its display, when that became smaller', () => {
    expect(placeWindow(memory(on(2, 1000, 900, 4000, 3000)), [left, right]).bounds).toEqual(right.workArea);
  });
});

describe('the memory', () => {
  it('has one place for each display, the last in front, and an end', () => {
    let kept = memory();
    for (let display = 1; display <= 12; display += 1) kept = remember(kept, on(display, 0, 0), 0);
    kept = remember(kept, on(9, 50, 60), 1.5);
    expect(kept.windows.map(({ display }) => display)).toEqual([9, 12, 11, 10, 8, 7, 6, 5]);
    expect(kept.zoom).toBe(1.5);
  });

  it.each(['', '{', 'null', '[]', '7'])('of %j is none', (text) => {
    expect(parseWindowMemory(text)).toBeNull();
  });

  it('leaves out what is damaged, and keeps the rest', () => {
    expect(parseWindowMemory('{"windows": [{"display": "x"}], "zoom": 2}')).toEqual({ windows: [], zoom: 2 });
    expect(parseWindowMemory('{"windows": [], "zoom": 1e9}')).toEqual({ windows: [], zoom: 0 });
  });

  it('reads what it wrote', () => {
    const kept = remember(memory(), on(1, -10, 20), -0.5);
    expect(parseWindowMemory(JSON.stringify(kept))).toEqual(kept);
  });
});
