import { applyEdits } from '../../../engine/apply-edits.ts';
import type { TreeUnresolved } from '../../../recipe.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';
import { folderPath } from '../../../text/search-text.ts';
import { relativeFrom } from '../../../tree/tree-path.ts';
import type { World } from '../deciding/world.ts';
import { preloadedBy, requiredInCode } from '../reading/script-code.ts';
import { memberAt } from './manifest.ts';

type Manifest = {
  readonly text: string;
  readonly path: string;
  readonly world: World;
  readonly placeOf: (path: string) => string;
};

/** A package.json in which `-r` and `--require` name renamed files as they are named then. Pure. */
export function scriptTexts(planned: string, { text, path, world, placeOf }: Manifest): string {
  return preloadedBy(fieldsOf(text), world).reduce((made, { script, specifier, path: target }) => {
    if (placeOf(target) === target) return made;
    const { offset, length } = memberAt(made, ['scripts', script]);
    const value = made.slice(offset, offset + length);
    const to = relativeFrom(folderPath(path), placeOf(target));
    const ended = new RegExp(`(?<=[\\s"'=])${specifier.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?=[\\s"'\\\\]|$)`, 'g');
    return applyEdits(made, [{ offset, length, text: value.replace(ended, () => to) }]).text;
  }, planned);
}

/** Code within scripts that loads what is renamed, or is an ES module then: it is left, and named. Pure. */
export function codeFindings(before: string, { text, path, world, placeOf }: Manifest): readonly TreeUnresolved[] {
  return requiredInCode(fieldsOf(before), world).flatMap(({ script, specifier, path: target }) => {
    if (!world.modules.has(target)) return [];
    const place = placeOf(target);
    if (place === target && target.endsWith('.cjs')) return [];
    const what =
      place === target
        ? 'is an ES module then: `require` of it takes Node 20.19 or 22.12, and gives the module with its names, not its default'
        : `is ${place} then`;
    return [
      {
        ...memberAt(text, ['scripts', script]),
        path,
        message: `The script "${script}" holds code that loads ${specifier}, and is left: ${target} ${what}.`,
        cure:
          place === target ? 'Load it by `await import()`.' : `Write ${relativeFrom(folderPath(path), place)} there.`,
      },
    ];
  });
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  const value = jsonOf(text);
  return isRecord(value) ? value : {};
}
