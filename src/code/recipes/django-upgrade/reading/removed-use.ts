import type { SgNode } from '@ast-grep/napi';
import { argumentsOf, partsOf } from '../../../python-source/nodes.ts';
import type { DjangoFile } from './django-file.ts';

/** A way to use what is still there, which a release no longer takes. */
export type RemovedUse = {
  readonly since: string;
  readonly symbol: string;
  readonly mentions: readonly string[];
  readonly says: string;
  readonly cure: string;
  /** True where the call goes on, and answers another thing. */
  readonly isAdvice?: true;
  find(py: DjangoFile): readonly SgNode[];
};

/** What a call passes by a name. */
export const keyword = (call: SgNode, name: string): SgNode | undefined =>
  argumentsOf(call).keywords.find((one) => one.name === name)?.value;

/** Calls that pass something by a name. */
export const keywordOf = (py: DjangoFile, calls: readonly string[], name: string): readonly SgNode[] =>
  py.callsOf(...calls).filter((call) => keyword(call, name) !== undefined);

/** Statements of the classes whose bases have a name. */
export function membersOf(py: DjangoFile, base: string): readonly SgNode[] {
  const named = new RegExp(`\\b${base}\\s*[,)]`);
  return py
    .all('class_definition')
    .filter((node) => named.test(node.field('superclasses')?.text() ?? ''))
    .flatMap((node) => partsOf(node.field('body')))
    .map((node) => (node.is('decorated_definition') ? (node.field('definition') ?? node) : node));
}
