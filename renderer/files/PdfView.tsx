import { ActionIcon } from '@mantine/core';
import { ChevronDown, ChevronUp } from 'lucide-react';
import type { PageViewport, PDFPageProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState, type ReactElement, type Ref } from 'react';
import { errorText } from '../../shared/error-text';
import { EmptyState } from '../components/EmptyState';
import { reportUnexpected } from '../stores/notice-store';
import classes from './FileViewer.module.css';
import { openPdf, type OpenPdf } from './pdf-document';
import { ZoomStage, type ZoomControls } from './ZoomStage';

interface PdfViewProps {
  readonly name: string;
  readonly address: string;
  readonly zoom: Ref<ZoomControls>;
  readonly onScale: (scale: number | null) => void;
}

type Loaded = { readonly pdf: OpenPdf } | { readonly fault: string } | null;

/** A PDF document, page by page. */
export function PdfView({ name, address, zoom, onScale }: PdfViewProps): ReactElement {
  const loaded = usePdf(address);
  const [page, setPage] = useState(1);
  if (loaded === null) return <EmptyState title="Reading the document…" />;
  if ('fault' in loaded) return <EmptyState title={`${name} cannot be drawn`}>{loaded.fault}</EmptyState>;
  const pages = loaded.pdf.document.numPages;
  return (
    <>
      {pages === 1 ? null : (
        <div className={classes.bar}>
          <ActionIcon aria-label="Previous page" disabled={page === 1} onClick={() => setPage(page - 1)}>
            <ChevronUp size={16} aria-hidden="true" />
          </ActionIcon>
          <span className={classes.position}>
            Page {page} of {pages}
          </span>
          <ActionIcon aria-label="Next page" disabled={page === pages} onClick={() => setPage(page + 1)}>
            <ChevronDown size={16} aria-hidden="true" />
          </ActionIcon>
        </div>
      )}
      <PdfPage
        key={page}
        pdf={loaded.pdf}
        page={page}
        label={`${name}, page ${page} of ${pages}`}
        zoom={zoom}
        onScale={onScale}
      />
    </>
  );
}

function usePdf(address: string): Loaded {
  const [loaded, setLoaded] = useState<Loaded>(null);
  useEffect(() => {
    let isCurrent = true;
    let open: OpenPdf | null = null;
    const load = async (): Promise<void> => {
      const response = await fetch(address);
      if (!response.ok) throw new Error('The file is not there any more, or may not be read');
      const pdf = await openPdf(await response.arrayBuffer());
      if (!isCurrent) return pdf.close();
      open = pdf;
      setLoaded({ pdf });
    };
    load().catch((error: unknown) => {
      if (isCurrent) setLoaded({ fault: errorText(error) });
    });
    return () => {
      isCurrent = false;
      open?.close().catch(reportUnexpected('Closing a PDF document'));
    };
  }, [address]);
  return loaded;
}

interface PdfPageProps extends Omit<PdfViewProps, 'name' | 'address'> {
  readonly pdf: OpenPdf;
  readonly page: number;
  readonly label: string;
}

/** Drawn at twice the page's own size, so that text stays sharp when it is zoomed into; within what a canvas can be. */
const drawnScale = 2;
const mostSide = 6000;

function PdfPage({ pdf, page, label, zoom, onScale }: PdfPageProps): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState<PageViewport | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    pdf.document.getPage(page).then(
      (proxy) => {
        if (isCurrent) setSize(viewportOf(proxy));
      },
      (error: unknown) => {
        if (isCurrent) setFault(errorText(error));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [pdf, page]);
  useEffect(() => {
    const target = canvas.current;
    // The canvas is made once the size of the page is known.
    if (target === null || size === null) return undefined;
    let isCurrent = true;
    let cancel = (): void => undefined;
    const draw = async (): Promise<void> => {
      const proxy = await pdf.document.getPage(page);
      if (!isCurrent) return;
      const task = proxy.render({ canvas: target, viewport: viewportOf(proxy) });
      cancel = () => task.cancel();
      await task.promise;
      if (isCurrent) target.dataset['drawn'] = 'true';
    };
    draw().catch((error: unknown) => {
      if (isCurrent) setFault(errorText(error));
    });
    return () => {
      isCurrent = false;
      cancel();
    };
  }, [pdf, page, size]);
  if (fault !== null) return <EmptyState title="This page cannot be drawn">{fault}</EmptyState>;
  if (size === null) return <EmptyState title="Drawing the page…" />;
  return (
    <ZoomStage controls={zoom} onScale={onScale}>
      {/* What is drawn here cannot be an image's source. */}
      <canvas
        ref={canvas}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        role="img"
        aria-label={label}
        width={Math.ceil(size.width)}
        height={Math.ceil(size.height)}
      />
    </ZoomStage>
  );
}

function viewportOf(page: PDFPageProxy): PageViewport {
  const own = page.getViewport({ scale: 1 });
  return page.getViewport({ scale: Math.min(drawnScale, mostSide / Math.max(own.width, own.height)) });
}
