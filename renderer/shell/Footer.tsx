import { Popover } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useState, type ReactElement, type ReactNode } from 'react';
import { assertNever } from '../../shared/assert-never';
import type { DiskStatus } from '../../shared/domain/disk';
import type { RecordingStatus } from '../../shared/ipc/state';
import { useNowText } from '../components/clock';
import { openAbout } from '../about/about-store';
import { formatBytes, formatCount, formatUtcTime } from '../components/time-text';
import { usePanel } from '../stores/panel-store';
import { openPage } from '../stores/view-store';
import classes from './Footer.module.css';
import { ListenerDetails, MalformedSamples } from './ListenerDetails';
import { ListenerText } from './ListenerText';

/** Whether the panel hears and records, what was lost on the way, and the time in UTC. */
export function Footer(): ReactElement {
  const listener = usePanel((state) => state.listener);
  const unmatched = usePanel((state) => state.unmatched.length);
  const drops = listener.kernelDrops ?? 0;
  return (
    <footer className={classes.footer}>
      <ListenerText listener={listener} />
      <Details
        label="Listener details"
        text={`${formatCount(Math.round(listener.perSecond))} messages/s`}
        tone="plain"
        wide={false}
      >
        <ListenerDetails listener={listener} />
      </Details>
      <span className={listener.lost > 0 ? classes.warn : classes.spare}>
        {formatCount(listener.lost)} lost
      </span>
      <span className={listener.oversize > 0 ? classes.warn : classes.spare}>
        {formatCount(listener.oversize)} oversize
      </span>
      <Details
        label="Malformed datagrams"
        text={`${formatCount(listener.malformed)} malformed`}
        tone={listener.malformed > 0 ? 'warn' : 'plain'}
        wide
      >
        <MalformedSamples listener={listener} />
      </Details>
      {unmatched > 0 ? (
        <button type="button" className={classes.link} onClick={() => openPage('unmatched')}>
          {formatCount(listener.unmatched)} not matched
        </button>
      ) : null}
      {drops > 0 ? <span className={classes.bad}>{formatCount(drops)} dropped by the system</span> : null}
      <Recording />
      <span className={classes.space} />
      <Disk />
      <RuntimeNote />
      <Version />
      <Clock />
    </footer>
  );
}

interface DetailsProps {
  readonly label: string;
  readonly text: string;
  readonly tone: 'plain' | 'warn';
  readonly wide: boolean;
  readonly children: ReactNode;
}

function Details({ label, text, tone, wide, children }: DetailsProps): ReactElement {
  const [opened, setOpened] = useState(false);
  // Wherever the focus is: a click does not put it into what it opens.
  useHotkeys([['Escape', () => setOpened(false)]]);
  return (
    <Popover position="top-start" width={wide ? 460 : 320} opened={opened} onChange={setOpened}>
      <Popover.Target>
        <button
          type="button"
          className={`${classes.link} ${tone === 'warn' ? classes.warn : ''}`}
          onClick={() => setOpened(!opened)}
        >
          {text}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>{children}</Popover.Dropdown>
    </Popover>
  );
}

function Recording(): ReactElement | null {
  const recording = usePanel((state) => state.recording);
  const text = recordingText(recording);
  return text === null ? null : (
    <span className={classes.bad} title={recording.message ?? undefined}>
      {text}
    </span>
  );
}

/** What the footer says of the database; null while it records and nothing is missing. */
export function recordingText({ state, dropped }: RecordingStatus): string | null {
  if (dropped > 0) return `${formatCount(dropped)} not recorded`;
  if (state === 'unavailable') return 'not recording';
  return state === 'failing' ? 'recording fails' : null;
}

function Disk(): ReactElement {
  const disk = usePanel((state) => state.disk);
  const home = usePanel((state) => state.facts.home);
  const level = disk.state === 'measured' ? disk.level : 'unknown';
  const title =
    disk.state === 'measured'
      ? `Of ${formatBytes(disk.total)} on the disk of the home folder ${home}, for logs, messages and what is recorded`
      : disk.message;
  return (
    <span className={`${classes.disk} ${classes[diskTones[level]]}`} title={title}>
      {level === 'low' ? <TriangleAlert size={12} aria-hidden="true" /> : null}
      {level === 'nearly-full' ? <CircleAlert size={12} aria-hidden="true" /> : null}
      {diskText(disk)}
    </span>
  );
}

const diskTones = { ample: 'spare', low: 'warn', 'nearly-full': 'bad', unknown: 'quiet' } as const;

/** What the footer says of the disk that the home folder stands on. */
function diskText(disk: DiskStatus): string {
  if (disk.state === 'unknown') return 'free disk unknown';
  const free = `${formatBytes(disk.free)} free`;
  switch (disk.level) {
    case 'ample':
      return `disk ${free}`;
    case 'low':
      return `disk low, ${free}`;
    case 'nearly-full':
      return `disk nearly full, ${free}`;
    default:
      return assertNever(disk.level);
  }
}

function RuntimeNote(): ReactElement | null {
  const source = usePanel((state) => state.facts.electronSource);
  if (source !== 'fallback') return null;
  return (
    <span className={classes.spare} title="For development and tests only; never ship it.">
      stand-in Electron runtime
    </span>
  );
}

function Version(): ReactElement {
  const facts = usePanel((state) => state.facts);
  return (
    <button
      type="button"
      className={classes.link}
      aria-label={`About version ${facts.version}`}
      title={`Electron ${facts.electron}. Home folder: ${facts.home}`}
      onClick={openAbout}
    >
      {facts.version}
    </button>
  );
}

function Clock(): ReactElement {
  const time = useNowText(formatUtcTime);
  return (
    <span className={classes.clock} title="All times in this window are in UTC">
      <time>{time}</time> UTC
    </span>
  );
}
