import type { Flag } from './flag-params.ts';

/** How a file takes a package, and so in which form an adapter gives it. */
export type AdapterForm = 'require' | 'import' | 'typescript';

/** What the importers take of a package. */
export type Taken = {
  readonly isDefault: boolean;
  readonly names: readonly string[];
  readonly types: readonly string[];
};

const mark = 'Side by side:';

/** The module that chooses one of two versions when it is loaded. Pure. */
export function adapterText(form: AdapterForm, flag: Flag, taken: Taken): string {
  const { package: name, alias, variable } = flag;
  const head = `// ${mark} ${name} and ${alias}; ${variable}=1 takes ${alias}.`;
  const isNext = `process.env.${variable} === '1'`;
  if (form === 'require') return `${head}\nmodule.exports = ${isNext} ? require('${alias}') : require('${name}');\n`;
  return [head, ...imports(flag, taken), '', `const isNext = ${isNext};`, ...exports(form, flag, taken), ''].join('\n');
}

function imports({ package: name, alias }: Flag, { isDefault, names }: Taken): readonly string[] {
  return [
    ...(isDefault ? [`import now from '${name}';`, `import next from '${alias}';`] : []),
    ...(names.length > 0 ? [`import * as nowNames from '${name}';`, `import * as nextNames from '${alias}';`] : []),
  ];
}

/** To the types of before the new version is only as good as they are: that is what the flag is for. */
function exports(form: AdapterForm, flag: Flag, { isDefault, names, types }: Taken): readonly string[] {
  const isTyped = form === 'typescript';
  const whole = isTyped ? '(next as unknown as typeof now)' : 'next';
  const named = isTyped ? '(nextNames as unknown as typeof nowNames)' : 'nextNames';
  return [
    ...(names.length > 0 ? [`const chosen = isNext ? ${named} : nowNames;`] : []),
    ...(isDefault ? ['', `export default isNext ? ${whole} : now;`] : []),
    ...names.map((one) => `export const ${one} = chosen.${one};`),
    ...(types.length > 0 ? [`export type { ${types.join(', ')} } from '${flag.package}';`] : []),
  ];
}

/** True for the adapter of a package, by its first line. Pure. */
export function isAdapter(text: string, { package: name, alias }: Pick<Flag, 'package' | 'alias'>): boolean {
  return text.replace(/^\uFEFF/, '').startsWith(`// ${mark} ${name} and ${alias};`);
}
