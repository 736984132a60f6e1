import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { TreeUnresolved } from '../../../recipe.ts';
import { withoutMember } from '../../../text/edit-json.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';

/** What still stands of a package of lodash: how often each function, and where. */
export type Remainder = { readonly label: string; readonly places: readonly string[] };

/** What is to become of a package.json. */
export type ManifestChange = {
  readonly text: string;
  readonly unresolved: readonly TreeUnresolved[];
};

const groups = ['dependencies', 'devDependencies', 'optionalDependencies'];
/** What is of no use without lodash. */
const companions =
  /^(@types\/lodash(-es|\.[a-z]+)?|babel-plugin-lodash|babel-plugin-lodash-require|lodash-webpack-plugin)$/;
const family = /^lodash(-es|\.[a-z]+)?$/;

/** Takes packages out that nothing uses any more, and lists the uses that hold the others. Pure. */
export function changedManifest(
  path: string,
  before: string,
  {
    remains,
    isUsed,
    isNamed,
  }: {
    /** By package. */
    readonly remains: ReadonlyMap<string, readonly Remainder[]>;
    /** Whether a file named it before: what nothing ever named is here for another reason. */
    isUsed(name: string): boolean;
    /** Whether another file of the package names it: configuration, a mock, a script. */
    isNamed(name: string): boolean;
  },
): ManifestChange {
  const manifest = jsonOf(before);
  let text = before;
  const declared = groups.flatMap((group) => {
    const value = isRecord(manifest) ? manifest[group] : undefined;
    return Object.keys(isRecord(value) ? value : {}).map((name) => [group, name] as const);
  });
  const staying = new Set(
    declared.flatMap(([, name]) => (family.test(name) && (remains.has(name) || isNamed(name)) ? [name] : [])),
  );
  for (const [group, name] of declared) {
    const isFree = family.test(name)
      ? isUsed(name) && !staying.has(name)
      : companions.test(name) && isCompanionFree(name, staying);
    if (!isFree) continue;
    text = withoutMember(text, [group, name]);
    if (isEmptied(text, group)) text = withoutMember(text, [group]);
  }
  const unresolved = declared
    .filter(([, name]) => staying.has(name))
    .map(([group, name]) => ({
      path,
      ...memberSpan(text, [group, name]),
      ...stayMessage(name, remains.get(name) ?? []),
    }));
  return { text, unresolved };
}

function isEmptied(text: string, group: string): boolean {
  const manifest = jsonOf(text);
  const value = isRecord(manifest) ? manifest[group] : undefined;
  return isRecord(value) && Object.keys(value).length === 0;
}

/** Types of one package go with it; a plugin goes when all of lodash does. */
function isCompanionFree(name: string, staying: ReadonlySet<string>): boolean {
  const [, typed] = /^@types\/(.+)$/.exec(name) ?? [];
  // The types of `lodash-es` and of single functions are those of lodash.
  return typed === undefined ? staying.size === 0 : !staying.has(typed) && (typed !== 'lodash' || staying.size === 0);
}

function memberSpan(text: string, keys: readonly string[]) {
  const tree = parseTree(text);
  const member = tree === undefined ? undefined : findNodeAtLocation(tree, [...keys])?.parent;
  return { offset: member?.offset ?? 0, length: member?.length ?? 0 };
}

const shownMax = 3;

function stayMessage(name: string, remains: readonly Remainder[]) {
  if (remains.length === 0)
    return {
      message: `\`${name}\` stays: a file that is not source names it.`,
      cure: 'Take it out of there, then out of package.json.',
    };
  const said = remains.map(({ label, places }) => {
    const more = places.length > shownMax ? ', …' : '';
    return `${label} ${places.length} (${places.slice(0, shownMax).join(', ')}${more})`;
  });
  const count = remains.reduce((sum, { places }) => sum + places.length, 0);
  return {
    message: `\`${name}\` stays for ${count} ${count === 1 ? 'use' : 'uses'}: ${said.join('; ')}.`,
    cure: 'Nothing needs to be done: these have no native form that is proven equal. Each is named at its place.',
  };
}
