import {
  fileIdSchema,
  type FileId,
  type FileInspection,
  type RegisteredFile,
} from '../../../../shared/domain/registered-file';
import { slotId, start } from '../support/samples';

/** A registered plot; later ones have larger ids. */
export function sampleFile(id: number, change: Partial<RegisteredFile> = {}): RegisteredFile {
  return {
    id: fileIdSchema.parse(id),
    slot: slotId,
    run: null,
    action: 'take_iv',
    actionTs: '1795455521',
    path: `/data/plots/1795455521_iv_${id}.png`,
    type: 'iv_plot',
    format: '',
    plot: true,
    archive: null,
    publishedAt: null,
    receivedAt: start + id * 1000,
    isReplaced: false,
    ...change,
  };
}

/** A whole PNG image as main finds it. */
export function found(id: FileId, change: Partial<FileInspection> = {}): FileInspection {
  return {
    id,
    state: 'ready',
    kind: 'png',
    description: 'PNG image',
    message: '',
    size: 5000,
    modifiedAt: start,
    here: `/mnt/${id}.png`,
    pixels: { width: 900, height: 600 },
    ...change,
  };
}
