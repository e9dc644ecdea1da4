/** The part of Rego v1 that the examples use; anything else is refused when it is read, never passed over. */
export type RegoTerm =
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null }
  | { readonly kind: 'reference'; readonly head: string; readonly path: readonly RegoTerm[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly RegoTerm[] }
  | { readonly kind: 'array' | 'set'; readonly items: readonly RegoTerm[] }
  | { readonly kind: 'object'; readonly pairs: readonly (readonly [RegoTerm, RegoTerm])[] }
  | { readonly kind: 'comprehension'; readonly head: RegoTerm; readonly body: readonly RegoStatement[] }
  | { readonly kind: 'operation'; readonly sign: string; readonly left: RegoTerm; readonly right: RegoTerm };

export type RegoStatement =
  | { readonly kind: 'expression'; readonly term: RegoTerm; readonly negated: boolean }
  | { readonly kind: 'assignment'; readonly name: string; readonly term: RegoTerm }
  | { readonly kind: 'some'; readonly name: string; readonly of: RegoTerm };

export interface RegoRule {
  readonly name: string;
  /** Null for what is no function. */
  readonly args: readonly string[] | null;
  /** True for `name contains value`. */
  readonly collects: boolean;
  readonly isDefault: boolean;
  readonly value: RegoTerm;
  readonly body: readonly RegoStatement[];
}

export interface RegoModule {
  /** The package's path: company.changes. */
  readonly name: string;
  readonly rules: readonly RegoRule[];
}
