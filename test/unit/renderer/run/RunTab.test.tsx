import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { useArgumentsStore } from '../../../../renderer/run/arguments-store';
import { openRunFilled } from '../../../../renderer/run/open-run-filled';
import { useRememberedStore } from '../../../../renderer/run/remembered-store';
import { changeRunForm, useRunFormStore } from '../../../../renderer/run/run-form-store';
import { emptyRunForm } from '../../../../renderer/run/run-form';
import { RunTab } from '../../../../renderer/run/RunTab';
import { SlotHeader } from '../../../../renderer/slot/SlotHeader';
import { usePanelStore } from '../../../../renderer/stores/panel-store';
import { useViewStore } from '../../../../renderer/stores/view-store';
import type { ScriptArguments } from '../../../../shared/arguments/argument-form';
import type { QueueStatus } from '../../../../shared/domain/queue';
import type { Run } from '../../../../shared/domain/run';
import type { Preset, Remembered } from '../../../../shared/ipc/calls/presets-calls';
import { argument, formOf, takes, words } from '../../shared/arguments/forms';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleRun, sampleSlot, sampleState, sampleStatus, slotId } from '../support/samples';
import { renderView, showState } from '../support/screen';

const path = '/s/take_iv.py';
const read: ScriptArguments = {
  form: formOf([
    argument('--bands -b', {
      action: takes({ value: { type: 'integer' }, choices: ['0', '1', '2'], count: 'some' }),
      default: words('0'),
      help: 'bands to take',
    }),
    argument('--step', { action: takes({ value: { type: 'number' } }), required: true }),
    argument('--note'),
    argument('--no-plot', { action: { kind: 'switch' } }),
    argument('--keep', { action: { kind: 'on-off', off: '--no-keep' }, default: words('True') }),
    argument('--mask', { action: takes({ repeats: true }) }),
  ]),
  unread: [{ line: 7, message: 'The name of an argument is not known before the script runs.' }],
};
const remembered: Remembered = { presets: [], favourites: [], recent: [], drafts: [] };
const usual: Preset = {
  slot: slotId,
  script: path,
  name: 'usual',
  args: ['--step', '2', '--what'],
  log: false,
};

function open(
  script: string,
  answers: ConstructorParameters<typeof PanelBridgeDouble>[0] = {},
): PanelBridgeDouble {
  const bridge = new PanelBridgeDouble({
    'scripts.list': () => success({ scripts: [{ path, name: 'take_iv.py', folder: '/s' }], problems: [] }),
    'scripts.arguments': () => success(read),
    'presets.list': () => success(remembered),
    'presets.remember': () => success({}),
    'run.start': () => success({ run: sampleRun().id }),
    ...answers,
  });
  changeRunForm(slotId, { ...emptyRunForm, script });
  renderView(
    <>
      <SlotHeader slot={sampleSlot} />
      <RunTab slot={sampleSlot} />
    </>,
    sampleState(sampleStatus(null)),
  );
  return bridge;
}

const form = (): Promise<HTMLElement> => screen.findByRole('group', { name: 'Argument form' });
const commandLine = (): HTMLElement => screen.getByRole('textbox', { name: 'Command line' });
const box = (name: string): HTMLElement => screen.getByLabelText(name);

beforeEach(() => {
  localStorage.clear();
  useRunFormStore.setState({ forms: {}, refusals: {}, starting: {} });
  useArgumentsStore.setState({ readings: {} });
  useRememberedStore.setState({ slots: {} });
  useViewStore.setState({ tabs: {}, shownRuns: {} });
});

