import type { BinaryOperator, Comparison } from './python-ast';

const comparisons: ReadonlySet<string> = new Set([
  '<',
  '<=',
  '>',
  '>=',
  '==',
  '!=',
  'in',
  'not in',
  'is',
  'is not',
]);
const operators: ReadonlySet<string> = new Set('+ - * / // % ** @ & | ^ << >>'.split(' '));

/** Whether a text compares two values. */
export function isComparison(text: string): text is Comparison {
  return comparisons.has(text);
}

/** Whether a text is an operator of two values. */
export function isBinaryOperator(text: string): text is BinaryOperator {
  return operators.has(text);
}
