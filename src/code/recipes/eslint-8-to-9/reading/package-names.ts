/**
 * The package that a short name in an old configuration stands for: `react` is `eslint-plugin-react`, `@scope` is
 * `@scope/eslint-plugin`. https://eslint.org/docs/v8.x/use/configure/plugins#naming-convention
 */
export function packageOf(name: string, prefix: 'eslint-plugin' | 'eslint-config'): string {
  if (!name.startsWith('@')) return name.startsWith(`${prefix}-`) || name === prefix ? name : `${prefix}-${name}`;
  const [scope = '', rest] = name.split('/');
  if (rest === undefined || rest === prefix) return `${scope}/${prefix}`;
  return rest.startsWith(`${prefix}-`) ? name : `${scope}/${prefix}-${rest}`;
}

/** The name by which the rules of a plugin are called: of `@scope/eslint-plugin-x` it is `@scope/x`. */
export function shortNameOf(name: string): string {
  if (!name.startsWith('@')) return name.replace(/^eslint-plugin-/, '');
  const [scope = '', rest = ''] = name.split('/');
  const short = rest.replace(/^eslint-plugin-?/, '');
  return short === '' ? scope : `${scope}/${short}`;
}

const reserved = new Set(
  'await break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof let new null package private protected public return static super switch this throw true try typeof var void while with yield'.split(
    ' ',
  ),
);

/** A name for the variable that holds a plugin: `jsxA11Y`, `typescriptEslint`, `_import`. */
export function variableOf(shortName: string): string {
  const words = shortName.split(/[^A-Za-z0-9$]+/).filter((word) => word !== '');
  const joined = words.map(
    (word, at) => (at === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1),
  );
  const name = joined.join('').replaceAll(/\d+[a-z]/g, (found) => found.toUpperCase());
  return reserved.has(name) || /^\d/.test(name) ? `_${name}` : name;
}
