import { yamlScalars } from '../text/yaml-scalars.ts';
import type { Found } from '../version-place.ts';
import type { ValueSearch } from './value-search.ts';

/** Versions that a workflow or an action gives by names: the defaults of inputs, variables, and entries of a matrix. Pure. */
export function workflowValues(text: string, { taker, known, version }: ValueSearch): readonly Found[] {
  const used = usedNames(text, taker);
  return yamlScalars(text).flatMap(({ keys, value, offset }) =>
    version.test(value) && says(keys, known, used) ? [{ value, offset }] : [],
  );
}

/** Names behind `env.`, `matrix.` and `inputs.` where a version is taken, each with its kind. */
function usedNames(text: string, taker: string): ReadonlySet<string> {
  const uses = [
    ...text.matchAll(
      new RegExp(`${taker}\\$\\{\\{[ \\t]*(?:github\\.event\\.)?(env|matrix|inputs)\\.([\\w-]+)[ \\t]*\\}\\}`, 'g'),
    ),
    ...text.matchAll(new RegExp(`${taker}\\$()\\{?(\\w+)`, 'g')),
  ];
  return new Set(uses.map(([, kind = '', name = '']) => `${kind === '' ? 'env' : kind}.${name}`));
}

function says(keys: string, known: RegExp, used: ReadonlySet<string>): boolean {
  const input = /(?:^|\/)inputs\/([^/]+)\/(?:default|options\/-)$/.exec(keys)?.[1];
  if (input !== undefined) return known.test(input) || used.has(`inputs.${input}`);
  const entry = /\/matrix\/(?:(?:include|exclude)\/-\/)?([^/]+)(?:\/-)?$/.exec(keys)?.[1];
  if (entry !== undefined) return used.has(`matrix.${entry}`);
  const variable = /(?:^|\/)env\/([^/]+)$/.exec(keys)?.[1];
  return variable !== undefined && used.has(`env.${variable}`);
}
