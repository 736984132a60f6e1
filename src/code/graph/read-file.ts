import { assert } from '#core/assert';
import type { Occurrence } from './occurrence.ts';
import { readMarkup, readStyles } from './read-styles.ts';
import { readModule } from './scan-module.ts';

const scripts = /\.[cm]?[jt]sx?$/;
const styles = /\.(css|scss|sass|less|styl|pcss|postcss)$/;
const components = /\.(vue|svelte)$/;

/** True for a file that may name others: scripts, style sheets, markup, components. */
export function mayName(path: string): boolean {
  return scripts.test(path) || styles.test(path) || components.test(path) || path.endsWith('.html');
}

/** Every specifier of a file, by what kind of file it is. Pure. */
export function readFileNames(path: string, text: string): readonly Occurrence[] {
  if (scripts.test(path)) return readModule(path, text);
  if (styles.test(path)) return readStyles(path, text);
  if (components.test(path)) return readComponent(path, text);
  return path.endsWith('.html') ? readMarkup(text) : [];
}

/** The scripts of a file: itself, or those of a component, each with a name that says its language. Pure. */
export function scriptsOf(path: string, text: string): readonly Script[] {
  if (scripts.test(path)) return [{ name: path, text, offset: 0 }];
  if (!components.test(path)) return [];
  return partsOf(text).flatMap(({ tag, language, body, start }) =>
    tag === 'script' ? [{ name: `${path}.${language ?? 'js'}`, text: body, offset: start }] : [],
  );
}

type Script = { readonly name: string; readonly text: string; readonly offset: number };

const block = /<(script|style)\b([^>]*)>([\s\S]*?)<\/\1>/dg;

/** The parts of a Vue or Svelte component, each by its language; a part that stands in a file of its own is named by `src`. */
function readComponent(path: string, text: string): readonly Occurrence[] {
  return partsOf(text).flatMap(({ tag, language, attributes, attributesStart, body, start }) => {
    const inner =
      tag === 'script'
        ? readModule(`${path}.${language ?? 'js'}`, body)
        : readStyles(`${path}.${language ?? 'css'}`, body);
    const named = readMarkup(attributes).map((one) => ({ ...one, offset: one.offset + attributesStart }));
    return [...named, ...inner.map((one) => ({ ...one, offset: one.offset + start }))];
  });
}

function partsOf(text: string) {
  return [...text.matchAll(block)].map((match) => {
    const start = match.indices?.[3]?.[0];
    assert(start !== undefined, 'a pattern with indices knows where its groups begin');
    const [, tag, attributes = '', body = ''] = match;
    const language = /\blang\s*=\s*["'](\w+)["']/.exec(attributes)?.[1];
    return { tag, language, attributes, attributesStart: match.indices?.[2]?.[0] ?? 0, body, start };
  });
}
