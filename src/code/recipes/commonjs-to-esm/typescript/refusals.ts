import type * as TypeScript from 'typescript';
import type { TypedModule } from './typed-module.ts';

/** Something that cannot be proved equal as an ES module, at its place. */
export type Refusal = { readonly place: string; readonly why: string };

/** A refusal at a node of a file. Pure. */
export function refusalAt({ path, source }: TypedModule, node: TypeScript.Node, why: string): Refusal {
  const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
  return { place: `${path}:${line + 1}`, why };
}
