import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import { NoteEditor } from '../../../../renderer/history/NoteEditor';
import { emptyRunForm } from '../../../../renderer/run/run-form';
import { changeRunForm } from '../../../../renderer/run/run-form-store';
import { useShortcuts } from '../../../../renderer/shell/use-shortcuts';
import { useViewStore, type Page, type SlotTab } from '../../../../renderer/stores/view-store';
import { PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleRun, sampleSlot, sampleState, sampleStatus, slotId } from '../support/samples';
import { renderView } from '../support/screen';

const run = sampleRun().id;

function Window(): ReactElement {
  useShortcuts(sampleSlot);
  return <NoteEditor mark={{ run, note: '', pinned: false }} />;
}

function open(page: Page, tab: SlotTab): PanelBridgeDouble {
  const bridge = new PanelBridgeDouble({
    'run.start': () => success({ run }),
    'history.setNote': () => success({}),
  });
  useViewStore.setState({ page, slot: slotId, tabs: { [slotId]: tab } });
  changeRunForm(slotId, { ...emptyRunForm, script: '/s/take_iv.py' });
  renderView(<Window />, sampleState(sampleStatus(null)));
  return bridge;
}

const press = (change: object = {}): boolean =>
  fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true, ...change });

beforeEach(() => localStorage.clear());

describe('Ctrl+Enter', () => {
  it('starts what the Run tab holds where that is shown', async () => {
    const bridge = open('slot', 'run');
    press();
    await waitFor(() => expect(bridge.asked('run.start')).toHaveLength(1));
  });

  it.each([
    ['slot', 'log'],
    ['slot', 'history'],
    ['history', 'run'],
  ] as const)('starts nothing on the page %s with the tab %s', (page, tab) => {
    const bridge = open(page, tab);
    press();
    expect(bridge.asked('run.start')).toEqual([]);
  });

  it('starts nothing while it is held down', () => {
    const bridge = open('slot', 'run');
    press({ repeat: true });
    expect(bridge.asked('run.start')).toEqual([]);
  });

  it('keeps a note that is typed, and starts nothing wherever the note is', async () => {
    const user = userEvent.setup();
    const bridge = open('slot', 'run');
    await user.type(screen.getByRole('textbox', { name: 'Note' }), 'cold{Control>}{Enter}{/Control}');
    expect(bridge.asked('history.setNote')).toEqual([{ run, note: 'cold' }]);
    expect(await screen.findByText('Saved')).toBeInTheDocument();
    expect(bridge.asked('run.start')).toEqual([]);
  });
});
