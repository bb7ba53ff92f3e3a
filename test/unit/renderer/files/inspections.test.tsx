import { act, render, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lookAt, useInspection, useLooking } from '../../../../renderer/files/inspections';
import type { RegisteredFile } from '../../../../shared/domain/registered-file';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { found, sampleFile } from './samples';

function Looking({ files }: { readonly files: readonly RegisteredFile[] }): string {
  useLooking(files, false);
  return useInspection(files[0]!.id)?.state ?? 'not known';
}

/** Goes on by so many seconds, with what is answered meanwhile. */
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await act(() => vi.advanceTimersByTimeAsync(1000));
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

// Ids differ from test to test: the window remembers them.
describe('looks at files', () => {
  it('are asked for ever more rarely where they are refused, and at once where the operator asks', async () => {
    const files = Array.from({ length: 120 }, (_, at) => sampleFile(5000 + at));
    let refuses = true;
    const bridge = new PanelBridgeDouble({
      'files.inspect': ({ files: ids }) =>
        refuses
          ? failure('store-unavailable', 'The database is gone.')
          : success({ found: files.filter(({ id }) => ids.includes(id)).map(({ id }) => found(id)) }),
    });
    const { container } = render(<Looking files={files} />);
    await pass(60);
    expect(bridge.asked('files.inspect').length).toBeGreaterThan(2);
    expect(bridge.asked('files.inspect').length).toBeLessThan(8);
    refuses = false;
    act(() => lookAt(files, false));
    vi.useRealTimers();
    await waitFor(() => expect(container).toHaveTextContent('ready'));
  });

  it('leave a file alone of which nothing is told, though others are', async () => {
    const files = [sampleFile(6000), sampleFile(6001)];
    const bridge = new PanelBridgeDouble({
      'files.inspect': ({ files: ids }) =>
        success({
          found: files
            .slice(1)
            .filter(({ id }) => ids.includes(id))
            .map(({ id }) => found(id)),
        }),
    });
    render(<Looking files={files} />);
    await pass(60);
    const asked = bridge.asked('files.inspect').map(({ files: ids }) => ids.length);
    expect(asked[0]).toBe(2);
    expect(asked.length).toBeLessThan(8);
    expect(asked.slice(1).every((count) => count === 1)).toBe(true);
  });
});
