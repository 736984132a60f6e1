import type { MochaCall } from './mocha-command.ts';
import type { MochaPackage } from './mocha-package.ts';
import { handlers } from './option-handlers.ts';
import { shortened, type TestLayout } from './test-layout.ts';

/** Scripts as they are to be, and what of them has no counterpart. */
export type Scripts = {
  readonly changed: Readonly<Record<string, string>>;
  readonly left: readonly { readonly name: string; readonly message: string; readonly cure: string }[];
};

/** Rewrites every call of Mocha in the scripts of a package. */
export function rewrittenScripts({ calls, manifest, options }: MochaPackage, layout: TestLayout): Scripts {
  const changed: Record<string, string> = {};
  const left: { readonly name: string; readonly message: string; readonly cure: string }[] = [];
  const wholes = new Set(Object.values(calls).flatMap((own) => own.map((call) => setupsOf(call).join(' '))));
  for (const [name, own] of Object.entries(calls)) {
    let script = manifest.scripts[name] ?? '';
    for (const call of own.toReversed()) {
      const files = filtersOf(call, layout);
      if (files === undefined)
        left.push({
          name,
          message: `Which files the script ${name} runs cannot be said by parts of their paths, so that it runs all of them.`,
          cure: 'Name folders or files behind `vitest run`.',
        });
      const words = call.options.map((option) => handlers[option.key]?.words?.(option));
      const isWatching = [...call.options, ...options].some(({ key, value }) => key === 'watch' && value === true);
      const command = [
        'vitest',
        ...(isWatching ? [] : ['run']),
        ...new Set(words.flatMap((one) => one?.words ?? [])),
        ...(files ?? []),
      ];
      script = script.slice(0, call.start) + command.join(' ') + script.slice(call.end);
      if (wholes.size > 1 && setupsOf(call).length > 0)
        left.push({
          name,
          message: `What the script ${name} loads first is loaded first by all of them now.`,
          cure: 'See whether the others bear it, or make projects: `test.projects`.',
        });
    }
    if (own.length > 0 && script !== manifest.scripts[name]) changed[name] = script;
  }
  return { changed, left };
}

function setupsOf(call: MochaCall): readonly string[] {
  return call.options
    .filter(({ key }) => key === 'require' || key === 'file')
    .map(({ value }) => String(value))
    .sort();
}

/** Parts of paths by which just the files of a call are found; undefined where there are none. */
function filtersOf(call: MochaCall, { tests, ofCalls }: TestLayout): readonly string[] | undefined {
  const wanted = ofCalls.get(call) ?? [];
  const isAll = wanted.length === tests.length;
  if (isAll) return [];
  const specs = [...call.specs, ...call.options.filter(({ key }) => key === 'spec').map(({ value }) => String(value))];
  const parts = specs.map((spec) => shortened(spec).replace(/[*?{[(!].*$/, ''));
  const found = tests.filter((path) => parts.some((part) => part !== '' && path.includes(part)));
  return found.length === wanted.length && wanted.length > 0 && found.every((path) => wanted.includes(path))
    ? [...new Set(parts)]
    : undefined;
}
