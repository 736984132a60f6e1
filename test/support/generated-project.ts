import fc from 'fast-check';
import { folderPath } from '#code/text/search-text';
import { relativeFrom } from '#code/tree/tree-path';
import type { Files } from './move-files.ts';

/** A specifier that was written on purpose: it stands behind the mark `/*n*\/`, and means this file. */
export type Meant = { readonly mark: number; readonly from: string; readonly target: string; readonly style: Style };

/** A workspace of two packages with specifiers of every kind, and moves in it. */
export type GeneratedProject = {
  readonly files: Files;
  readonly meant: readonly Meant[];
  readonly wishes: readonly string[];
  /** False where a file goes from one package to the other: relative names become names of packages, and stay so. */
  readonly isWithin: boolean;
};

const moduleStyles = [
  'relative',
  'script',
  'bare',
  'alias',
  'imports',
  'own-name',
  'package',
  'require',
  'dynamic',
  'type',
  'mock',
  'augmented',
  'reexport',
] as const;
const pathStyles = ['url', 'reference', 'style', 'markup', 'script-of-manifest', 'exported', 'doc'] as const;
export type Style = (typeof moduleStyles)[number] | (typeof pathStyles)[number];
const styles: readonly Style[] = [...moduleStyles, ...pathStyles];

const folders = ['', 'one/', 'one/deep/', 'two/', 'three/four/'];
const packages = ['core', 'app'] as const;

const shape = fc.record({
  files: fc.array(fc.record({ home: fc.nat(1), folder: fc.nat(folders.length - 1), isIndex: fc.boolean() }), {
    minLength: 3,
    maxLength: 10,
  }),
  edges: fc.array(fc.record({ from: fc.nat(), to: fc.nat(), style: fc.constantFrom(...styles) }), {
    minLength: 4,
    maxLength: 24,
  }),
  moves: fc.array(
    fc.record({ what: fc.constantFrom('file', 'file', 'folder', 'pattern', 'across'), at: fc.nat(), to: fc.nat() }),
    { minLength: 1, maxLength: 3 },
  ),
});

/** Projects in which every specifier is written on purpose, with one to three moves. */
export const generatedProject: fc.Arbitrary<GeneratedProject> = shape.map(({ files: places, edges, moves }) => {
  const paths = pathsOf(places);
  const meant: Meant[] = [];
  for (const { from: fromAt, to: toAt, style } of edges) {
    const [from, target] = [paths[fromAt % paths.length] ?? '', paths[toAt % paths.length] ?? ''];
    if (from !== target && mayMean(style, from, target)) meant.push({ mark: meant.length, from, target, style });
  }
  const made = movesOf(paths, moves);
  return { files: { ...fixed(meant), ...sources(paths, meant) }, meant, ...made };
});

function pathsOf(
  places: readonly { readonly home: number; readonly folder: number; readonly isIndex: boolean }[],
): readonly string[] {
  const paths = new Set<string>();
  for (const [at, { home, folder, isIndex }] of places.entries()) {
    const base = `packages/${packages[home] ?? 'core'}/src/${folders[folder] ?? ''}`;
    paths.add(isIndex && folder > 0 && !paths.has(`${base}index.ts`) ? `${base}index.ts` : `${base}file${at}.ts`);
  }
  return [...paths];
}

function homeOf(path: string): string {
  return path.split('/')[1] ?? '';
}

function mayMean(style: Style, from: string, target: string): boolean {
  const [home, other] = [homeOf(from), homeOf(target)];
  if (style === 'package') return home === 'app' && other === 'core';
  if (style === 'own-name' || style === 'imports' || style === 'exported') return home === 'core' && other === 'core';
  if (style === 'alias' || style === 'bare' || style === 'mock' || style === 'augmented')
    return home === 'app' && other === 'app';
  if (style === 'script-of-manifest' || style === 'markup') return home === other;
  return home === other;
}

