import { isJsonObject, type Json } from '../../shared/json';

/** Whether two values are the same; NaN is the same as NaN. Ends at the first difference. */
export function sameJson(one: Json, other: Json): boolean {
  if (Object.is(one, other)) return true;
  if (isList(one)) {
    return (
      isList(other) &&
      one.length === other.length &&
      one.every((each, index) => sameJson(each, other[index] ?? null))
    );
  }
  if (!isJsonObject(one) || !isJsonObject(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && sameJson(one[key] ?? null, other[key] ?? null))
  );
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
