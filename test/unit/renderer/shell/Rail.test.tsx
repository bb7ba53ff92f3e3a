import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { badgeText } from '../../../../renderer/shell/config-text';
import { Rail } from '../../../../renderer/shell/Rail';
import { leaveAnyway, openSlot, setUnsaved, useViewStore } from '../../../../renderer/stores/view-store';
import { slotIdSchema, type SlotId } from '../../../../shared/domain/ids';
import type { PanelState } from '../../../../shared/ipc/state';
import { PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleRun, sampleSlot, sampleState, sampleStatus, slotId } from '../support/samples';
import { renderView, showState } from '../support/screen';

const other: SlotId = slotIdSchema.parse('crate1slot4');

function state(): PanelState {
  const base = sampleState({ ...sampleStatus(sampleRun()), lost: 12 });
  return {
    ...base,
    crates: [{ name: 'crate1', slots: [sampleSlot, { ...sampleSlot, id: other, number: 4 }] }],
    slots: { ...base.slots, [other]: { ...sampleStatus(null), slot: other } },
    unmatched: [{ publisherId: 'uxm_mv6', messages: 41, lastAt: Date.now(), sender: '127.0.0.1:9' }],
  };
}

const slots = (): HTMLElement[] =>
  within(screen.getByRole('navigation', { name: 'Crates' })).getAllByRole('button');

beforeEach(() => {
  localStorage.clear();
  useViewStore.setState({ page: 'slot', slot: null, unsaved: false, leaving: null });
});

afterEach(() => vi.restoreAllMocks());

describe('the rail', () => {
  it('names each slot by its id alone and describes the rest', () => {
    renderView(<Rail />, state());
    expect(slots()[0]).toHaveAccessibleName('crate1slot3');
    expect(slots()[0]).toHaveAccessibleDescription('take_iv, running 12 lost');
    expect(slots()[1]).toHaveAccessibleDescription('idle');
    expect(screen.getByText('1 of 2 running')).toBeInTheDocument();
    expect(slots()[0]).toHaveAttribute('aria-current', 'page');
  });

  it('opens a slot by keyboard and remembers it', async () => {
    const user = userEvent.setup();
    renderView(<Rail />, state());
    // The pages come before the crates.
    for (const name of ['Overview', 'Queue', 'History']) {
      await user.tab();
      expect(screen.getByRole('button', { name })).toHaveFocus();
    }
    await user.tab();
    expect(slots()[0]).toHaveFocus();
    await user.keyboard('{ArrowDown}');
    expect(slots()[1]).toHaveFocus();
    await user.keyboard('{ArrowDown}{Home}{End}{Enter}');
    expect(useViewStore.getState().slot).toBe(other);
    expect(slots()[1]).toHaveAttribute('aria-current', 'page');
    expect(localStorage.getItem('smurf-panel.selected-slot')).toBe('"crate1slot4"');
  });

  const list = (): HTMLElement => screen.getByRole('navigation', { name: 'Crates' });

  it('scrolls to the slot that is opened, and not when data arrive', () => {
    // The list shows 40 pixels; the second slot begins at 50.
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
      const isSecond = this.textContent.includes(other);
      if (this.tagName === 'NAV') return new DOMRect(0, 0, 100, 40);
      return new DOMRect(0, (isSecond ? 50 : 10) - list().scrollTop, 100, 20);
    });
    renderView(<Rail />, state());
    expect(list().scrollTop).toBe(0);
    act(() => openSlot(other));
    expect(list().scrollTop).toBe(30);
    act(() => openSlot(slotId));
    expect(list().scrollTop).toBe(10);
    act(() => openSlot(other));
    list().scrollTop = 0;
    act(() => {
      const { slots: statuses, ...rest } = state();
      showState({
        ...rest,
        slots: { ...statuses, [other]: { ...sampleStatus(null), slot: other, lost: 3 } },
      });
    });
    expect(slots()[1]).toHaveAccessibleDescription('idle 3 lost');
    expect(list().scrollTop).toBe(0);
  });

  it('does not leave unsaved edits without asking', async () => {
    const user = userEvent.setup();
    renderView(<Rail />, state());
    useViewStore.setState({ page: 'settings', slot: slotId });
    setUnsaved(true);
    await user.click(slots()[1]!);
    expect(useViewStore.getState()).toMatchObject({ page: 'settings', slot: slotId });
    leaveAnyway();
    expect(useViewStore.getState()).toMatchObject({ page: 'slot', slot: other, unsaved: false });
  });

  it('makes an unmatched publisher an alias with one choice', async () => {
    const user = userEvent.setup();
    const bridge = new PanelBridgeDouble({ 'config.addAlias': () => success({}) });
    renderView(<Rail />, state());
    const section = screen.getByRole('region', { name: 'Not matched' });
    expect(section).toHaveTextContent('uxm_mv6');
    expect(section).toHaveTextContent('41 messages');
    await user.click(within(section).getByRole('button', { name: 'Make it an alias of…' }));
    expect(await screen.findByText(/Choosing a slot writes .*crates\.yaml/)).toBeInTheDocument();
    await user.click(screen.getByRole('menuitem', { name: 'crate1slot4' }));
    await waitFor(() =>
      expect(bridge.asked('config.addAlias')).toEqual([{ slot: other, publisherId: 'uxm_mv6' }]),
    );
  });
});

describe('the configuration’s badge', () => {
  const fault = { message: 'bad', line: 1, column: 1 };
  it.each([
    ['demo', [], 'Demo crate'],
    ['demo', [fault], 'crates.yaml has a fault – demo crate in force'],
    ['file', [], 'crates.yaml'],
    ['last-good', [fault], 'crates.yaml has a fault – last good state in force'],
  ] as const)('says what is in force: %s with %j', (source, problems, text) => {
    expect(badgeText({ path: '/home/ocs/crates.yaml', source, problems: [...problems] })).toBe(text);
  });

  it('does not speak of a last good state where there has been none', () => {
    expect(badgeText({ path: '/home/ocs/crates.yaml', source: 'last-good', problems: [fault] }, false)).toBe(
      'crates.yaml has a fault – no crate in force',
    );
  });
});
