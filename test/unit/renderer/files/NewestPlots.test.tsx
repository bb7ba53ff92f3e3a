import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FileViewer } from '../../../../renderer/files/FileViewer';
import { NewestPlots } from '../../../../renderer/files/NewestPlots';
import { closeViewer } from '../../../../renderer/files/viewer-store';
import { usePanelStore } from '../../../../renderer/stores/panel-store';
import { openPage, useViewStore } from '../../../../renderer/stores/view-store';
import { fileIdSchema, type RegisteredFile } from '../../../../shared/domain/registered-file';
import { PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleRun, sampleState, sampleStatus, slotId } from '../support/samples';
import { layOutElements, renderView } from '../support/screen';
import { found, sampleFile } from './samples';

const run = sampleRun();

/** Ids differ from test to test: the window remembers what it found of a file. */
function answerWith(files: () => readonly RegisteredFile[]): PanelBridgeDouble {
  return new PanelBridgeDouble({
    'files.list': ({ before, limit }) => {
      const fits = files().filter((file) => before === null || file.receivedAt < before.receivedAt);
      return success({ files: fits.slice(0, limit), total: files().length });
    },
    'files.inspect': ({ files: ids }) => success({ found: ids.map((id) => found(fileIdSchema.parse(id))) }),
  });
}

const onAll = vi.fn();

function draw(): void {
  const view = (
    <>
      <NewestPlots slot={slotId} run={run.id} onAll={onAll} />
      <FileViewer />
    </>
  );
  renderView(view, sampleState(sampleStatus(run)));
}

const region = (): HTMLElement => screen.getByRole('region', { name: 'Newest plots' });

beforeEach(() => {
  layOutElements(400, 600);
  useViewStore.setState({ page: 'slot' });
});
afterEach(() => {
  act(() => closeViewer());
  vi.restoreAllMocks();
});

describe('the newest plots', () => {
  it('are the newest four of the run, with their action and its time', async () => {
    const bridge = answerWith(() => [
      sampleFile(510, { path: '/data/raw.dat', plot: false, type: 'raw' }),
      ...[509, 508, 507, 506, 505].map((id) => sampleFile(id)),
    ]);
    draw();
    expect(await screen.findByRole('img', { name: '1795455521_iv_509.png' })).toBeInTheDocument();
    expect(within(region()).getAllByRole('button', { name: /iv_/ })).toHaveLength(4);
    expect(region()).toHaveTextContent('take_iv17:38:41');
    expect(region()).not.toHaveTextContent('earlier');
    expect(bridge.asked('files.list')).toEqual([
      { slot: slotId, run: run.id, text: '', before: null, limit: 200 },
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'All plots' }));
    expect(onAll).toHaveBeenCalledOnce();
  });

  it('open in the viewer, from which the others of the run are reached', async () => {
    answerWith(() => [526, 525, 524, 523, 522, 521].map((id) => sampleFile(id)));
    draw();
    await userEvent.click(await screen.findByRole('img', { name: /iv_525/ }));
    const viewer = await screen.findByRole('dialog', { name: '1795455521_iv_525.png' });
    expect(within(viewer).getByText('2 of 6')).toBeInTheDocument();
    act(() => openPage('overview'));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('are not there, nor a box for them, until there are some', async () => {
    let files: RegisteredFile[] = [];
    answerWith(() => files);
    draw();
    await act(async () => undefined);
    expect(screen.queryByRole('region', { name: 'Newest plots' })).toBeNull();
    files = [sampleFile(531)];
    act(() => usePanelStore.setState({ state: sampleState({ ...sampleStatus(run), files: 1 }) }));
    expect(await screen.findByRole('img', { name: /iv_531/ })).toBeInTheDocument();
  });

  it('say that some are of an earlier action, and are found behind many other files', async () => {
    const others = Array.from({ length: 250 }, (_, index) =>
      sampleFile(900 - index, { path: `/data/raw_${index}.dat`, plot: false }),
    );
    answerWith(() => [
      sampleFile(901, { action: 'take_noise', actionTs: '1795455621' }),
      ...others,
      sampleFile(541),
    ]);
    draw();
    expect(await screen.findByRole('img', { name: /iv_541/ })).toBeInTheDocument();
    expect(region()).toHaveTextContent('take_noise17:40:21and earlier');
  });
});
