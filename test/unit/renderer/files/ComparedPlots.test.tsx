import { screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { ComparedPlots } from '../../../../renderer/files/ComparedPlots';
import type { RegisteredFile } from '../../../../shared/domain/registered-file';
import { PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleRun, sampleState, sampleStatus } from '../support/samples';
import { layOutElements, renderView } from '../support/screen';
import { found, sampleFile } from './samples';

const before = sampleRun({ phase: 'done', outcome: { kind: 'exited', code: 0 } });
const after = sampleRun({ phase: 'done', outcome: { kind: 'exited', code: 0 } }, 1);

/** Files of both runs behind the bridge, newest first. */
function answerWith(files: readonly RegisteredFile[]): PanelBridgeDouble {
  return new PanelBridgeDouble({
    'files.list': ({ run, before: place, limit }) => {
      const fits = files.filter((file) => file.run === run);
      const older = fits.filter((file) => place === null || file.id < place.id);
      return success({ files: older.slice(0, limit), total: fits.length });
    },
    'files.inspect': ({ files: ids }) =>
      success({
        found: files
          .filter((file) => ids.includes(file.id))
          .map((file) => found(file.id, file.plot ? {} : { kind: 'unknown' })),
      }),
  });
}

/** A plot of both runs, the older run's behind so many others. */
function filesWith(others: number): RegisteredFile[] {
  const path = '/data/noise.png';
  return [
    sampleFile(90_000, { run: after.id, path }),
    ...Array.from({ length: others }, (_, at) =>
      sampleFile(80_000 - at, { run: before.id, path: `/data/${at}.dat`, plot: false }),
    ),
    sampleFile(10, { run: before.id, path }),
  ];
}

const draw = (): void => {
  renderView(<ComparedPlots before={before} after={after} />, sampleState(sampleStatus(after)));
};

afterEach(() => vi.restoreAllMocks());

it('a plot is found however many files its run has registered since, and said to be read until then', async () => {
  layOutElements(1000, 600);
  const bridge = answerWith(filesWith(450));
  draw();
  bridge.hold('files.list');
  expect(await screen.findByText('being read …')).toBeInTheDocument();
  expect(screen.queryByText('none in this run')).toBeNull();
  bridge.release('files.list');
  await waitFor(() => expect(screen.getAllByRole('button', { name: /noise\.png/ })).toHaveLength(2));
  expect(screen.queryByText('being read …')).toBeNull();
  expect(screen.getByRole('heading')).toHaveTextContent(/^Plots of the same name$/);
});

it('says that only so many files are looked through', async () => {
  layOutElements(1000, 600);
  const bridge = answerWith(filesWith(2300));
  draw();
  expect(await screen.findByText('none among these files')).toBeInTheDocument();
  expect(screen.getByRole('heading')).toHaveTextContent(
    'Plots of the same name, among the newest 2,000 files of each run',
  );
  expect(bridge.asked('files.list').filter(({ run }) => run === before.id)).toHaveLength(10);
});

it('says that a run has none once all of its files are read', async () => {
  layOutElements(1000, 600);
  answerWith(filesWith(3).filter((file) => file.id !== 10));
  draw();
  expect(await screen.findByText('none in this run')).toBeInTheDocument();
});
