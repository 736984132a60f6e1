import type { RecipeFile, TextEdit, TreeView } from '../../../recipe.ts';

/** A file with comments `eslint-env`: what they name, and the edits that take them away. */
export type EnvironmentComments = {
  readonly path: string;
  readonly names: readonly string[];
  readonly edits: readonly TextEdit[];
};

const comment = /[ \t]*\/\*\s*eslint-env\s+([^*]*?)\s*(?:--[^*]*)?\*\/[ \t]*(\r?\n)?/g;

/**
 * Comments `eslint-env` of a tree. ESLint 9 reports them as errors; their globals are for the configuration. Source:
 * Configuration Migration Guide, "Environments in comments".
 */
export async function environmentComments(tree: TreeView): Promise<readonly EnvironmentComments[]> {
  const found: EnvironmentComments[] = [];
  for (const path of tree.paths) {
    if (!/\.([cm]?[jt]sx?|vue|svelte)$/.test(path)) continue;
    const file = await tree.read(path);
    if (file?.text.includes('eslint-env') === true) found.push(commentsIn(file));
  }
  return found.filter(({ edits }) => edits.length > 0);
}

function commentsIn({ path, text }: RecipeFile): EnvironmentComments {
  const matches = [...text.matchAll(comment)];
  const names = matches.flatMap(([, list = '']) =>
    list.split(',').flatMap((one) => {
      const [, name, value = 'true'] = /^\s*([\w/-]+)\s*(?::\s*(\w+))?\s*$/.exec(one) ?? [];
      return name === undefined || value === 'false' || value === 'off' || /^es(6|20\d\d)$/.test(name) ? [] : [name];
    }),
  );
  const edits = matches.map((match): TextEdit => {
    const isOwnLine = match.index === 0 || text[match.index - 1] === '\n';
    const whole = match[0];
    const length = isOwnLine ? whole.length : whole.length - (match[2]?.length ?? 0);
    return { offset: match.index, length, text: '' };
  });
  return { path, names: [...new Set(names)].sort(), edits };
}