describe('the argument form', () => {
  it('has a field for each argument by its name, and says what could not be read', async () => {
    open(path);
    const group = within(await form());
    for (const name of ['--bands', '--step', '--note', '--mask']) {
      expect(group.getByLabelText(name)).toBeInTheDocument();
    }
    expect(group.getByRole('checkbox', { name: '--no-plot' })).not.toBeChecked();
    expect(group.getByRole('switch', { name: '--keep' })).toBeChecked();
    expect(group.getByLabelText('--bands')).toHaveAccessibleDescription('bands to take');
    expect(group.getByText('Still needed: --step')).toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'These could not be read' })).toHaveTextContent(
      'line 7: The name of an argument is not known',
    );
    expect(screen.getByRole('button', { name: 'Run' })).toBeDisabled();
  });

  it('starts what its fields and the typed words say', async () => {
    const user = userEvent.setup();
    const bridge = open('take_iv.py');
    await form();
    await user.type(box('--step'), '0.5');
    await user.type(box('--bands'), '1 2');
    await user.click(screen.getByRole('checkbox', { name: '--no-plot' }));
    await user.click(screen.getByRole('switch', { name: '--keep' }));
    await user.type(box('--mask'), 'a b');
    await user.type(box('Arguments'), `--other 'c d'`);
    expect(commandLine()).toHaveValue(
      `python3 -u ${path} --bands 1 2 --step 0.5 --no-plot --no-keep --mask 'a b' --other 'c d'`,
    );
    await user.click(screen.getByRole('button', { name: 'Run' }));
    await waitFor(() => expect(bridge.asked('run.start')).toHaveLength(1));
    expect(bridge.asked('run.start')[0]?.args).toEqual([
      '--bands',
      '1',
      '2',
      '--step',
      '0.5',
      '--no-plot',
      '--no-keep',
      '--mask',
      'a b',
      '--other',
      'c d',
    ]);
  });

  it('names a bad value at its field', async () => {
    const user = userEvent.setup();
    open(path);
    await form();
    await user.type(box('--step'), 'soon');
    expect(box('--step')).toBeInvalid();
    expect(box('--step')).toHaveAccessibleDescription('“soon” is not a number.');
    await user.type(box('--bands'), '7,');
    expect(box('--bands')).toBeInvalid();
    expect(commandLine()).toHaveAccessibleDescription(/--bands: “7” is not one of 0, 1, 2\./);
    await user.type(box('--bands'), '{Backspace}');
    expect(box('--bands')).toBeValid();
  });

  it('says at a field that the same option is typed under Arguments, and that this one counts', async () => {
    const user = userEvent.setup();
    open(path);
    await form();
    await user.type(box('--step'), '1');
    const note = 'Also given under Arguments; that one counts.';
    expect(screen.queryByText(note)).toBeNull();
    await user.type(box('Arguments'), '--step 4');
    expect(screen.getAllByText(note)).toHaveLength(1);
    expect(commandLine()).toHaveValue(`python3 -u ${path} --step 1 --step 4`);
    await user.clear(box('--step'));
    expect(screen.queryByText(note)).toBeNull();
  });

  it('keeps words in quotes together while they are typed, and counts what is not ended yet', async () => {
    const user = userEvent.setup();
    open(path, {
      'scripts.arguments': () =>
        success({ form: formOf([argument('files', { action: takes({ count: 'any' }) })]), unread: [] }),
    });
    await form();
    await user.type(box('files'), 'one "two three" fo');
    expect(commandLine()).toHaveValue(`python3 -u ${path} one 'two three' fo`);
    await user.click(screen.getByRole('button', { name: 'Reset to defaults' }));
    expect(box('files')).toHaveValue('');
    expect(commandLine()).toHaveValue(`python3 -u ${path}`);
  });

  it('leaves commas to a conversion of the script’s own, and ends numbers with them', async () => {
    const user = userEvent.setup();
    open(path, {
      'scripts.arguments': () =>
        success({
          form: formOf([
            argument('--chans', {
              action: takes({ value: { type: 'custom', name: 'ints' }, count: 'some' }),
            }),
            argument('--bands', { action: takes({ value: { type: 'integer' }, count: 'some' }) }),
          ]),
          unread: [],
        }),
    });
    await form();
    await user.type(box('--chans'), '1,2 3,4');
    await user.type(box('--bands'), '5,6');
    expect(commandLine()).toHaveValue(`python3 -u ${path} --chans 1,2 3,4 --bands 5 6`);
  });

  it('waits for the script to be read where fields were filled in before, and says why it cannot be', async () => {
    changeRunForm(slotId, emptyRunForm);
    const bridge = open(path, {
      'scripts.arguments': () => failure('unreachable', 'smurf-srv27 does not answer.'),
    });
    act(() => changeRunForm(slotId, { values: { '/--step': { kind: 'words', uses: [['1']] } } }));
    await screen.findByText(/No argument form: smurf-srv27 does not answer\./);
    expect(screen.getByRole('button', { name: 'Run' })).toBeDisabled();
    expect(commandLine()).toHaveAccessibleDescription(/cannot be used: smurf-srv27 does not answer/);
    expect(bridge.asked('run.start')).toEqual([]);
  });

  it('reads the script again when the window is used again', async () => {
    const bridge = open(path);
    await form();
    act(() => void window.dispatchEvent(new Event('focus')));
    await waitFor(() => expect(bridge.asked('scripts.arguments')).toHaveLength(2));
  });
});

