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

const block = /<(script|style)\b([^>]*)>([\s\S]*?)<\/\1>/dg;

/** The parts of a Vue or Svelte component, each by its language; a part that stands in a file of its own is named by `src`. */
function readComponent(path: string, text: string): readonly Occurrence[] {
  return [...text.matchAll(block)].flatMap((match) => {
    const start = match.indices?.[3]?.[0];
    assert(start !== undefined, 'a pattern with indices knows where its groups begin');
    const [, tag, attributes = '', body = ''] = match;
    const language = /\blang\s*=\s*["'](\w+)["']/.exec(attributes)?.[1];
    const inner =
      tag === 'script'
        ? readModule(`${path}.${language ?? 'js'}`, body)
        : readStyles(`${path}.${language ?? 'css'}`, body);
    const at = match.indices?.[2]?.[0] ?? 0;
    const named = readMarkup(attributes).map((one) => ({ ...one, offset: one.offset + at }));
    return [...named, ...inner.map((one) => ({ ...one, offset: one.offset + start }))];
  });
}
