import { VisuallyHidden } from '@mantine/core';
import { FileText, ImageOff, LoaderCircle, TriangleAlert } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import {
  fileAddress,
  fileName,
  imageKinds,
  type FileInspection,
  type RegisteredFile,
} from '../../shared/domain/registered-file';
import { isFault, shortName, stateWord, versionOf } from './file-text';
import { useInspection, useLooking, useNeedsFetching } from './inspections';
import classes from './Plots.module.css';

interface PlotTileProps {
  readonly file: RegisteredFile;
  readonly isTabStop: boolean;
  /** Becomes true when the keyboard came here. */
  readonly takesFocus: boolean;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
}

/** A picture above this many pixels is not drawn small: it would take as much memory as when it is drawn large. */
const mostThumbnailPixels = 24e6;

/** A plot as a small picture with its name; without a picture, how it stands. */
export function PlotTile({ file, isTabStop, takesFocus, onFocus, onOpen }: PlotTileProps): ReactElement {
  const button = useRef<HTMLButtonElement>(null);
  const found = useInspection(file.id);
  // What is on another machine is fetched once its tile is in sight.
  const looked = useMemo(() => [file], [file]);
  useLooking(looked, useNeedsFetching(file.id));
  useEffect(() => {
    if (takesFocus) button.current?.focus();
  }, [takesFocus]);
  const name = fileName(file.path);
  const replaced = file.isReplaced ? 'Written again by a later run: this may not be what the run drew.' : '';
  return (
    <button
      ref={button}
      type="button"
      className={classes.tile}
      tabIndex={isTabStop ? 0 : -1}
      title={[file.path, found?.message ?? '', replaced].filter((line) => line !== '').join('\n')}
      onFocus={onFocus}
      onClick={onOpen}
    >
      <TileFrame name={name} file={file} found={found} />
      <span className={classes.name} aria-hidden="true">
        {shortName(file)}
      </span>
    </button>
  );
}

interface TileFrameProps {
  readonly name: string;
  readonly file: RegisteredFile;
  readonly found: FileInspection | undefined;
}

function TileFrame({ name, file, found }: TileFrameProps): ReactElement {
  const [broken, setBroken] = useState<string | null>(null);
  const address = found === undefined ? '' : fileAddress(file.id, versionOf(found));
  const isLarge =
    found?.pixels !== null && found !== undefined
      ? found.pixels.width * found.pixels.height > mostThumbnailPixels
      : false;
  const isImage = found !== undefined && imageKinds.has(found.kind) && found.state !== 'too-large';
  if (isImage && !isLarge && broken !== address) {
    return (
      <span className={classes.frame} data-drawn="true">
        <img src={address} alt={name} loading="lazy" decoding="async" onError={() => setBroken(address)} />
        {found.state === 'ready' && !file.isReplaced ? null : (
          <span className={classes.badge}>
            {found.state === 'ready' ? 'overwritten later' : stateWord(found.state)}
          </span>
        )}
      </span>
    );
  }
  const [word, isBad] = tileWord(found, isLarge);
  return (
    <span className={classes.frame}>
      <TileIcon found={found} isBad={isBad} />
      <span className={classes.state} data-fault={isBad}>
        {/* The caption is hidden from screen readers, since a picture has the name already. */}
        <VisuallyHidden>{name}</VisuallyHidden>
        {isBad ? <TriangleAlert size={12} aria-hidden="true" /> : null}
        {word}
      </span>
    </span>
  );
}

function tileWord(
  found: FileInspection | undefined,
  isLarge: boolean,
): readonly [word: string, isBad: boolean] {
  if (found === undefined) return ['being looked at', false];
  if (isFault(found.state)) return [stateWord(found.state), true];
  if (found.state !== 'ready') return [stateWord(found.state), false];
  if (found.kind === 'pdf') return ['PDF document', false];
  return isLarge ? ['large picture', false] : ['cannot be drawn', true];
}

interface TileIconProps {
  readonly found: FileInspection | undefined;
  readonly isBad: boolean;
}

function TileIcon({ found, isBad }: TileIconProps): ReactElement {
  const look = { size: 20, strokeWidth: 1.5, 'aria-hidden': true } as const;
  const isWaiting = found === undefined || found.state === 'growing' || found.state === 'elsewhere';
  if (isWaiting) return <LoaderCircle {...look} />;
  return isBad ? <ImageOff {...look} /> : <FileText {...look} />;
}
