import { subset, validRange } from 'semver';
import type { TreeUnresolved } from '../../../recipe.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';
import { memberAt } from './manifest.ts';

/** Versions of Node in which `require` loads ES modules, and gives what they export as `module.exports`. */
const requiring = '^20.19.0 || >=22.12.0';

/**
 * What users of a package who `require` it have to know, at the place of its package.json that names its entry; nothing where it is
 * private, has no entry, or its `engines` allow only versions of Node in which nothing changes for them. Pure.
 */
export function usersFinding(
  { path, text }: { readonly path: string; readonly text: string },
  { keepsValue }: { readonly keepsValue: boolean },
): readonly TreeUnresolved[] {
  const value = jsonOf(text);
  const fields = isRecord(value) ? value : {};
  if (fields.private === true) return [];
  const node = isRecord(fields.engines) && typeof fields.engines.node === 'string' ? fields.engines.node : undefined;
  const range = node === undefined ? undefined : (validRange(node) ?? undefined);
  const isLost = range === undefined || !subset(range, requiring);
  const said = node === undefined ? '`engines` name no version of Node' : `\`engines\` allow Node ${node}`;
  const versions = isLost
    ? `${said}; \`require\` of this package needs Node 20.19 or 22.12 then, and fails with ERR_REQUIRE_ESM before.`
    : '`require` of this package loads an ES module then.';
  const gives = keepsValue
    ? 'Of its entries it gives the same value as before, which they export as `module.exports` (a syntax of Node 16); of other files in it, the module with its names.'
    : 'It gives the module with its names, not its default.';
  const isSame = keepsValue && !isLost && fields.exports !== undefined;
  if (isSame) return [];
  const key = ['exports', 'main', 'name'].find((one) => fields[one] !== undefined) ?? 'name';
  const place = isLost && node !== undefined ? ['engines', 'node'] : [key];
  return [
    {
      ...memberAt(text, place),
      path,
      message: `${versions} ${gives}`,
      cure: isLost
        ? `Publish it as a new major version with \`engines\` of \`${requiring}\`, or leave it CommonJS and publish ES modules beside it, with --recipe-option dual=true.`
        : 'Publish it as a new major version.',
    },
  ];
}
