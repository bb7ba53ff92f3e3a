import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FilesView } from '../../../../renderer/files/FilesView';
import { FileViewer } from '../../../../renderer/files/FileViewer';
import { keptFiles, keptLists } from '../../../../renderer/files/kept-files';
import { closeViewer } from '../../../../renderer/files/viewer-store';
import { usePanelStore } from '../../../../renderer/stores/panel-store';
import type { FileInspection, RegisteredFile } from '../../../../shared/domain/registered-file';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleRun, sampleSlot, sampleState, sampleStatus } from '../support/samples';
import { layOutElements, renderView } from '../support/screen';
import { found, sampleFile } from './samples';

const run = sampleRun({ phase: 'done', outcome: { kind: 'exited', code: 0 } });

/** Files behind the bridge, newest first, and how they stand. Ids differ from test to test: the window remembers them. */
function answerWith(
  files: () => RegisteredFile[],
  stands: (file: RegisteredFile) => Partial<FileInspection> = () => ({}),
) {
  return new PanelBridgeDouble({
    'files.list': ({ text, limit, run: of }) => {
      const fits = files().filter((file) => file.path.includes(text) && (of === null || file.run === of));
      return success({ files: fits.slice(0, limit), total: fits.length });
    },
    'files.inspect': ({ files: ids }) =>
      success({
        found: files()
          .filter((file) => ids.includes(file.id))
          .map((file) => found(file.id, stands(file))),
      }),
    'files.text': () => success({ text: 'first line', encoding: 'UTF-8', shown: 10, size: 400 }),
    'files.array': () =>
      success({
        dtype: '<f8',
        typeName: '64-bit floating point',
        shape: [3],
        order: 'C',
        count: 3,
        present: 2,
        first: ['1', 'nan'],
        minimum: 1,
        maximum: 1,
        plot: { kind: 'none', reason: 'Not drawn in this test.' },
      }),
  });
}

const draw = (): void => {
  const view = (
    <>
      <FilesView slot={sampleSlot} run={run} />
      <FileViewer />
    </>
  );
  renderView(view, sampleState(sampleStatus(run)));
};
const plots = (): HTMLElement => screen.getByRole('region', { name: 'Plots' });
const list = (): HTMLElement => screen.getByRole('grid', { name: 'Files' });

