import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { SettingsPage } from '../../../../renderer/settings/SettingsPage';
import { closeSettings } from '../../../../renderer/settings/settings-store';
import { useViewStore } from '../../../../renderer/stores/view-store';
import type { ConfigFile } from '../../../../shared/ipc/contract';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleState, sampleStatus } from '../support/samples';
import { renderView, showState } from '../support/screen';

const text = 'crates:\n  - name: crate1\n    slots:\n      - slot: 2\n        publisher-id: crate1slot2\n';

function fileOf(change: Partial<ConfigFile> = {}): ConfigFile {
  const source = change.text ?? text;
  return {
    path: '/home/ocs/panel/crates.yaml',
    exists: true,
    text: source,
    revision: 'r1',
    document: change.problems === undefined ? parseDocument(source).toJS() : null,
    problems: [],
    ...change,
  };
}

async function open(answers: ConstructorParameters<typeof PanelBridgeDouble>[0]): Promise<PanelBridgeDouble> {
  const bridge = new PanelBridgeDouble({ 'config.read': () => success(fileOf()), ...answers });
  renderView(<SettingsPage />, sampleState(sampleStatus(null)));
  await screen.findByRole('heading', { name: 'Settings' });
  return bridge;
}

const save = (): HTMLElement => screen.getByRole('button', { name: 'Save' });
const publisherId = (): HTMLElement => screen.getByRole('textbox', { name: 'Publisher id' });

beforeEach(() => {
  closeSettings();
  useViewStore.setState({ page: 'settings', unsaved: false, leaving: null });
});

describe('the settings form', () => {
  it('sends only what changed, and shows what main wrote', async () => {
    const user = userEvent.setup();
    const written = text.replace('crate1slot2', 'uxm');
    const bridge = await open({ 'config.edit': () => success(fileOf({ text: written, revision: 'r2' })) });
    expect(save()).toBeDisabled();
    await user.clear(publisherId());
    await user.type(publisherId(), 'uxm');
    expect(useViewStore.getState().unsaved).toBe(true);
    await user.click(save());
    await waitFor(() => expect(useViewStore.getState().unsaved).toBe(false));
    expect(bridge.asked('config.edit')).toEqual([
      { revision: 'r1', edits: [{ path: ['crates', 0, 'slots', 0, 'publisher-id'], value: 'uxm' }] },
    ]);
    expect(publisherId()).toHaveValue('uxm');
    expect(save()).toBeDisabled();
  });

  it('says at the field what is wrong and does not send it', async () => {
    const user = userEvent.setup();
    await open({});
    await user.clear(publisherId());
    await user.type(publisherId(), 'two words');
    expect(screen.getByText(/use letters, digits, and . _ : - only/)).toBeInTheDocument();
    expect(screen.getByText('1 field to correct')).toBeInTheDocument();
    expect(save()).toBeDisabled();
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    expect(publisherId()).toHaveValue('crate1slot2');
  });

  it('keeps the edits when main refuses them, and can read the file anew', async () => {
    const user = userEvent.setup();
    const bridge = await open({
      'config.edit': () => failure('config-stale', 'crates.yaml was changed on disk since it was read.'),
    });
    await user.type(publisherId(), 'x');
    await user.click(save());
    expect(await screen.findByRole('alert')).toHaveTextContent('crates.yaml was changed on disk');
    expect(publisherId()).toHaveValue('crate1slot2x');
    // A change on disk that main tells of meanwhile must not take the edits away either.
    act(() => showState(sampleState(sampleStatus(null))));
    expect(bridge.asked('config.read')).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: /^Reload/ }));
    await waitFor(() => expect(publisherId()).toHaveValue('crate1slot2'));
  });

  it('asks before a slot is removed', async () => {
    const user = userEvent.setup();
    const bridge = await open({ 'config.edit': () => success(fileOf()) });
    await user.click(screen.getByRole('button', { name: 'Add slot' }));
    expect(publisherId()).toHaveValue('crate1slot3');
    await user.click(screen.getByRole('button', { name: 'crate1slot2' }));
    await user.click(screen.getByRole('button', { name: 'Remove slot' }));
    expect(screen.getByRole('dialog', { name: 'Remove slot?' })).toHaveTextContent(
      'crate1slot2 leaves the panel',
    );
    await user.click(screen.getByRole('button', { name: 'Remove' }));
    await user.click(save());
    await waitFor(() => expect(bridge.asked('config.edit')).toHaveLength(1));
    expect(bridge.asked('config.edit')[0]?.edits).toEqual([
      { path: ['crates', 0, 'slots', 0] },
      { path: ['crates', 0, 'slots', 0], value: { slot: 3, 'publisher-id': 'crate1slot3' } },
    ]);
  });
});

describe('the file as text', () => {
  it('is what opens when the file is broken, with the place of the fault', async () => {
    const user = userEvent.setup();
    const broken = 'crates:\n  - name: [\n';
    const problems = [{ message: 'Flow sequence in block collection must be closed', line: 2, column: 12 }];
    const bridge = await open({
      'config.read': () => success(fileOf({ text: broken, problems })),
      'config.write': () => success(fileOf({ revision: 'r2' })),
    });
    const area = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text of the configuration file' });
    await user.click(screen.getByRole('button', { name: /^2:12/ }));
    expect(area).toHaveFocus();
    expect(area.selectionStart).toBe(broken.indexOf('[') + 1);
    expect(screen.getByRole('radio', { name: 'Form' })).toBeDisabled();
    await user.type(area, ']');
    await user.click(save());
    await waitFor(() => expect(bridge.asked('config.write')).toHaveLength(1));
    expect(bridge.asked('config.write')[0]).toEqual({ revision: 'r1', text: `${broken}]` });
  });
});
