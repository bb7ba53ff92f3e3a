import { Button } from '@mantine/core';
import { useState, type ReactElement, type Ref } from 'react';
import { assertNever } from '../../shared/assert-never';
import {
  fileAddress,
  fileName,
  type FileInspection,
  type RegisteredFile,
} from '../../shared/domain/registered-file';
import { Banner } from '../components/Banner';
import { EmptyState } from '../components/EmptyState';
import { openPathMap } from '../settings/settings-store';
import { ArrayView } from './ArrayView';
import { isFault, stateWord, versionOf } from './file-text';
import { lookAt } from './inspections';
import { PdfView } from './PdfView';
import { TextView } from './TextView';
import { closeViewer } from './viewer-store';
import { ZoomStage, type ZoomControls } from './ZoomStage';

interface FileContentProps {
  readonly file: RegisteredFile;
  readonly found: FileInspection | undefined;
  readonly zoom: Ref<ZoomControls>;
  readonly onScale: (scale: number | null) => void;
}

/** What is in a file, as its kind is shown, or why it is not. */
export function FileContent({ file, found, zoom, onScale }: FileContentProps): ReactElement {
  const name = fileName(file.path);
  if (found === undefined || found.state === 'elsewhere') {
    return <EmptyState title={found === undefined ? 'Looking at the file…' : 'Fetching the file…'} />;
  }
  // A picture or an array that was cut still shows what there is of it.
  const isPartly = (found.state === 'damaged' || found.state === 'growing') && found.kind !== 'unknown';
  if (isFault(found.state) && !isPartly) return <NotShown file={file} found={found} />;
  return (
    <>
      {found.state === 'ready' ? null : (
        <Banner tone="warning" live="status">
          {found.message}
        </Banner>
      )}
      <Kind key={versionOf(found)} name={name} file={file} found={found} zoom={zoom} onScale={onScale} />
    </>
  );
}

interface KindProps extends FileContentProps {
  readonly name: string;
  readonly found: FileInspection;
}

function Kind({ name, file, found, zoom, onScale }: KindProps): ReactElement {
  const address = fileAddress(file.id, versionOf(found));
  switch (found.kind) {
    case 'png':
    case 'jpeg':
    case 'gif':
    case 'webp':
    case 'svg':
      return <Picture name={name} address={address} zoom={zoom} onScale={onScale} />;
    case 'pdf':
      return <PdfView name={name} address={address} zoom={zoom} onScale={onScale} />;
    case 'npy':
      return <ArrayView name={name} file={file.id} />;
    case 'text':
      return <TextView name={name} file={file.id} />;
    case 'unknown':
      return (
        <EmptyState title="No preview of this kind of file">
          {name}: {found.description}. Open its folder to use it with another program.
        </EmptyState>
      );
    default:
      return assertNever(found.kind);
  }
}

interface PictureProps {
  readonly name: string;
  readonly address: string;
  readonly zoom: Ref<ZoomControls>;
  readonly onScale: (scale: number | null) => void;
}

function Picture({ name, address, zoom, onScale }: PictureProps): ReactElement {
  const [isBroken, setBroken] = useState(false);
  const [isLoaded, setLoaded] = useState(false);
  if (isBroken) {
    return (
      <EmptyState title="This picture cannot be drawn">
        {name} is damaged, or its bytes are not a picture.
      </EmptyState>
    );
  }
  const picture = (
    <img
      src={address}
      alt={name}
      draggable={false}
      onLoad={() => setLoaded(true)}
      onError={() => setBroken(true)}
    />
  );
  // The stage fits what it finds when it is made: it is made anew once the picture has its size.
  return (
    <ZoomStage key={String(isLoaded)} controls={zoom} onScale={onScale}>
      {picture}
    </ZoomStage>
  );
}

function NotShown({
  file,
  found,
}: {
  readonly file: RegisteredFile;
  readonly found: FileInspection;
}): ReactElement {
  const action =
    found.state === 'unmapped' ? (
      <Button
        variant="filled"
        onClick={() => {
          closeViewer();
          openPathMap(file.slot);
        }}
      >
        Open Settings at the path map
      </Button>
    ) : (
      <Button onClick={() => lookAt([file], true)}>Look again</Button>
    );
  return (
    <EmptyState title={`${fileName(file.path)} is ${titleWord(found)}`} action={action}>
      {found.message}
    </EmptyState>
  );
}

function titleWord(found: FileInspection): string {
  return found.state === 'unreachable' ? 'out of reach' : stateWord(found.state);
}
