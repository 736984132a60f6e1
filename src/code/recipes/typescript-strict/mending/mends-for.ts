import { inferredTypes } from '../../../compiler/inferred-types.ts';
import { type Repair, statementAt } from '../../../compiler/repair.ts';
import type { Flag } from '../../../compiler/strict-flags.ts';
import { absolute } from '../../../compiler/virtual-tree.ts';
import ts from '../../../typescript.cts';
import { type Measured, type Measuring, measured } from '../measured.ts';
import { receivedTypes } from './received.ts';

/** What mends are made under. */
export type Mending = Measuring & {
  readonly mends: Mends;
  /** Errors without the flag. */
  readonly known: Measured['errors'];
  /** Options without the flag, under which no error may be new either. */
  readonly before: ts.CompilerOptions;
  /** Options with every flag of `strict`, under which types are inferred. */
  readonly strictest: ts.CompilerOptions;
};

/** What could mend the errors that are left, without a change of what the code does. */
export type Mends = (measured: Measured, mending: Mending) => Promise<readonly Repair[]>;

const received: Mends = ({ project, errors }) =>
  Promise.resolve([...errors.values()].flat().flatMap((error) => receivedTypes(error, project)));

/** Inferred with every flag, so that they say what may be missing too. */
const inferred: Mends = async ({ texts, errors }, mending) => {
  const { project } = await measured(texts, { ...mending, options: mending.strictest });
  return [...errors.keys()].flatMap((path) => inferredTypes(path, project));
};

/** `override` on members that stand for those of a class above. */
const overriding: Mends = ({ project, errors }) => {
  const found = [...errors.keys()].flatMap((path) => {
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
  return Promise.resolve(found);
};

const format = ts.getDefaultFormatCodeSettings('\n');

/** Flags whose errors can be mended by types alone; the others are a matter of code. */
export const mendsFor: Readonly<Partial<Record<Flag, Mends>>> = {
  noImplicitAny: inferred,
  strictNullChecks: received,
  strictPropertyInitialization: received,
  exactOptionalPropertyTypes: received,
  noImplicitOverride: overriding,
};
