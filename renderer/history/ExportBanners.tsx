import { Button, Progress } from '@mantine/core';
import type { ReactElement } from 'react';
import { assertNever } from '../../shared/assert-never';
import type { ExportProgress } from '../../shared/ipc/calls/export-calls';
import { Banner } from '../components/Banner';
import { countOf, formatBytes } from '../components/time-text';
import { cancelExport, dismissExport, showExport, useExportStore } from './export-store';
import classes from './History.module.css';

/** The exports under way, and how those that ended went, until they are dismissed. */
export function ExportBanners(): ReactElement {
  const exports = useExportStore((store) => store.exports);
  return (
    <>
      {exports.map((progress) => (
        <ExportBanner key={progress.export} progress={progress} />
      ))}
    </>
  );
}

function ExportBanner({ progress }: { readonly progress: ExportProgress }): ReactElement {
  const { run, path, state, leftOut } = progress;
  const dismiss = <Button onClick={() => dismissExport(progress)}>Dismiss</Button>;
  switch (state) {
    case 'writing':
      return (
        <Banner tone="info" actions={<Button onClick={() => cancelExport(progress)}>Cancel export</Button>}>
          <span className={classes.exporting}>
            Exporting {run}: {progress.entry === '' ? 'beginning' : progress.entry},{' '}
            {formatBytes(progress.bytes)}
            <Progress
              className={classes.exportBar ?? ''}
              size="sm"
              value={percentOf(progress)}
              aria-label={`Export of ${run}`}
            />
          </span>
        </Banner>
      );
    case 'done':
      return (
        <Banner
          tone={leftOut.length === 0 ? 'info' : 'warning'}
          live="status"
          actions={
            <>
              <Button onClick={() => showExport(progress)}>Show in folder</Button>
              {dismiss}
            </>
          }
        >
          Exported {run} to {path} ({formatBytes(progress.archiveBytes ?? 0)}).
          {progress.unfinished ? ' The run was still active: the archive goes up to the export.' : ''}
          {leftOut.length === 0 ? null : (
            <details>
              <summary>{countOf(leftOut.length, 'part is', 'parts are')} not in it, or not whole</summary>
              <ul className={classes.leftOut}>
                {leftOut.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </details>
          )}
        </Banner>
      );
    case 'cancelled':
      return (
        <Banner tone="info" live="status" actions={dismiss}>
          The export of {run} was cancelled; nothing was written.
        </Banner>
      );
    case 'failed':
      return (
        <Banner tone="error" live="alert" actions={dismiss}>
          The export of {run} failed. {progress.message}
        </Banner>
      );
    default:
      return assertNever(state);
  }
}

function percentOf({ bytes, totalBytes }: ExportProgress): number {
  return totalBytes === 0 ? 0 : Math.min(100, (bytes / totalBytes) * 100);
}
