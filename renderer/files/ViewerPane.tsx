import { ActionIcon, Button } from '@mantine/core';
import { ChevronLeft, ChevronRight, Columns2, Copy, FolderOpen, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { fileName, type FileInspection, type RegisteredFile } from '../../shared/domain/registered-file';
import { call } from '../bridge';
import { copyText } from '../components/clipboard';
import { addNotice, reportUnexpected } from '../stores/notice-store';
import { formatBytes, formatUtcDateTime } from '../components/time-text';
import { FileContent } from './FileContent';
import classes from './FileViewer.module.css';
import { useInspection, useLooking } from './inspections';
import { chooseSecond, closeSecond, step, type ViewedFile } from './viewer-store';
import type { ZoomControls } from './ZoomStage';

interface ViewerPaneProps {
  readonly side: 'first' | 'second';
  readonly viewed: ViewedFile;
  readonly file: RegisteredFile;
  /** Whether there is no second pane. */
  readonly isAlone: boolean;
}

/** One file with what can be done with it. Arrows go to the next and the previous; + - 0 1 zoom. */
export function ViewerPane({ side, viewed, file, isAlone }: ViewerPaneProps): ReactElement {
  const pane = useRef<HTMLElement>(null);
  const looked = useMemo(() => [file], [file]);
  useLooking(looked, true);
  const found = useInspection(file.id);
  const zoom = useRef<ZoomControls | null>(null);
  const [scale, setScale] = useState<number | null>(null);
  const name = fileName(file.path);
  // The pane is made anew for each file, and keys go to what has the focus.
  useEffect(() => pane.current?.focus(), []);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    const { target } = event;
    const isTyping =
      target instanceof HTMLInputElement || (target instanceof HTMLElement && target.role === 'slider');
    const action = isTyping ? undefined : actionsByKey(side, zoom.current).get(event.key);
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
  return (
    // Its keys are those of its buttons; it takes the focus so that they work at once.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={pane}
      className={classes.pane}
      aria-label={name}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      data-autofocus={side === 'first' ? true : undefined}
      onKeyDown={onKeyDown}
    >
      <div className={classes.bar}>
        <ActionIcon
          aria-label={side === 'first' ? 'Previous file' : 'Previous file on the right'}
          title="Previous (left arrow)"
          disabled={viewed.index === 0}
          onClick={() => step(side, -1)}
        >
          <ChevronLeft size={16} aria-hidden="true" />
        </ActionIcon>
        <span className={classes.position}>
          {viewed.index + 1} of {viewed.files.length}
        </span>
        <ActionIcon
          aria-label={side === 'first' ? 'Next file' : 'Next file on the right'}
          title="Next (right arrow)"
          disabled={viewed.index >= viewed.files.length - 1}
          onClick={() => step(side, 1)}
        >
          <ChevronRight size={16} aria-hidden="true" />
        </ActionIcon>
        {scale === null ? null : <ZoomButtons zoom={zoom} scale={scale} />}
        <span className={classes.space} />
        <PaneActions side={side} file={file} isAlone={isAlone} />
      </div>
      <div className={classes.stage}>
        <FileContent file={file} found={found} zoom={zoom} onScale={setScale} />
      </div>
      <Paths file={file} found={found} />
    </section>
  );
}

function actionsByKey(side: 'first' | 'second', zoom: ZoomControls | null): ReadonlyMap<string, () => void> {
  const moves: [string, () => void][] = [
    ['ArrowLeft', () => step(side, -1)],
    ['ArrowRight', () => step(side, 1)],
  ];
  if (zoom === null) return new Map(moves);
  return new Map([
    ...moves,
    ['+', zoom.larger],
    ['=', zoom.larger],
    ['-', zoom.smaller],
    ['0', zoom.fit],
    ['1', zoom.actualSize],
  ]);
}

interface ZoomButtonsProps {
  readonly zoom: { readonly current: ZoomControls | null };
  readonly scale: number;
}

function ZoomButtons({ zoom, scale }: ZoomButtonsProps): ReactElement {
  return (
    <>
      <Button size="compact-xs" title="Fit (0)" onClick={() => zoom.current?.fit()}>
        Fit
      </Button>
      <Button size="compact-xs" title="Actual size (1)" onClick={() => zoom.current?.actualSize()}>
        100 %
      </Button>
      <Button
        size="compact-xs"
        aria-label="Zoom out"
        title="Zoom out (-)"
        onClick={() => zoom.current?.smaller()}
      >
        −
      </Button>
      <Button
        size="compact-xs"
        aria-label="Zoom in"
        title="Zoom in (+)"
        onClick={() => zoom.current?.larger()}
      >
        +
      </Button>
      <output className={classes.scale} aria-label="Zoom">
        {Math.round(scale * 100)} %
      </output>
    </>
  );
}

interface PaneActionsProps {
  readonly side: 'first' | 'second';
  readonly file: RegisteredFile;
  readonly isAlone: boolean;
}

function PaneActions({ side, file, isAlone }: PaneActionsProps): ReactElement {
  const show = async (): Promise<void> => {
    const reply = await call('files.showInFolder', { file: file.id });
    if (!reply.ok) addNotice('warning', reply.error.message);
  };
  return (
    <>
      <ActionIcon
        size={26}
        aria-label="Open folder"
        title="Open folder"
        onClick={() => {
          show().catch(reportUnexpected('Opening the folder'));
        }}
      >
        <FolderOpen size={15} aria-hidden="true" />
      </ActionIcon>
      {side === 'second' ? (
        <>
          <Button size="compact-xs" onClick={chooseSecond}>
            Choose another
          </Button>
          <ActionIcon size={24} aria-label="Close the right side" onClick={closeSecond}>
            <X size={14} aria-hidden="true" />
          </ActionIcon>
        </>
      ) : isAlone ? (
        <Button
          size="compact-xs"
          leftSection={<Columns2 size={12} aria-hidden="true" />}
          onClick={chooseSecond}
        >
          Side by side
        </Button>
      ) : null}
    </>
  );
}

interface PathsProps {
  readonly file: RegisteredFile;
  readonly found: FileInspection | undefined;
}

function Paths({ file, found }: PathsProps): ReactElement {
  const about = [
    found?.description ?? '',
    found?.size === undefined || found.size === null ? '' : formatBytes(found.size),
    found?.pixels === undefined || found.pixels === null
      ? ''
      : `${found.pixels.width} × ${found.pixels.height} pixels`,
    `registered ${formatUtcDateTime(file.receivedAt)} UTC`,
    file.run === null ? '' : `run ${file.run}`,
    file.isReplaced ? 'a later run wrote this path again' : '',
  ].filter((part) => part !== '');
  return (
    <dl className={classes.paths}>
      <PathRow name="For the script" path={file.path} />
      {found === undefined || found.here === null || found.here === file.path ? null : (
        <PathRow name="On this machine" path={found.here} />
      )}
      <dt>About</dt>
      <dd>{about.join(' · ')}</dd>
    </dl>
  );
}

function PathRow({ name, path }: { readonly name: string; readonly path: string }): ReactElement {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <span className={classes.path}>{path}</span>{' '}
        <ActionIcon
          size={18}
          aria-label={`Copy path ${name.toLowerCase()}`}
          title="Copy path"
          onClick={() => {
            copyText('The path', path).catch(reportUnexpected('Copying'));
          }}
        >
          <Copy size={12} aria-hidden="true" />
        </ActionIcon>
      </dd>
    </>
  );
}
