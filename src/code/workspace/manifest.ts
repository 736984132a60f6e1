import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import * as z from 'zod';
import type { Finding } from '#core/finding';
import { type Dependency, dependencyGroups } from '../snapshot.ts';
import { caretAt, placeAt, spellPlace } from '../text/place.ts';

const texts = z.record(z.string(), z.string());
const manifestSchema = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  packageManager: z.string().optional(),
  devEngines: z
    .object({ packageManager: z.union([named(), z.array(named())]).optional() })
    .optional()
    .catch(undefined),
  engines: z.record(z.string(), z.unknown()).optional().catch(undefined),
  scripts: texts.default({}).catch({}),
  workspaces: z
    .union([
      z.array(z.string()),
      z.object({ packages: z.array(z.string()).default([]) }).transform((it) => it.packages),
    ])
    .optional(),
  peerDependenciesMeta: z
    .record(z.string(), z.object({ optional: z.boolean().default(false) }))
    .default({})
    .catch({}),
  /** Versions that Yarn takes instead of what anybody declares; only of the root. */
  resolutions: texts.default({}).catch({}),
  dependencies: texts.default({}),
  devDependencies: texts.default({}),
  peerDependencies: texts.default({}),
  optionalDependencies: texts.default({}),
});
type Fields = z.infer<typeof manifestSchema>;

/** A package.json that was read. `path` is the file's, from the root. */
export type Manifest = {
  readonly path: string;
  readonly fields: Readonly<Fields>;
  readonly dependencies: readonly Dependency[];
};

/** A package.json, or the finding that says at which character it stops being one. */
export type ParsedManifest =
  | { readonly kind: 'manifest'; readonly manifest: Manifest }
  | { readonly kind: 'broken'; readonly finding: Finding };

/**
 * Reads package.json as npm does: strict JSON (no comments, no trailing commas), a byte order mark is passed over.
 * https://docs.npmjs.com/cli/v11/configuring-npm/package-json says "It must be actual JSON".
 */
export function parseManifest(path: string, text: string): ParsedManifest {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const errors: ParseError[] = [];
  const tree = parseTree(text.slice(mark), errors, { disallowComments: true, allowEmptyContent: false });
  const error = errors[0];
  if (error !== undefined || tree === undefined) {
    return broken(path, text, {
      offset: (error?.offset ?? 0) + mark,
      why: text.trim() === '' ? 'The file is empty.' : faultOf(error),
    });
  }
  const parsed = manifestSchema.safeParse(JSON.parse(text.slice(mark)));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const keys = (issue?.path ?? []).filter((key) => typeof key !== 'symbol');
    const at = findNodeAtLocation(tree, keys)?.offset ?? 0;
    const why = `${keys.length === 0 ? 'The document' : keys.join('.')} is not of the form that package managers take: ${issue?.message ?? ''}`;
    return broken(path, text, { offset: at + mark, why });
  }
  const fields = parsed.data;
  return {
    kind: 'manifest',
    manifest: { path, fields, dependencies: dependenciesOf({ path, text, mark }, tree, fields) },
  };
}

function named() {
  return z.object({ name: z.string(), version: z.string().optional() });
}

type Source = { readonly path: string; readonly text: string; readonly mark: number };

function dependenciesOf({ path, text, mark }: Source, tree: Node, fields: Fields): readonly Dependency[] {
  return dependencyGroups.flatMap((group) =>
    Object.entries(fields[group]).flatMap(([name, declared]) => {
      const node = findNodeAtLocation(tree, [group, name]);
      if (node === undefined) return [];
      const place = placeAt(path, text, { offset: node.offset + 1 + mark, length: Math.max(0, node.length - 2) });
      const alias = /^npm:((?:@[^/@]+\/)?[^@/]+)/.exec(declared)?.[1];
      return [{ name, group, declared, place, ...(alias === undefined ? {} : { alias }) }];
    }),
  );
}

function broken(path: string, text: string, at: { readonly offset: number; readonly why: string }): ParsedManifest {
  const place = placeAt(path, text, { offset: at.offset, length: 0 });
  return {
    kind: 'broken',
    finding: {
      rule: 'tree/manifest-broken',
      severity: 'error',
      message: `${spellPlace(place)} ${at.why}\n${caretAt(text, place)}`,
      cure: 'Correct it there; every package manager stops at the same place.',
      object: path,
    },
  };
}

const faults: Readonly<Record<string, string>> = {
  CommaExpected: 'A comma is missing before this.',
  ColonExpected: 'A colon is missing before this.',
  PropertyNameExpected: 'A name in double quotes is missing here; perhaps the comma before is one too many.',
  ValueExpected: 'A value is missing here; perhaps a comma is one too many.',
  CloseBraceExpected: 'A `}` is missing here.',
  CloseBracketExpected: 'A `]` is missing here.',
  EndOfFileExpected: 'The document has ended before this.',
  InvalidCommentToken: 'JSON has no comments.',
  InvalidSymbol: 'This is no value of JSON.',
  UnexpectedEndOfString: 'A string has no closing quote.',
  InvalidEscapeCharacter: 'A string has an escape that JSON does not know.',
};

function faultOf(error: ParseError | undefined): string {
  if (error === undefined) return 'This is not JSON.';
  const code = printParseErrorCode(error.error);
  return faults[code] ?? `This is not JSON (${code}).`;
}
