import { z } from 'zod';
import { runIdSchema, slotIdSchema } from '../../domain/ids';
import { fileIdSchema, fileInspectionSchema, registeredFileSchema } from '../../domain/registered-file';
import type { CallTable } from './call-table';
import { nothing } from './nothing';
import { withoutNul } from './run-calls';

/** Any number, NaN and ±Infinity included. */
const anyNumber = z.custom<number>((value) => typeof value === 'number');

/** The start of a text file. */
export const textPreviewSchema = z.object({
  text: z.string(),
  /** How its bytes were read: `UTF-8`, `UTF-16` or `Latin-1`. */
  encoding: z.string(),
  /** Bytes that `text` stands for, of `size`. */
  shown: z.number(),
  size: z.number(),
});
export type TextPreview = z.infer<typeof textPreviewSchema>;

/** Numbers drawn as a line; `x` are positions in the array. */
const arrayLineSchema = z.object({ name: z.string(), x: z.array(anyNumber), y: z.array(anyNumber) });

/** What can be drawn of an array: lines, means over a grid, or nothing and why. */
export const arrayPlotSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('lines'),
    lines: z.array(arrayLineSchema),
    /** Values of a line that one drawn point stands for; 1 where all are drawn. */
    perPoint: z.number(),
    /** Lines that are not drawn because there are too many. */
    omitted: z.number(),
  }),
  z.object({
    kind: z.literal('grid'),
    rows: z.number(),
    columns: z.number(),
    /** Means, row by row; NaN where a cell holds no number. */
    cells: z.array(anyNumber),
    low: anyNumber,
    high: anyNumber,
    /** Rows and columns of the array itself. */
    ofRows: z.number(),
    ofColumns: z.number(),
  }),
  z.object({ kind: z.literal('none'), reason: z.string() }),
]);
export type ArrayPlot = z.infer<typeof arrayPlotSchema>;

/** What a NumPy file holds. */
export const arrayPreviewSchema = z.object({
  /** NumPy's own word for the type, for example `<f8`. */
  dtype: z.string(),
  /** The type in words. */
  typeName: z.string(),
  shape: z.array(z.number()),
  order: z.enum(['C', 'Fortran']),
  /** Values that the shape promises. */
  count: z.number(),
  /** Whole values that the file holds; fewer than `count` where it is cut. */
  present: z.number(),
  /** The first values as text, in the order of the file. */
  first: z.array(z.string()),
  minimum: anyNumber.nullable(),
  maximum: anyNumber.nullable(),
  plot: arrayPlotSchema,
});
export type ArrayPreview = z.infer<typeof arrayPreviewSchema>;

/** The most files that one call lists, or looks at. */
export const fileListLimit = 500;
export const inspectLimit = 50;

/** Registered files: what scripts say they wrote, and what is there. */
export const filesCalls = {
  /** Newest registration first. */
  'files.list': {
    request: z.strictObject({
      slot: slotIdSchema,
      /** Only the files of this run; null for all of the slot. */
      run: runIdSchema.nullable(),
      /** Only files whose name, action or type contains this. */
      text: z.string().max(500),
      /** Only files registered before this one. */
      before: z.strictObject({ receivedAt: z.number(), id: fileIdSchema }).nullable(),
      limit: z.number().int().min(0).max(fileListLimit),
    }),
    /** `total`: files of the run or slot that contain the text. */
    response: z.object({ files: z.array(registeredFileSchema), total: z.number().int() }),
  },
  /** Looks at files on disk. Those of other machines are fetched, up to a limit, where `fetch` says so. */
  'files.inspect': {
    request: z.strictObject({ files: z.array(fileIdSchema).min(1).max(inspectLimit), fetch: z.boolean() }),
    response: z.object({ found: z.array(fileInspectionSchema) }),
  },
  'files.text': { request: z.strictObject({ file: fileIdSchema }), response: textPreviewSchema },
  'files.array': { request: z.strictObject({ file: fileIdSchema }), response: arrayPreviewSchema },
  /** Shows a file in the system's file manager; where it is missing, its folder. */
  'files.showInFolder': { request: z.strictObject({ file: fileIdSchema }), response: nothing },
  /** Tries a row of the path map: whether the folder is there, and which registered files it would hold. */
  'files.testPath': {
    request: z.strictObject({
      slot: slotIdSchema,
      from: withoutNul.min(1).max(4096),
      to: withoutNul.min(1).max(4096),
    }),
    response: z.object({ isGood: z.boolean(), message: z.string() }),
  },
} as const satisfies CallTable;
