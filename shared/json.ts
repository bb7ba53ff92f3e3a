/**
 * Any JSON value as the field's publishers send it. Numbers include NaN and ±Infinity, which Python's
 * `json.dumps` writes bare and which must survive to the screen, the disk and the export.
 */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. Its keys are the publisher's and are never trusted as names of ours. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Whether a JSON value is an object, that is neither null nor a list. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
