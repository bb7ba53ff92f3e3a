import type { Json } from '../../shared/json';

/** Whether a JSON value is a list; `Array.isArray` would lose what its entries are. */
export function isJsonList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
