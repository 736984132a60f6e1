import { yamlScalars } from '../text/yaml-scalars.ts';
import type { Found } from '../version-place.ts';
import type { ValueSearch } from './value-search.ts';

/** With the name of CircleCI's own orb for it. */
type OrbSearch = ValueSearch & { readonly orb: string };

/** Parameters of CircleCI's own orb, and of a configuration of one's own that say a version. Pure. */
export function circleciValues(text: string, search: OrbSearch): readonly Found[] {
  const used = usedNames(text, search.taker);
  return yamlScalars(text).flatMap(({ keys, value, offset, beside }) => {
    const isNamed = isOfOrb(keys, beside, search) || used.has(nameOf(keys) ?? '');
    return isNamed && search.version.test(value) ? [{ value, offset }] : [];
  });
}

function isOfOrb(keys: string, beside: Readonly<Record<string, string>>, { orb, known }: OrbSearch): boolean {
  const last = keys.replace(/(?:\/-|\/default|\/enum\/-)$/, '').replace(/.*\//, '');
  if (known.test(last)) return true;
  if (new RegExp(`(?:^|/)${orb}/(?:(?:test|run)/version|default/tag)$`).test(keys)) return true;
  return beside.name === `${orb}/default` && last === 'tag';
}

/** Parameters that an image, or a step that installs one, takes. */
function usedNames(text: string, taker: string): ReadonlySet<string> {
  const uses = text.matchAll(new RegExp(`${taker}<<[ \\t]*(?:pipeline\\.)?parameters\\.([\\w-]+)[ \\t]*>>`, 'g'));
  return new Set([...uses].map(([, name = '']) => name));
}

/** The parameter that a value is given to: where it is declared, in a matrix, or where a job is called. */
function nameOf(keys: string): string | undefined {
  const declared = /(?:^|\/)parameters\/([\w-]+)(?:\/-|\/default|\/enum\/-)?$/.exec(keys)?.[1];
  return declared ?? /^workflows\/[^/]+\/jobs\/-\/[\w-]+\/([\w-]+)$/.exec(keys)?.[1];
}
