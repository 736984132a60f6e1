import type { CodeStyle } from '../../../engine/code.ts';
import type { TreeView } from '../../../recipe.ts';
import { within } from '../../../text/search-text.ts';
import type { CraApplication } from '../reading/cra-application.ts';

/** From the folder of the application. */
export const fetchSetup = 'src/setupFetch.js';

/**
 * The text of a file that gives tests the `fetch` that react-scripts gave them: one that asks by XMLHttpRequest, so that addresses
 * are relative to the page and mocks of requests are asked. Undefined where no source speaks of it.
 */
export async function fetchSetupOf(
  { folder, files, sources }: Pick<CraApplication, 'folder' | 'files' | 'sources'>,
  { tree, style }: { readonly tree: TreeView; readonly style: CodeStyle },
): Promise<string | undefined> {
  if (files.includes(within(folder, fetchSetup))) return undefined;
  for (const path of sources) {
    if (!/\.[cm]?[jt]sx?$/.test(path) || !/\bfetch\b/.test((await tree.read(path))?.text ?? '')) continue;
    const { quote, end, indent } = style;
    return [
      '// Tests of react-scripts have this fetch, which asks by XMLHttpRequest: it knows the address of the page.',
      `import { fetch, Headers, Request, Response } from ${quote}whatwg-fetch${quote}${end}`,
      '',
      `if (typeof window !== ${quote}undefined${quote}) {`,
      `${indent}Object.assign(window, { fetch, Headers, Request, Response })${end}`,
      '}',
      '',
    ].join('\n');
  }
  return undefined;
}
