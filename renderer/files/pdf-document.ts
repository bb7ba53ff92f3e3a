import type { PDFDocumentProxy } from 'pdfjs-dist';
// oxlint-disable-next-line import/default -- Vite makes the module that `?worker` names
import PdfWorker from 'pdfjs-dist/build/pdf.worker.min.mjs?worker';

/** An open PDF document. Closing ends its worker too. */
export interface OpenPdf {
  readonly document: PDFDocumentProxy;
  readonly close: () => Promise<void>;
}

/**
 * Opens a PDF document in a worker of its own. No script of the document is run, no form is filled in, nothing is
 * loaded from elsewhere, and fonts are drawn as outlines: the content policy needs no hole.
 */
export async function openPdf(data: ArrayBuffer): Promise<OpenPdf> {
  const { getDocument, PDFWorker } = await import('pdfjs-dist');
  const port = new PdfWorker();
  const worker = PDFWorker.create({ port });
  const close = async (): Promise<void> => {
    worker.destroy();
    port.terminate();
  };
  try {
    const loading = getDocument({
      data,
      worker,
      enableXfa: false,
      disableFontFace: true,
      useSystemFonts: true,
      useWasm: false,
      stopAtErrors: false,
    });
    const document = await loading.promise;
    return {
      document,
      close: async () => {
        await loading.destroy();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
