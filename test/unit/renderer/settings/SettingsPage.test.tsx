import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { SettingsPage } from '../../../../renderer/settings/SettingsPage';
import { closeSettings, saveSettings } from '../../../../renderer/settings/settings-store';
import { useViewStore } from '../../../../renderer/stores/view-store';
import { slotIdSchema } from '../../../../shared/domain/ids';
import type { ConfigFile } from '../../../../shared/ipc/calls/config-calls';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { remotePlaces, sampleSlot, sampleState, sampleStatus } from '../support/samples';
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

async function open(
  answers: ConstructorParameters<typeof PanelBridgeDouble>[0],
  state = sampleState(sampleStatus(null)),
): Promise<PanelBridgeDouble> {
  const bridge = new PanelBridgeDouble({ 'config.read': () => success(fileOf()), ...answers });
  renderView(<SettingsPage />, state);
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

  it('takes no input while it is saved, and gives the focus back then', async () => {
    const user = userEvent.setup();
    const bridge = await open({ 'config.edit': () => failure('invalid', 'Not so.') });
    bridge.hold('config.edit');
    await user.type(publisherId(), 'x');
    const field = publisherId();
    act(saveSettings);
    expect(field.closest('[inert]')).not.toBeNull();
    // As a browser does with what is inert.
    act(() => field.blur());
    bridge.release('config.edit');
    expect(await screen.findByRole('alert')).toHaveTextContent('Not so.');
    expect(field.closest('[inert]')).toBeNull();
    expect(field).toHaveFocus();
    expect(field).toHaveValue('crate1slot2x');
  });

  it('keeps what is typed while the file is read anew', async () => {
    const user = userEvent.setup();
    let source = text;
    const bridge = await open({ 'config.read': () => success(fileOf({ text: source })) });
    source = text.replace('crate1slot2', 'elsewhere');
    bridge.hold('config.read');
    act(() => showState(sampleState(sampleStatus(null))));
    await waitFor(() => expect(bridge.asked('config.read')).toHaveLength(2));
    await user.type(publisherId(), 'x');
    await act(async () => bridge.release('config.read'));
    await act(async () => undefined);
    expect(publisherId()).toHaveValue('crate1slot2x');
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    expect(publisherId()).toHaveValue('crate1slot2');
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

describe('where scripts run', () => {
  const ssh =
    'crates:\n  - name: a\n    slots:\n      - slot: 2\n        publisher-id: crate1slot2\n' +
    '        transport: { kind: ssh, host: smurf-srv27 }\n';
  const field = (name: string): HTMLElement => screen.getByRole('textbox', { name });
  const choose = (name: string): Promise<void> => userEvent.click(screen.getByRole('radio', { name }));

  it('is chosen, with the fields of that kind, and faults at them', async () => {
    const user = userEvent.setup();
    const bridge = await open({ 'config.edit': () => success(fileOf({ text: ssh, revision: 'r2' })) });
    expect(screen.getByRole('radio', { name: 'This machine' })).toBeChecked();
    expect(screen.queryByRole('textbox', { name: 'Host' })).toBeNull();
    await choose('Container');
    expect(field('Container')).toHaveAccessibleDescription(/is missing/);
    expect(save()).toBeDisabled();
    await user.type(field('Container'), 'ocs-pysmurf');
    expect(save()).toBeEnabled();
    await choose('Compose service');
    for (const name of ['Service', 'Compose file', 'Project', 'Program', 'User', 'Folder for runs']) {
      expect(field(name)).toBeInTheDocument();
    }
    await choose('Another machine (ssh)');
    await user.type(field('Host'), 'smurf-srv27');
    await user.click(save());
    await waitFor(() => expect(field('Host')).toHaveValue('smurf-srv27'));
    expect(bridge.asked('config.edit')[0]?.edits).toEqual([
      { path: ['crates', 0, 'slots', 0, 'transport'], value: { kind: 'ssh', host: 'smurf-srv27' } },
    ]);
    expect(save()).toBeDisabled();
  });

  it('says how messages come, and asks for the whole of the monitor', async () => {
    const user = userEvent.setup();
    const bridge = await open({ 'config.edit': () => success(fileOf()) });
    expect(screen.getByRole('radio', { name: 'Default: straight to the listener' })).toBeChecked();
    await choose('Recorded by the supervisor where scripts run');
    await user.type(field('Hand on to host'), 'ocs-monitor');
    expect(field('Its port')).toHaveAccessibleDescription('is missing');
    await user.type(field('Its port'), '8200');
    await user.click(save());
    await waitFor(() => expect(bridge.asked('config.edit')).toHaveLength(1));
    expect(bridge.asked('config.edit')[0]?.edits).toEqual([
      {
        path: ['crates', 0, 'slots', 0, 'relay'],
        value: { forward: { host: 'ocs-monitor', port: 8200 } },
      },
    ]);
  });
});

describe('checking the connection', () => {
  const state = {
    ...sampleState(sampleStatus(null)),
    crates: [
      {
        name: 'crate1',
        slots: [{ ...sampleSlot, id: slotIdSchema.parse('crate1slot2'), transport: remotePlaces.ssh }],
      },
    ],
  };
  const check = (): HTMLElement => screen.getByRole('button', { name: 'Check connection' });
  const verdict = (): HTMLElement => screen.getByRole('status', { name: 'Connection check' });
  const steps = (): string[] =>
    within(screen.getByRole('list', { name: 'Steps of the connection check' }))
      .getAllByRole('listitem')
      .map((item) => item.textContent);

  it('shows each step, first waiting, then as it was found', async () => {
    const user = userEvent.setup();
    const bridge = await open(
      {
        'slot.check': () =>
          success({
            steps: [
              { name: 'reach', ok: true, detail: 'smurf-srv27 answered in 40 ms' },
              { name: 'python', ok: false, detail: 'There is no python3 on smurf-srv27.' },
            ],
          }),
      },
      state,
    );
    bridge.hold('slot.check');
    await user.click(check());
    expect(check()).toBeDisabled();
    expect(verdict()).toHaveTextContent('Checking…');
    expect(steps()[0]).toBe('waitingReach smurf-srv27');
    bridge.release('slot.check');
    await waitFor(() => expect(verdict()).toHaveTextContent('“Start Python” failed.'));
    expect(steps()).toHaveLength(6);
    expect(steps().slice(0, 3)).toEqual([
      'okReach smurf-srv27smurf-srv27 answered in 40 ms',
      'failedStart PythonThere is no python3 on smurf-srv27.',
      'not triedMake the folder for runs',
    ]);
    expect(bridge.asked('slot.check')).toEqual([{ slot: 'crate1slot2' }]);
    // What was found does not stand beside a form that says something else by now.
    await user.type(screen.getByRole('textbox', { name: 'Python' }), '3');
    expect(check()).toBeDisabled();
    expect(screen.getByText(/^Save the changes first/)).toBeInTheDocument();
    expect(screen.queryByRole('list', { name: 'Steps of the connection check' })).toBeNull();
  });

  it('says why it could not be tried', async () => {
    const user = userEvent.setup();
    await open({ 'slot.check': () => failure('slot-unknown', 'There is no slot crate1slot2.') }, state);
    await user.click(check());
    expect(await screen.findByRole('alert')).toHaveTextContent('There is no slot crate1slot2.');
    expect(check()).toBeEnabled();
  });

  it('is not offered for a slot that is not in force', async () => {
    await open({});
    expect(check()).toBeDisabled();
    expect(screen.getByText('The panel has no such slot yet.')).toBeInTheDocument();
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
