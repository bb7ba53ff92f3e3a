import type { SyntaxNode } from '@lezer/common';
import type { Expression, TextPart } from './python-ast';
import { stringLiteral, unescapeText } from './python-string';
import { childrenOf, placeOf, type Children } from './syntax-nodes';

/** Parses what the holes of an f-string hold. */
interface ParsesExpressions {
  readonly source: string;
  parseList(nodes: Children, place: { from: number; to: number }): Expression;
  text(node: { from: number; to: number }): string;
}

/** The texts and holes of an f-string. */
export function textParts(node: SyntaxNode, parser: ParsesExpressions): TextPart[] {
  const { start, end, isRaw } = stringLiteral(parser.text(node));
  const holes = childrenOf(node).filter((part) => part.name === 'FormatReplacement');
  return partsBetween(parser, node.from + start, node.from + end, holes, isRaw);
}

function partsBetween(
  parser: ParsesExpressions,
  from: number,
  to: number,
  holes: Children,
  isRaw: boolean,
): TextPart[] {
  const parts: TextPart[] = [];
  let at = from;
  const addText = (until: number): void => {
    const content = parser.source.slice(at, until).replaceAll('{{', '{').replaceAll('}}', '}');
    if (content !== '') parts.push(isRaw ? content : unescapeText(content));
  };
  for (const hole of holes) {
    addText(hole.from);
    parts.push(holeOf(hole, parser, isRaw));
    at = hole.to;
  }
  addText(to);
  return parts;
}

function holeOf(node: SyntaxNode, parser: ParsesExpressions, isRaw: boolean): TextPart {
  const endings = new Set(['FormatSelfDoc', 'FormatConversion', 'FormatSpec', '}']);
  const values = childrenOf(node)
    .slice(1)
    .filter((part) => !endings.has(part.name));
  const spec = node.getChild('FormatSpec');
  const conversion = node.getChild('FormatConversion');
  const label = node.getChild('FormatSelfDoc');
  const nested = spec === null ? [] : childrenOf(spec).filter((part) => part.name === 'FormatReplacement');
  return {
    value: parser.parseList(values, placeOf(node)),
    conversion: conversion === null ? '' : parser.text(conversion).slice(1),
    format: spec === null ? [] : partsBetween(parser, spec.from + 1, spec.to, nested, isRaw),
    label: label === null ? '' : parser.source.slice(node.from + 1, label.to),
  };
}
