import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { showMetadataPart } from '../../../../renderer/metadata/metadata-view-store';
import { MetadataView } from '../../../../renderer/metadata/MetadataView';
import { usePinStore } from '../../../../renderer/metadata/pin-store';
import type { Pin } from '../../../../shared/domain/pin';
import type { RegisterRow } from '../../../../shared/domain/register';
import type { WatchedValue } from '../../../../shared/domain/watched-value';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleSlot, sampleState, sampleStatus } from '../support/samples';
import { layOutElements, renderView } from '../support/screen';

/** Main's registers and pins behind the bridge. */
class Main {
  rows: RegisterRow[] = [];
  versions = new Map<string, number>();
  version = 0;
  refused = 0;
  fault: string | null = null;
  pins: Pin[] = [];

  readonly bridge = new PanelBridgeDouble({
    'metadata.changes': ({ since, limit }) => {
      if (this.fault !== null) return failure('gone', this.fault);
      const changed = this.rows
        .filter((row) => (this.versions.get(row.path) ?? 0) > since)
        .toSorted((a, b) => (this.versions.get(a.path) ?? 0) - (this.versions.get(b.path) ?? 0));
      const rows = changed.slice(0, limit);
      return success({
        rows,
        version: this.versions.get(rows.at(-1)?.path ?? '') ?? since,
        more: changed.length > limit,
        total: this.rows.length,
        faults: { refused: this.refused, unreadable: 0, limit: 50_000 },
      });
    },
    'metadata.read': ({ path }) => {
      const row = this.rows.find((each) => each.path === path);
      return row === undefined ? failure('gone', 'Gone.') : success({ text: `[${row.preview}]`, row });
    },
    'values.pins': () => success({ pins: this.pins }),
    'values.pin': ({ watched }) => {
      const pin = this.pinned(watched as WatchedValue);
      this.pins = [...this.pins, pin];
      return success({ pin });
    },
    'values.unpin': ({ pin }) => {
      this.pins = this.pins.filter(({ id }) => id !== pin);
      return success({});
    },
    'values.series': ({ pins }) =>
      success({
        now: 10_000,
        series: pins.map((pin) => ({
          pin,
          at: Float64Array.of(1000, 2000),
          least: Float64Array.of(3, 4),
          greatest: Float64Array.of(3, 8),
        })),
      }),
  });

  set(path: string, preview: string, change: Partial<RegisterRow> = {}): void {
    this.version += 1;
    this.versions.set(path, this.version);
    const before = this.rows.find((row) => row.path === path);
    const row = {
      path,
      preview,
      type: 'int',
      isNumber: true,
      receivedAt: Date.now(),
      changedAt: Date.now(),
      updates: (before?.updates ?? 0) + 1,
      ...change,
    };
    this.rows = [...this.rows.filter((each) => each.path !== path), row];
  }

  pinned(watched: WatchedValue): Pin {
    const id = this.pins.length + 1;
    return { id, watched, chart: id, pinnedAt: 0, latest: '8', latestAt: 9000 };
  }
}

const grid = (): HTMLElement => screen.getByRole('grid', { name: 'Registers' });
const bodyRows = (): HTMLElement[] => within(grid()).getAllByRole('row').slice(1);

function show(): void {
  renderView(<MetadataView slot={sampleSlot} />, sampleState(sampleStatus(null)));
}

beforeEach(() => {
  layOutElements(900, 480);
  showMetadataPart('registers');
  usePinStore.setState({ pins: [], isRead: false, fault: null });
});
afterEach(() => vi.restoreAllMocks());

it('tells the number of its alarms, however many of them the list of alarms has', () => {
  void new Main();
  const counts = { alarm: 2, warning: 1 };
  const slots = { [sampleSlot.id]: { all: counts, unacknowledged: counts } };
  const alarms = { shown: [], total: 300, unacknowledged: 300, slots };
  renderView(<MetadataView slot={sampleSlot} />, { ...sampleState(sampleStatus(null)), alarms });
  expect(screen.getByRole('radio', { name: 'Alarms (3)' })).toBeInTheDocument();
});