/** What a specifier of a style says for a file. */
export function spelled(style: Style, from: string, target: string): string {
  const way = relativeFrom(folderPath(from), target);
  const bare = target.replace(/\.ts$/, '');
  const inSource = bare.replace(/^packages\/\w+\/src\//, '');
  switch (style) {
    case 'script':
    case 'require':
      return way.replace(/\.ts$/, '.js');
    case 'bare':
    case 'mock':
    case 'augmented':
      return bare.endsWith('/index') ? relativeFrom(folderPath(from), folderPath(target)) : way.replace(/\.ts$/, '');
    case 'alias':
      return `@/${inSource}`;
    case 'imports':
      return `#${inSource}`;
    case 'own-name':
    case 'package':
      return `@made/core/${inSource}`;
    default:
      return way;
  }
}

function line({ mark, from, target, style }: Meant): string {
  const text = spelled(style, from, target);
  const forms: Readonly<Record<string, string>> = {
    require: `export const r${mark} = () => require(/*${mark}*/ '${text}');`,
    dynamic: `export const d${mark} = () => import(/*${mark}*/ "${text}");`,
    type: `export type T${mark} = typeof import(/*${mark}*/ '${text}');`,
    mock: `vi.mock(/*${mark}*/ '${text}');`,
    augmented: `declare module /*${mark}*/ '${text}' {}`,
    reexport: `export * as all${mark} from /*${mark}*/ '${text}';`,
    url: `export const u${mark} = new URL(/*${mark}*/ '${text}', import.meta.url);`,
    doc: `/** @type {import('${text}')} ${mark} */\nexport const t${mark} = 0;`,
  };
  return forms[style] ?? `import  {}  from /*${mark}*/ '${text}' ;`;
}

const elsewhere: readonly Style[] = ['style', 'markup', 'script-of-manifest', 'exported', 'reference'];

function sources(paths: readonly string[], meant: readonly Meant[]): Files {
  return Object.fromEntries(
    paths.map((path, at) => {
      const own = meant.filter(({ from, style }) => from === path && !elsewhere.includes(style));
      const heads = meant.filter(({ from, style }) => from === path && style === 'reference');
      const references = heads.map((one) => `/// <reference path="${spelled('reference', path, one.target)}" />`);
      return [
        path,
        [
          ...references,
          ...own.map(line),
          `// file ${at}: it's "plain" \`text\` on its own, so that git knows it again`,
          `export const name${at} = ${at};`,
          '',
        ].join('\n'),
      ];
    }),
  );
}

/** Manifests, configurations, style sheets and markup; what names sources in them. */
function fixed(meant: readonly Meant[]): Files {
  const of = (style: Style) => meant.filter((one) => one.style === style);
  const exported = Object.fromEntries(
    of('exported').map(({ mark, target }) => [`./entry${mark}`, target.replace('packages/core', '.')]),
  );
  const scripts = (home: string) =>
    Object.fromEntries(
      of('script-of-manifest')
        .filter(({ from }) => homeOf(from) === home)
        .map(({ mark, target }) => [`run${mark}`, `node ${target.replace(`packages/${home}/`, '')} --flag`]),
    );
  const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
  const markup = (home: string) =>
    of('markup')
      .filter(({ from }) => homeOf(from) === home)
      .map(({ target }) => `<script src="${target.replace(`packages/${home}/`, '/')}"></script>`)
      .join('\n');
  const sheet = (home: string) =>
    of('style')
      .filter(({ from }) => homeOf(from) === home)
      .map(({ target }) => `.a { background: url(../${target.replace(`packages/${home}/`, '')}) }`)
      .join('\n');
  return {
    'package.json': json({ name: 'made', private: true, workspaces: ['packages/*'] }),
    'packages/core/package.json': json({
      name: '@made/core',
      type: 'module',
      imports: { '#*': './src/*.ts' },
      exports: { ...exported, './*': './src/*.ts' },
      scripts: scripts('core'),
    }),
    'packages/core/tsconfig.json': json({
      compilerOptions: { module: 'nodenext', rootDir: 'src', outDir: 'dist', strict: true },
    }),
    'packages/app/package.json': json({
      name: '@made/app',
      type: 'module',
      dependencies: { '@made/core': '*' },
      scripts: scripts('app'),
    }),
    'packages/app/tsconfig.json': json({
      compilerOptions: { module: 'esnext', moduleResolution: 'bundler', paths: { '@/*': ['./src/*'] } },
    }),
    ...Object.fromEntries(
      packages.flatMap((home) => [
        [`packages/${home}/index.html`, `${markup(home)}\n`],
        [`packages/${home}/styles/page.css`, `${sheet(home)}\n`],
      ]),
    ),
  };
}

type MoveShape = { readonly what: 'file' | 'folder' | 'pattern' | 'across'; readonly at: number; readonly to: number };

/** Moves that do not get into each other's way: each takes what none before has taken. */
function movesOf(paths: readonly string[], moves: readonly MoveShape[]): Pick<GeneratedProject, 'wishes' | 'isWithin'> {
  const wishes: string[] = [];
  const taken = new Set<string>();
  let isWithin = true;
  for (const [count, { what, at, to }] of moves.entries()) {
    const path = paths[at % paths.length] ?? '';
    const folder = folderPath(path);
    const source = `packages/${homeOf(path)}/src`;
    const place = `${source}/${['', 'new/', 'one/other/', 'five/'][to % 4] ?? ''}`;
    const isIndex = path.endsWith('/index.ts');
    const inside = paths.filter((one) => one.startsWith(`${folder}/`));
    if (what === 'folder' || isIndex) {
      if (folder === source || inside.some((one) => taken.has(one))) continue;
      wishes.push(`${folder}=${source}/moved${count}`);
      for (const one of inside) taken.add(one);
    } else if (what === 'pattern') {
      const plain = paths.filter((one) => folderPath(one) === folder && !one.endsWith('/index.ts'));
      if (plain.some((one) => taken.has(one))) continue;
      wishes.push(`${folder}/file*.ts=${source}/pattern${count}/`);
      for (const one of plain) taken.add(one);
    } else {
      if (taken.has(path)) continue;
      const isAcross = what === 'across';
      const target = isAcross
        ? `packages/${homeOf(path) === 'core' ? 'app' : 'core'}/src/across${count}.ts`
        : `${place}named${count}.ts`;
      isWithin &&= !isAcross;
      wishes.push(`${path}=${target}`);
      taken.add(path);
    }
  }
  return { wishes, isWithin };
}