describe('a refusal', () => {
  const show = (phase: Run['phase']): void => {
    const { crates } = usePanelStore.getState().state ?? sampleState(sampleStatus(null));
    act(() => showState({ ...sampleState(sampleStatus(sampleRun({ phase }))), crates }));
  };

  it.each([
    ['slot-busy', 'Operation "run" already in progress.', false],
    ['container', 'The container is not running.', true],
  ])('with the code %s: whether it stays once the slot is free', async (code, message, stays) => {
    const user = userEvent.setup();
    open(path, { 'run.start': () => failure(code, message) });
    await form();
    await user.type(box('--step'), '1');
    await user.click(screen.getByRole('button', { name: 'Run' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(message);
    show('starting');
    show('running');
    show('settling');
    expect(screen.getByRole('alert')).toHaveTextContent(message);
    show('done');
    expect(screen.queryAllByRole('alert')).toHaveLength(stays ? 1 : 0);
  });

  const refused = async (user: UserEvent, code: string): Promise<void> => {
    open(path, { 'run.start': () => failure(code, 'Not now.') });
    await form();
    await user.type(box('--step'), '1');
    await user.click(screen.getByRole('button', { name: 'Run' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Not now.');
  };
  const alerts = (): HTMLElement[] => screen.queryAllByRole('alert');

  it('because of the lock goes when the controls are unlocked, another one stays', async () => {
    const user = userEvent.setup();
    const state = sampleState(sampleStatus(null));
    const lock = { since: 0, by: 'ocs', reason: 'operator' } as const;
    for (const [code, left] of [
      ['controls-locked', 0],
      ['container', 1],
    ] as const) {
      await refused(user, code);
      const { crates } = usePanelStore.getState().state ?? state;
      act(() => showState({ ...state, crates, lock }));
      expect(alerts()).toHaveLength(1);
      act(() => showState({ ...state, crates }));
      expect(alerts()).toHaveLength(left);
      cleanup();
    }
  });

  it('goes when the form or the configuration changes, and can be dismissed', async () => {
    const user = userEvent.setup();
    await refused(user, 'interpreter');
    act(() => showState(sampleState(sampleStatus(null))));
    expect(alerts()).toHaveLength(0);
    await user.click(screen.getByRole('button', { name: 'Run' }));
    await screen.findByRole('alert');
    await user.type(box('--note'), 'n');
    expect(alerts()).toHaveLength(0);
    await user.click(screen.getByRole('button', { name: 'Run' }));
    await screen.findByRole('alert');
    await user.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(alerts()).toHaveLength(0);
  });
});

describe('a slot that is paused', () => {
  const paused = { since: 0, reason: 'hang.py was aborted.' };
  const show = (queue: Partial<QueueStatus>): void => {
    const state = sampleState(sampleStatus(null));
    act(() => showState({ ...state, queue: { ...state.queue, waiting: { [slotId]: 1 }, ...queue } }));
  };

  it('says that nothing starts by itself and why, and is resumed from its own page', async () => {
    const user = userEvent.setup();
    const bridge = open(path, { 'queue.resume': () => success({}) });
    await form();
    show({});
    expect(screen.queryByRole('status', { name: 'Paused' })).toBeNull();
    show({ pausedSlots: { [slotId]: paused }, paused });
    expect(screen.getByRole('status', { name: 'Paused' })).toHaveTextContent(
      'Paused: nothing starts here by itself. hang.py was aborted.',
    );
    await user.click(screen.getByRole('button', { name: `Resume ${slotId}` }));
    show({ paused });
    expect(screen.getByRole('status', { name: 'Paused' })).toHaveTextContent('Queue paused:');
    await user.click(screen.getByRole('button', { name: 'Resume queue' }));
    expect(bridge.asked('queue.resume')).toEqual([{ slot: slotId }, { slot: null }]);
  });
});

describe('what fills the form', () => {
  it('is spread over the fields once they are known, the rest beside them', async () => {
    open('');
    act(() =>
      openRunFilled(slotId, { script: path, args: ['--step=3', '--what', 'x y'], log: '/data/a.log' }),
    );
    expect(useViewStore.getState().tabs[slotId]).toBe('run');
    expect(box('Arguments')).toHaveValue("--step=3 --what 'x y'");
    await form();
    expect(box('--step')).toHaveValue('3');
    expect(box('Arguments')).toHaveValue("--what 'x y'");
    expect(box('File to append to')).toHaveValue('/data/a.log');
  });

  it('is a preset that is chosen', async () => {
    const user = userEvent.setup();
    open(path, { 'presets.list': () => success({ ...remembered, presets: [usual] }) });
    await form();
    await user.click(await screen.findByRole('combobox', { name: 'Preset' }));
    await user.click(await screen.findByRole('option', { name: 'usual' }));
    expect(box('--step')).toHaveValue('2');
    expect(box('Arguments')).toHaveValue('--what');
    expect(screen.getByRole('radio', { name: 'Discard output' })).toBeChecked();
    expect(screen.getByRole('button', { name: 'Delete…' })).toBeEnabled();
  });

  it('says so where a preset cannot be saved, and the dialog stays', async () => {
    const user = userEvent.setup();
    const bridge = open(path, {
      'presets.list': () => success({ ...remembered, presets: [usual] }),
      'presets.save': () => failure('store-full', 'The disk of the database is full.'),
    });
    await form();
    await user.type(box('--step'), '4');
    await user.click(screen.getByRole('button', { name: 'Save as preset…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Save as preset' }));
    await user.type(dialog.getByRole('textbox', { name: 'Preset name' }), 'usual');
    await user.click(dialog.getByRole('button', { name: 'Overwrite' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent('The disk of the database is full.');
    expect(bridge.asked('presets.save')).toEqual([
      { slot: slotId, script: path, name: 'usual', args: ['--step', '4'], log: true, replace: true },
    ]);
    await user.keyboard('{Escape}');
    expect(screen.getByRole('button', { name: 'Save as preset…' })).toHaveFocus();
  });

  it('is what was entered last for the script that is chosen', async () => {
    const user = userEvent.setup();
    open(path);
    await form();
    await user.type(box('--step'), '4');
    await user.clear(box('Script'));
    await user.type(box('Script'), '/s/other.py');
    await waitFor(() => expect(box('--step')).toHaveValue(''));
    await user.clear(box('Script'));
    await user.type(box('Script'), path);
    await waitFor(() => expect(box('--step')).toHaveValue('4'));
  });
});

describe('run on slots', () => {
  const button = (): HTMLElement => screen.getByRole('button', { name: 'Run on slots…' });

  it('is refused with the reason while a field is bad or missing, rather than losing all of them', async () => {
    const user = userEvent.setup();
    const bridge = open(path, {
      'group.check': () => success({ members: [] }),
      'group.start': () => failure('group-refused', 'Not here.'),
    });
    await form();
    await user.type(box('--bands'), '1 2');
    expect(button()).toBeDisabled();
    await user.type(box('--step'), 'soon');
    await user.click(screen.getByRole('radio', { name: 'Discard output' }));
    expect(button()).toBeDisabled();
    expect(screen.getByRole('button', { name: 'Add to queue' })).toBeDisabled();
    await user.hover(button().closest('span')!);
    expect(await screen.findByRole('tooltip')).toHaveTextContent('--step: “soon” is not a number.');
    await user.clear(box('--step'));
    await user.type(box('--step'), '0.5');
    await user.click(button());
    const dialog = within(await screen.findByRole('dialog', { name: 'Run on slots' }));
    expect(dialog.getByRole('textbox', { name: 'Arguments' })).toHaveValue('--bands 1 2 --step 0.5');
    await user.click(dialog.getByRole('button', { name: 'Start on 1 slot' }));
    await waitFor(() => expect(bridge.asked('group.start')).toHaveLength(1));
    expect(bridge.asked('group.start')[0]).toMatchObject({ script: path, log: false });
  });

  it('asks for the script itself where none is chosen, and keeps where the output goes', async () => {
    const user = userEvent.setup();
    const bridge = open('', {
      'group.check': () => success({ members: [] }),
      'group.start': () => failure('group-refused', 'Not here.'),
    });
    await user.click(screen.getByRole('radio', { name: 'Also append to a file' }));
    expect(button()).toBeDisabled();
    await user.type(box('File to append to'), '/data/a.log');
    await user.type(box('Arguments'), '--band 4');
    await user.click(button());
    const first = await screen.findByRole('dialog', { name: 'Run on slots' });
    await waitFor(() => expect(first).toContainElement(document.activeElement as HTMLElement));
    await user.keyboard('{Escape}');
    expect(button()).toHaveFocus();
    await user.click(button());
    const dialog = within(await screen.findByRole('dialog', { name: 'Run on slots' }));
    expect(dialog.getByRole('textbox', { name: 'Arguments' })).toHaveValue('--band 4');
    await user.type(dialog.getByRole('textbox', { name: 'Script' }), path);
    await user.click(dialog.getByRole('button', { name: 'Start on 1 slot' }));
    await waitFor(() => expect(bridge.asked('group.start')).toHaveLength(1));
    expect(bridge.asked('group.start')[0]).toMatchObject({ args: ['--band', '4'], log: '/data/a.log' });
  });
});

describe('favourites', () => {
  it('are marked and listed first', async () => {
    const user = userEvent.setup();
    const bridge = open(path, {
      'presets.list': () => success({ ...remembered, recent: ['/else/where.py'] }),
      'presets.favourite': () => success({}),
    });
    await form();
    const star = screen.getByRole('button', { name: 'Favourite' });
    await user.click(star);
    await waitFor(() => expect(star).toHaveAttribute('aria-pressed', 'true'));
    expect(bridge.asked('presets.favourite')).toEqual([{ slot: slotId, script: path, favourite: true }]);
    await user.click(box('Script'));
    const options = screen.getAllByRole('option').map((option) => option.textContent);
    expect(options).toEqual(['take_iv.py/s', 'where.py/else']);
  });
});
