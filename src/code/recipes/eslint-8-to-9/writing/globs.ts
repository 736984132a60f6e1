/**
 * A pattern of `overrides` as flat configuration takes it: one without a slash is for every folder below the
 * configuration's, any other counts from that folder. Source: Configuration Migration Guide, "Glob-Based Configs".
 */
export function fileGlob(pattern: string, folder: string): string {
  const bare = pattern.replace(/^\.\//, '');
  const own = bare === '**' || bare.includes('/') ? bare : `**/${bare}`;
  return inFolder(own, folder);
}

/**
 * A pattern of an ignore file or of `ignorePatterns` (as git reads them) as flat configuration takes it (minimatch).
 * Source: Configuration Migration Guide, "Ignoring Files".
 */
export function ignoreGlob(pattern: string, folder: string): string {
  const isNegated = pattern.startsWith('!');
  const trimmed = (isNegated ? pattern.slice(1) : pattern).trimEnd();
  const mark = isNegated ? '!' : '';
  if (['', '**', '/**', '**/'].includes(trimmed)) return mark + inFolder(trimmed.replace(/^\//, ''), folder);
  const slash = trimmed.indexOf('/');
  const everywhere = slash === -1 || slash === trimmed.length - 1 ? '**/' : '';
  const contents = trimmed.endsWith('/**') ? '/*' : '';
  const escaped = trimmed.replace(/^\//, '').replaceAll(/(?<!\\)[{(]/g, '\\$&');
  return mark + inFolder(everywhere + escaped + contents, folder);
}

/** Everything below a folder. */
export function below(folder: string): string {
  return inFolder('**', folder);
}

function inFolder(pattern: string, folder: string): string {
  return folder === '.' ? pattern : `${folder.replaceAll(/[[\]{}()*?!+@\\]/g, '\\$&')}/${pattern}`;
}

/** The patterns of an ignore file, without comments and empty lines. */
export function ignorePatternsIn(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.replace(/^\\#/, '#'));
}

/** True for a folder below another. */
export function isWithin(folder: string, above: string): boolean {
  return folder !== above && (above === '.' || folder.startsWith(`${above}/`));
}
