import { Modal } from '@mantine/core';
import type { ReactElement } from 'react';
import { assertNever } from '../../shared/assert-never';
import type { PanelFacts } from '../../shared/ipc/state';
import { usePanel } from '../stores/panel-store';
import { closeAbout, useAboutStore } from './about-store';
import classes from './AboutDialog.module.css';
import { UpdateSection } from './UpdateSection';

/** Which panel this is, what it runs on, where its data stands, and whether there is a newer one. */
export function AboutDialog(): ReactElement {
  const opened = useAboutStore((store) => store.opened);
  const facts = usePanel((state) => state.facts);
  const site = usePanel((state) => state.site);
  return (
    <Modal
      opened={opened}
      onClose={closeAbout}
      title="About SMuRF Panel"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <dl className={classes.facts}>
        <dt>Version</dt>
        <dd>{facts.version}</dd>
        <dt>Electron</dt>
        <dd>
          {facts.electron}, {describeSource(facts.electronSource)}
        </dd>
        {site === null ? null : (
          <>
            <dt>Site</dt>
            <dd>{site}</dd>
          </>
        )}
        <dt>Home folder</dt>
        <dd className={classes.path}>{facts.home}</dd>
        <dt>Licence</dt>
        <dd>MIT</dd>
      </dl>
      <UpdateSection />
    </Modal>
  );
}

function describeSource(source: PanelFacts['electronSource']): string {
  switch (source) {
    case 'official':
      return 'the official runtime';
    case 'fallback':
      return 'a stand-in runtime, not for release';
    case 'override':
      return 'a runtime of your own';
    default:
      return assertNever(source);
  }
}
