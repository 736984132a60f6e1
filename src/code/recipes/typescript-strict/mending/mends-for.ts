import type { Flag } from '../../../compiler/strict-flags.ts';
import { inferredTypes } from '../../../compiler/inferred-types.ts';
import { type Repair, statementAt } from '../../../compiler/repair.ts';
import { absolute } from '../../../compiler/virtual-tree.ts';
import ts from '../../../typescript.cts';
import type { Measured } from '../measured.ts';
import { receivedTypes } from './received.ts';

/** What could mend errors under a flag without a change of what the code does. */
export type Mends = (measured: Measured, paths: readonly string[]) => readonly Repair[];

const received: Mends = ({ project, errors }, paths) =>
  paths.flatMap((path) => (errors.get(path) ?? []).flatMap((error) => receivedTypes(error, project)));

const inferred: Mends = ({ project }, paths) => paths.flatMap((path) => inferredTypes(path, project));

/** `override` on members that stand for those of a class above. */
const overriding: Mends = ({ project }, paths) =>
  paths.flatMap((path) => {
    const file = project.source(path);
    const scope = { type: 'file', fileName: absolute(path) } as const;
    const { changes } = project.service.getCombinedCodeFix(scope, 'fixAddOverrideModifier', format, {});
    const own = changes.filter(({ fileName }) => fileName === absolute(path)).flatMap(({ textChanges }) => textChanges);
    return own.flatMap(({ span, newText }) =>
      file === undefined || span.length > 0 || newText.trim() !== 'override'
        ? []
        : [{ path, offset: span.start, length: 0, text: newText, statement: statementAt(file, span.start) }],
    );
  });

const format = ts.getDefaultFormatCodeSettings('\n');

/** Flags whose errors can be mended by types alone; the others are a matter of code. */
export const mendsFor: Readonly<Partial<Record<Flag, Mends>>> = {
  noImplicitAny: inferred,
  strictNullChecks: received,
  strictPropertyInitialization: received,
  exactOptionalPropertyTypes: received,
  noImplicitOverride: overriding,
};
