import { describe, expect, it } from 'vitest';
import { publishedText, receivedText } from '../../../../renderer/messages/message-text';
import { start } from '../support/samples';

describe('times of a message', () => {
  it('has a date only where it is not today', () => {
    expect(receivedText(start + 114, start + 1000)).toBe('02:00:00.114');
    expect(receivedText(start + 114, start + 86_400_000)).toBe('11-23 02:00:00.114');
  });

  it('says how long it was on its way', () => {
    expect(publishedText(start, start + 2)).toBe('2026-11-23 02:00:00 UTC; received 0.002 s after that');
    expect(publishedText(start, start - 40)).toBe('2026-11-23 02:00:00 UTC; received 0.040 s before that');
    expect(publishedText(null, start)).toBe('not said');
  });
});
