/*
 * The part of Python that the reader knows, as plain data. What it does not know is `opaque`: it has a place and a
 * text, and no value.
 */

/** Offsets in the source that an expression or statement covers. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

export type Constant = null | boolean | bigint | number | string;

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '&' | '|' | '^' | '<<' | '>>';
export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=' | 'in' | 'not in' | 'is' | 'is not';

/** `for target in source if condition`, of a comprehension. */
export interface ComprehensionClause {
  readonly target: Expression;
  readonly source: Expression;
  readonly conditions: readonly Expression[];
}

export interface CallArgument {
  /** `one` for a plain one, `name=`, `*list`, `**dict`. */
  readonly kind: 'positional' | 'keyword' | 'list' | 'dict';
  readonly name: string;
  readonly value: Expression;
}

/** A hole of an f-string. */
export interface TextHole {
  readonly value: Expression;
  /** `r`, `s` or `a`; empty where there is none. */
  readonly conversion: string;
  readonly format: readonly TextPart[];
  /** What `{x=}` shows before the value; empty without the sign. */
  readonly label: string;
}
export type TextPart = string | TextHole;

export type Expression = Place &
  (
    | { readonly kind: 'constant'; readonly value: Constant }
    | { readonly kind: 'bytes' }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'attribute'; readonly object: Expression; readonly name: string; readonly at: number }
    | { readonly kind: 'subscript'; readonly object: Expression; readonly index: Expression }
    | {
        readonly kind: 'slice';
        readonly start: Expression | null;
        readonly stop: Expression | null;
        readonly step: Expression | null;
      }
    | {
        readonly kind: 'call';
        readonly callee: Expression;
        readonly args: readonly CallArgument[];
        /** Whether its arguments hold something that is not Python. */
        readonly isBroken: boolean;
      }
    | {
        readonly kind: 'sequence';
        readonly type: 'list' | 'tuple' | 'set';
        readonly items: readonly Expression[];
      }
    | { readonly kind: 'starred'; readonly value: Expression }
    /** `key` is null for `**value`. */
    | {
        readonly kind: 'dict';
        readonly entries: readonly { readonly key: Expression | null; readonly value: Expression }[];
      }
    | { readonly kind: 'text'; readonly parts: readonly TextPart[] }
    | { readonly kind: 'joined'; readonly parts: readonly Expression[] }
    | { readonly kind: 'unary'; readonly operator: '-' | '+' | '~' | 'not'; readonly operand: Expression }
    | {
        readonly kind: 'binary';
        readonly operator: BinaryOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
    | {
        readonly kind: 'comparison';
        readonly operator: Comparison;
        readonly left: Expression;
        readonly right: Expression;
      }
    | {
        readonly kind: 'logical';
        readonly operator: 'and' | 'or';
        readonly left: Expression;
        readonly right: Expression;
      }
    | {
        readonly kind: 'conditional';
        readonly test: Expression;
        readonly met: Expression;
        readonly otherwise: Expression;
      }
    | { readonly kind: 'lambda'; readonly parameters: readonly Parameter[]; readonly body: Expression }
    | {
        readonly kind: 'comprehension';
        readonly type: 'list' | 'set' | 'dict' | 'generator';
        readonly key: Expression | null;
        readonly value: Expression;
        readonly clauses: readonly ComprehensionClause[];
      }
    | { readonly kind: 'named'; readonly target: Expression; readonly value: Expression }
    | { readonly kind: 'yield' }
    | { readonly kind: 'opaque'; readonly parts: readonly Expression[] }
  );

export interface Parameter {
  readonly kind: 'plain' | 'keyword-only' | 'list' | 'dict';
  readonly name: string;
  readonly initial: Expression | null;
}

export interface FunctionBody extends Place {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
  /** Whether it yields: calling it runs nothing. */
  readonly isGenerator: boolean;
  readonly document: string | null;
}

export type Statement = Place &
  (
    | { readonly kind: 'expression'; readonly value: Expression }
    | {
        readonly kind: 'assign';
        readonly targets: readonly Expression[];
        /** Null for a bare annotation. */
        readonly value: Expression | null;
      }
    | {
        readonly kind: 'update';
        readonly target: Expression;
        readonly operator: BinaryOperator | null;
        readonly value: Expression;
      }
    | { readonly kind: 'return'; readonly value: Expression | null }
    | { readonly kind: 'raise' }
    | { readonly kind: 'break' }
    | { readonly kind: 'continue' }
    | { readonly kind: 'pass' }
    | { readonly kind: 'delete'; readonly targets: readonly Expression[] }
    | { readonly kind: 'scope'; readonly type: 'global' | 'nonlocal'; readonly names: readonly string[] }
    | {
        readonly kind: 'import';
        readonly modules: readonly { readonly name: string; readonly as: string | null }[];
      }
    | {
        readonly kind: 'import-from';
        /** Dots before the name: 0 for an absolute one. */
        readonly level: number;
        readonly module: string;
        /** Null for `*`. */
        readonly names: readonly { readonly name: string; readonly as: string }[] | null;
      }
    | {
        readonly kind: 'if';
        readonly branches: readonly { readonly test: Expression; readonly body: readonly Statement[] }[];
        readonly otherwise: readonly Statement[];
      }
    | {
        readonly kind: 'for';
        readonly target: Expression;
        readonly source: Expression;
        readonly body: readonly Statement[];
        readonly otherwise: readonly Statement[];
      }
    | {
        readonly kind: 'while';
        readonly test: Expression;
        readonly body: readonly Statement[];
        readonly otherwise: readonly Statement[];
      }
    | {
        readonly kind: 'try';
        readonly body: readonly Statement[];
        readonly handlers: readonly { readonly name: string | null; readonly body: readonly Statement[] }[];
        readonly otherwise: readonly Statement[];
        readonly final: readonly Statement[];
      }
    | {
        readonly kind: 'with';
        readonly items: readonly { readonly value: Expression; readonly target: Expression | null }[];
        readonly body: readonly Statement[];
      }
    | {
        readonly kind: 'match';
        readonly subject: Expression;
        readonly cases: readonly (readonly Statement[])[];
      }
    | {
        readonly kind: 'function';
        readonly function: FunctionBody;
        readonly decorators: readonly Expression[];
      }
    | {
        readonly kind: 'class';
        readonly name: string;
        readonly bases: readonly CallArgument[];
        readonly body: readonly Statement[];
        readonly decorators: readonly Expression[];
        readonly document: string | null;
      }
  );

/** A source file. */
export interface PythonModule {
  readonly source: string;
  readonly body: readonly Statement[];
  readonly document: string | null;
  /** Offset of the first place that could not be parsed; null where all could. */
  readonly fault: number | null;
  /** Offsets at which lines begin. */
  readonly lineStarts: readonly number[];
}
