import { type Code, type CodeEntry, text } from '../engine/code.ts';
import type ts from '../typescript.cts';

/** What is left to a person. */
export type LeftOption = { readonly node: ts.Node; readonly message: string; readonly cure: string };

/** A configuration of Vitest, in parts. */
export type VitestOptions = {
  readonly test: CodeEntry[];
  readonly coverage: CodeEntry[];
  readonly aliases: Code[];
  readonly define: CodeEntry[];
  /** Packages that it needs beside `vitest`. */
  readonly packages: Set<string>;
  readonly left: LeftOption[];
};

/** Several options of another runner are one list of Vitest. */
export function add(entries: CodeEntry[], key: string, values: readonly string[]): void {
  const at = entries.findIndex((entry) => entry.key === key);
  const known = entries[at]?.value;
  const items = known?.kind === 'list' ? known.items : [];
  const entry = {
    key,
    value: { kind: 'list' as const, items: [...items, ...values.map((one) => ({ value: text(one) }))] },
  };
  if (at === -1) entries.push(entry);
  else entries[at] = entry;
}