beforeEach(() => {
  keptFiles.clear();
  keptLists.clear();
  layOutElements(1000, 600);
});
afterEach(() => {
  act(() => closeViewer());
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Says that every element is 1000 pixels wide: happy-dom observes no sizes. */
class MeasuredAtOnce extends ResizeObserver {
  readonly #tell: ResizeObserverCallback;

  constructor(tell: ResizeObserverCallback) {
    super(tell);
    this.#tell = tell;
  }

  override observe(target: Element): void {
    const contentRect = new DOMRect(0, 0, 1000, 600);
    this.#tell(
      [{ target, contentRect, borderBoxSize: [], contentBoxSize: [], devicePixelContentBoxSize: [] }],
      this,
    );
  }
}

describe('the files of a run', () => {
  it('are grouped by action, plots as pictures with their names, everything in the list with its state', async () => {
    const files = [
      sampleFile(13, { run: run.id, path: '/data/raw.dat', plot: false, type: 'raw' }),
      sampleFile(12, { run: run.id }),
      sampleFile(11, { run: run.id, action: 'setup', actionTs: '1795455000', path: '/data/s.png' }),
    ];
    answerWith(
      () => files,
      (file) =>
        file.id === 13 ? { state: 'missing', kind: 'unknown', message: 'There is no file.', size: null } : {},
    );
    draw();
    const picture = await screen.findByRole('img', { name: '1795455521_iv_12.png' });
    expect(picture).toHaveAttribute('src', `panel://file/12?version=${found(files[1]!.id).modifiedAt}-5000`);
    expect(within(plots()).getByText('take_iv')).toBeInTheDocument();
    expect(within(plots()).getAllByText('1 plot')).toHaveLength(2);
    await waitFor(() =>
      expect(within(list()).getByRole('row', { name: /raw\.dat/ })).toHaveTextContent('missing'),
    );
    const rows = within(list()).getAllByRole('row').slice(1);
    expect(rows.map((row) => row.textContent)).toEqual([
      expect.stringMatching(/^take_iv2026-11-23 17:38:412 files/),
      expect.stringMatching(/^raw\.dat/),
      expect.stringMatching(/^1795455521_iv_12\.png.*5\.0 kB.*ready/),
      expect.stringMatching(/^setup/),
      expect.stringMatching(/^s\.png/),
    ]);
    expect(screen.getByRole('status', { name: 'Number of files' })).toHaveTextContent('3 files');
  });

  it('of the whole slot are a choice, and the only one without a run', async () => {
    const bridge = answerWith(() => [sampleFile(21), sampleFile(20, { run: run.id })]);
    draw();
    await screen.findByRole('img', { name: /iv_20/ });
    expect(screen.queryByRole('img', { name: /iv_21/ })).toBeNull();
    await userEvent.click(screen.getByRole('radio', { name: 'All of the slot' }));
    expect(await screen.findByRole('img', { name: /iv_21/ })).toBeInTheDocument();
    expect(bridge.asked('files.list').at(-1)).toMatchObject({ run: null });
  });

  it('come as they are registered', async () => {
    let files: RegisteredFile[] = [];
    answerWith(() => files);
    draw();
    expect(await screen.findByText('This run has registered no file')).toBeInTheDocument();
    files = [sampleFile(31, { run: run.id })];
    act(() => usePanelStore.setState({ state: sampleState({ ...sampleStatus(run), files: 1 }) }));
    expect(await screen.findByRole('img', { name: /iv_31/ })).toBeInTheDocument();
  });

  it('of which there are hundreds are drawn as they come into sight', async () => {
    const files = Array.from({ length: 200 }, (_, index) => sampleFile(1000 - index, { run: run.id }));
    answerWith(() => files);
    draw();
    await screen.findByRole('img', { name: /iv_1000/ });
    expect(within(plots()).getAllByRole('img').length).toBeLessThan(60);
  });

  it('stand as they were left when they are come back to', async () => {
    const files = Array.from({ length: 90 }, (_, index) => sampleFile(2000 - index));
    answerWith(() => files);
    draw();
    await userEvent.click(screen.getByRole('radio', { name: 'All of the slot' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Find files' }), 'iv_19');
    await waitFor(() =>
      expect(screen.getByRole('status', { name: 'Number of files' })).toHaveTextContent('89 files'),
    );
    for (const [pane, top] of [
      [list(), 240],
      [plots(), 120],
    ] as const) {
      pane.scrollTop = top;
      fireEvent.scroll(pane);
    }
    cleanup();
    draw();
    expect(screen.getByRole('radio', { name: 'All of the slot' })).toBeChecked();
    expect(screen.getByRole('textbox', { name: 'Find files' })).toHaveValue('iv_19');
    expect(list().scrollTop).toBe(240);
    expect(plots().scrollTop).toBe(120);
  });

  it('that are in sight stay where they are when others are registered', async () => {
    const ofGroup = (group: number, count: number): RegisteredFile[] =>
      Array.from({ length: count }, (_, index) =>
        sampleFile(3000 + group * 100 - index, { run: run.id, action: `take ${group}`, actionTs: null }),
      );
    vi.stubGlobal('ResizeObserver', MeasuredAtOnce);
    let files = [...ofGroup(2, 12), ...ofGroup(1, 90)];
    answerWith(() => files);
    draw();
    const count = await screen.findByRole('status', { name: 'Number of files' });
    await waitFor(() => expect(count).toHaveTextContent('102 files'));
    // Five beside each other.
    await waitFor(() => expect(within(plots()).getAllByRole('img').length).toBeGreaterThan(15));
    const places = [
      [list(), 720],
      [plots(), 1500],
    ] as const;
    for (const [pane, top] of places) {
      pane.scrollTop = top;
      fireEvent.scroll(pane);
    }
    files = [...ofGroup(3, 6), ...files];
    act(() => usePanelStore.setState({ state: sampleState({ ...sampleStatus(run), files: 1 }) }));
    await waitFor(() => expect(count).toHaveTextContent('108 files'));
    // A heading and six files; a heading and two rows of plots.
    expect(list().scrollTop).toBe(720 + 7 * 24);
    expect(plots().scrollTop).toBe(1500 + 30 + 2 * 146);
  });

  it('say what could not be read', async () => {
    const bridge = new PanelBridgeDouble({
      'files.list': () => failure('store-unavailable', 'The database is gone.'),
    });
    draw();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The files could not be read. The database is gone.',
    );
    expect(bridge.asked('files.list')[0]).toMatchObject({ slot: 'crate1slot3', run: run.id });
  });
});

describe('the viewer', () => {
  it('gives the focus back to the list it was opened from', async () => {
    const user = userEvent.setup();
    answerWith(() => [92, 91, 90].map((id) => sampleFile(id, { run: run.id })));
    draw();
    await within(await screen.findByRole('grid', { name: 'Files' })).findByRole('row', { name: /iv_92/ });
    act(() => list().focus());
    await user.keyboard('{ArrowDown}{Enter}');
    const dialog = await screen.findByRole('dialog', { name: /iv_92/ });
    await waitFor(() => expect(dialog).toContainElement(document.activeElement as HTMLElement));
    await user.keyboard('{Escape}');
    expect(list()).toHaveFocus();
    await user.keyboard('{ArrowDown}{Enter}');
    expect(await screen.findByRole('dialog', { name: /iv_91/ })).toBeInTheDocument();
  });

  it('goes through the plots by arrows, and stops at the ends', async () => {
    const user = userEvent.setup();
    answerWith(() => [42, 41, 40].map((id) => sampleFile(id, { run: run.id })));
    draw();
    await user.click(await screen.findByRole('img', { name: /iv_41/ }));
    const dialog = await screen.findByRole('dialog', { name: '1795455521_iv_41.png' });
    expect(within(dialog).getByText('2 of 3')).toBeInTheDocument();
    expect(within(dialog).getByText('/mnt/41.png')).toBeInTheDocument();
    await user.keyboard('{ArrowRight}');
    expect(await screen.findByRole('dialog', { name: /iv_40/ })).toBeInTheDocument();
    await user.keyboard('{ArrowRight}');
    expect(screen.getByRole('button', { name: 'Next file' })).toBeDisabled();
    await user.click(screen.getByRole('button', { name: 'Previous file' }));
    expect(await screen.findByRole('dialog', { name: /iv_41/ })).toBeInTheDocument();
  });

  it('puts a second file beside the first, found among all of the slot', async () => {
    const user = userEvent.setup();
    const bridge = answerWith(() => [
      sampleFile(52, { run: run.id }),
      sampleFile(51, { path: '/data/iv_plot earlier.png' }),
    ]);
    draw();
    await user.click(await screen.findByRole('img', { name: /iv_52/ }));
    await user.click(await screen.findByRole('button', { name: 'Side by side' }));
    const chooser = await screen.findByRole('grid', { name: 'Files to choose from' });
    await user.click(await within(chooser).findByRole('row', { name: /earlier/ }));
    const dialog = await screen.findByRole('dialog', { name: /iv_52\.png beside iv_plot earlier\.png/ });
    expect(await within(dialog).findByRole('img', { name: 'iv_plot earlier.png' })).toBeInTheDocument();
    expect(within(dialog).getByRole('img', { name: /iv_52/ })).toBeInTheDocument();
    expect(bridge.asked('files.list').at(-1)).toMatchObject({ run: null, text: 'iv_plot' });
    await user.click(screen.getByRole('button', { name: 'Close the right side' }));
    expect(await screen.findByRole('dialog', { name: '1795455521_iv_52.png' })).toBeInTheDocument();
  });

  it.each([
    ['text', 'text', /first line/, /The first 10 bytes of 400 bytes are shown/],
    ['npy', 'array', /\(3,\)/, /2 of 3 are there: the file is cut/],
  ] as const)('shows %s', async (kind, _name, first, second) => {
    const id = kind === 'text' ? 61 : 62;
    answerWith(
      () => [sampleFile(id, { run: run.id, path: `/data/a.${kind}`, plot: false })],
      () => ({ kind }),
    );
    draw();
    await userEvent.click(await screen.findByRole('row', { name: new RegExp(`a.${kind}`) }));
    const dialog = await screen.findByRole('dialog', { name: `a.${kind}` });
    expect(await within(dialog).findByText(first)).toBeInTheDocument();
    expect(within(dialog).getByText(second)).toBeInTheDocument();
  });

  it.each([
    ['missing', 71, /is missing/, 'Look again'],
    ['unmapped', 72, /is not mapped/, 'Open Settings at the path map'],
    ['too-large', 73, /is too large/, 'Look again'],
    ['refused', 74, /is refused/, 'Look again'],
    ['unreadable', 75, /is not readable/, 'Look again'],
    ['unreachable', 76, /is out of reach/, 'Look again'],
  ] as const)('says plainly that a file is %s', async (state, id, title, action) => {
    answerWith(
      () => [sampleFile(id, { run: run.id })],
      () => ({ state, kind: 'unknown', message: 'Why it is so.' }),
    );
    draw();
    await userEvent.click(await screen.findByRole('row', { name: new RegExp(`iv_${id}`) }));
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText(title)).toBeInTheDocument();
    expect(within(dialog).getByText('Why it is so.')).toBeInTheDocument();
    expect(within(dialog).getByRole('button', { name: action })).toBeInTheDocument();
  });

  it('draws what there is of a damaged picture, and says so', async () => {
    answerWith(
      () => [sampleFile(81, { run: run.id })],
      () => ({ state: 'damaged', message: 'iv_81.png is cut.' }),
    );
    draw();
    await userEvent.click(await screen.findByRole('row', { name: /iv_81/ }));
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText('iv_81.png is cut.')).toBeInTheDocument();
    expect(within(dialog).getByRole('img', { name: /iv_81/ })).toBeInTheDocument();
  });
});