describe('the registers of a slot', () => {
  it('are read in pieces, sorted by path, and only those in sight are drawn', async () => {
    const main = new Main();
    for (let number = 4999; number >= 0; number -= 1) main.set(`r${String(number).padStart(4, '0')}`, '1');
    show();
    await waitFor(() =>
      expect(screen.getByLabelText('Registers shown')).toHaveTextContent('5,000 registers'),
    );
    expect(bodyRows()[0]).toHaveTextContent('r0000');
    expect(bodyRows().length).toBeLessThan(60);
    expect(main.bridge.asked('metadata.changes').map(({ since }) => since)).toEqual([
      0, 1000, 2000, 3000, 4000,
    ]);
  });

  it('follow what changes without a row moving', async () => {
    const main = new Main();
    for (const path of ['b', 'a', 'c']) main.set(path, '1');
    show();
    await waitFor(() => expect(bodyRows()).toHaveLength(3));
    main.set('a', '77');
    await waitFor(() => expect(bodyRows()[0]).toHaveTextContent('77'));
    main.set('aa', '2');
    await waitFor(() =>
      expect(bodyRows().map((row) => row.textContent?.slice(0, 2))).toEqual(['a7', 'aa', 'b1', 'c1']),
    );
  });

  it('are read anew when main has let go of one', async () => {
    const main = new Main();
    for (const path of ['a', 'b']) main.set(path, '1');
    show();
    await waitFor(() => expect(bodyRows()).toHaveLength(2));
    main.rows = main.rows.filter(({ path }) => path !== 'a');
    await waitFor(() => expect(bodyRows()).toHaveLength(1));
  });

  it('show the whole value of the one that is chosen, and pin it', async () => {
    const user = userEvent.setup();
    const main = new Main();
    main.set('a.b.temp', '41');
    main.set('a.b.text', '"on"', { isNumber: false });
    show();
    await user.click((await screen.findAllByRole('row', { name: /temp/ }))[0]!);
    const detail = screen.getByRole('region', { name: 'Register' });
    await waitFor(() => expect(detail).toHaveTextContent('[41]'));
    await user.click(within(detail).getByRole('button', { name: 'Pin to chart' }));
    await user.click(await within(detail).findByRole('button', { name: 'Unpin' }));
    await within(detail).findByRole('button', { name: 'Pin to chart' });
    expect(screen.queryByRole('button', { name: 'Pin a.b.text' })).toBeNull();
    await user.click(within(detail).getByRole('button', { name: 'Copy path' }));
    await waitFor(async () => expect(await navigator.clipboard.readText()).toBe('a.b.temp'));
    await user.click(screen.getByRole('row', { name: /text/ }));
    expect(screen.getByRole('button', { name: 'Pin to chart' })).toBeDisabled();
  });

  it('say what could not be kept, what failed, and why there are none', async () => {
    const main = new Main();
    main.refused = 1;
    show();
    expect(await screen.findByText('No registers yet')).toBeInTheDocument();
    expect(screen.getByText(/1 message of registers beyond the 50,000/)).toBeInTheDocument();
    main.fault = 'The panel is tired.';
    expect(await screen.findByRole('alert')).toHaveTextContent('The panel is tired.');
  });
});

describe('the pinned charts', () => {
  it('say each value with its range, and nothing where nothing is pinned', async () => {
    const user = userEvent.setup();
    const main = new Main();
    show();
    await user.click(screen.getByText('Charts'));
    expect(await screen.findByText('Nothing is pinned')).toBeInTheDocument();
    main.pins = [main.pinned({ source: 'session', slot: sampleSlot.id, path: ['noise', 'median'] })];
    const chart = await screen.findByRole('region', { name: 'Chart of noise.median' });
    expect(chart).toHaveTextContent('8, 1 s ago; 3 … 8 in this span');
    await user.click(within(chart).getByRole('button', { name: 'Actions for noise.median' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Unpin' }));
    expect(await screen.findByText('Nothing is pinned')).toBeInTheDocument();
  });
});
