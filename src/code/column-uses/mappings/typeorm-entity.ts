import type * as TypeScript from 'typescript';
import type { Literal } from './literal.ts';

/** A table as TypeORM is told of it, by decorators or by a schema. */
export type TypeormEntity = {
  readonly schema: string | undefined;
  readonly name: string;
  /** What it is called in the code. */
  readonly called: string | undefined;
  /** What says that it is an entity, and the literal with the name of its table. */
  readonly at: TypeScript.CallExpression | TypeScript.NewExpression;
  readonly said: Literal | undefined;
  readonly columns: readonly TypeormColumn[];
  /** Texts in SQL that it holds. */
  readonly texts: readonly EntityText[];
};

export type TypeormColumn = {
  readonly name: string;
  /** The name of the property. */
  readonly at: TypeScript.Node;
  /** The literal with the name of the column. */
  readonly said: Literal | undefined;
  /** The options that would get one, or the call that would get options; undefined where none can be added. */
  readonly into: TypeScript.Expression | undefined;
};

/** A condition, what excludes rows of each other, or a query in which a parameter stands for the row. */
export type EntityText = {
  readonly kind: 'condition' | 'exclusion' | 'query';
  readonly node: TypeScript.Node;
  readonly row?: string | undefined;
};
