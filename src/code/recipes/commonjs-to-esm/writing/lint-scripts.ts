import { lt } from 'semver';
import type { TextEdit } from '../../../recipe.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';
import type { World } from '../deciding/world.ts';
import { memberAt } from './manifest.ts';

/**
 * Scripts of a package.json that name the endings at which ESLint looks: `.cjs` beside `.js`, where files end so now. Below version 7 no
 * configuration does that, so that each call names them. https://eslint.org/docs/v8.x/use/command-line-interface#--ext Pure.
 */
export function lintScripts(
  text: string,
  { world, placeOf }: { readonly world: World; readonly placeOf: (path: string) => string },
): readonly TextEdit[] {
  const value = jsonOf(text);
  const scripts = isRecord(value) && isRecord(value.scripts) ? value.scripts : {};
  const isRenamed = [...world.modules.keys()].some((path) => path !== placeOf(path) && placeOf(path).endsWith('.cjs'));
  if (!isRenamed) return [];
  const isOld = world.lintVersion !== undefined && lt(world.lintVersion, '7.0.0');
  return Object.entries(scripts).flatMap(([name, script]): readonly TextEdit[] => {
    if (typeof script !== 'string' || !/(^|[\s;&|(])eslint\s/.test(script) || /\bcjs\b/.test(script)) return [];
    const { offset, length } = memberAt(text, ['scripts', name]);
    const written = text.slice(offset, offset + length);
    const named = written.replace(/(--ext[= ]\s*)((?:\.?\w+,)*)(\.?)js(?=[,\s"'\\]|$)/g, '$1$2$3js,$3cjs');
    const put =
      named === written && isOld ? written.replace(/(^|[\s"';&|(])eslint(?=\s)/g, '$1eslint --ext .js,.cjs') : named;
    return put === written ? [] : [{ offset, length, text: put }];
  });
}
