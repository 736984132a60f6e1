/** Files of a tree with `count` modules, as an application has them: components, services, barrels, tests, styles. */
export function generatedGraph(count: number): Readonly<Record<string, string>> {
  const files: Record<string, string> = {
    'package.json': '{ "name": "generated", "type": "module", "imports": { "#lib/*": "./src/lib/*.js" } }\n',
    'tsconfig.json':
      '{ "compilerOptions": { "target": "es2022", "module": "esnext", "moduleResolution": "bundler", "jsx": "react-jsx", "allowJs": true, "paths": { "@/*": ["./src/*"] } }, "include": ["src"] }\n',
  };
  const paths = Array.from({ length: count }, (_, at) => pathOf(at));
  for (const [at, path] of paths.entries()) files[path] = textOf(at, paths);
  return files;
}

/** Twenty modules share a folder, the first of which is its barrel. */
function pathOf(at: number): string {
  const group = Math.floor(at / 20);
  const folder = `src/area-${group % 16}/part-${group}`;
  if (at % 20 === 0) return `${folder}/index.ts`;
  if (at % 20 === 19) return `${folder}/module-${at}.test.ts`;
  return `${folder}/module-${at}.${at % 5 === 0 ? 'tsx' : at % 11 === 0 ? 'js' : 'ts'}`;
}

function textOf(at: number, paths: readonly string[]): string {
  const start = at - (at % 20);
  const siblings = paths.slice(start + 1, Math.min(start + 19, paths.length));
  if (at % 20 === 0) return siblings.map((path) => `export * from './${stem(path)}';\n`).join('');
  // Only what stands before: cycles cost dependency-cruiser more than reading does, and applications have few.
  const own = siblings.filter((_, place) => (place * 7 + at) % 6 === 0 && start + 1 + place < at);
  const far = (start === 0 ? [] : [at * 7 + 3, at * 13 + 5])
    .map((one) => paths[one % start] ?? '')
    .filter((path) => !path.includes('.test.'));
  const lines = [
    ...own.map((path, place) => `import { value as near${place} } from './${stem(path)}';`),
    ...far.map(
      (path, place) => `import type * as far${place} from '@/${withoutExtension(path).slice('src/'.length)}';`,
    ),
    "import { readFile } from 'node:fs/promises';",
  ];
  const [lazy] = far;
  return `${lines.join('\n')}\n\n${body(at)}${at % 4 === 0 && lazy !== undefined ? `export const later = () => import('@/${withoutExtension(lazy).slice('src/'.length)}');\n` : ''}`;
}

function stem(path: string): string {
  return withoutExtension(path).split('/').at(-1) ?? '';
}

function withoutExtension(path: string): string {
  return path.replace(/\.\w+$/, '');
}

/** About as much code as a module of an application has. */
function body(at: number): string {
  const functions = Array.from({ length: 12 }, (_, place) =>
    [
      `/** Step ${place} of module ${at}: it "quotes", and has a \`template\`. */`,
      `export function step${place}(input) {`,
      `  const text = \`step ${place} of \${input.name}: \${input.values.map((one) => one * ${place + 1}).join(', ')}\`;`,
      `  if (!/^[a-z'"]+$/i.test(text)) return { ok: false, reason: 'not "plain"' };`,
      `  return { ok: true, reason: text.split('/').at(-1) };`,
      '}',
      '',
    ].join('\n'),
  );
  return `export const value = ${at};\n${functions.join('\n')}\n`;
}
