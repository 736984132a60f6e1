import {
  type Code,
  type CodeEntry,
  type CodeStyle,
  opened,
  quoted,
  raw,
  text,
  texts,
  writeCode,
} from '../../../engine/code.ts';
import type { SettingPlace } from '../reading/settings.ts';
import { fieldProxy, ownRequests } from './field-proxy.ts';

/** What a configuration of Vite is written from. */
export type ViteParts = {
  readonly base: string | undefined;
  /** Sources read where the application is served from, which is the root in tests. */
  readonly readsBase: boolean;
  readonly hasSvgComponents: boolean;
  readonly hasMacros: boolean;
  readonly isClassicJsx: boolean;
  /** Names with their paths from the folder of the configuration. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly endings: readonly string[];
  readonly hasImages: boolean;
  /** The field `proxy` of package.json. */
  readonly proxy: string | undefined;
  readonly setupProxy:
    | { readonly kind: 'proxy'; readonly entries: readonly CodeEntry[] }
    | { readonly kind: 'called'; readonly readsVariables: boolean }
    | undefined;
  readonly settings: readonly SettingPlace[];
};

/** The text of a configuration of Vite that builds what react-scripts built. Lines end with LF. Pure. */
export function viteConfig(parts: ViteParts, style: CodeStyle): string {
  const { aliases, setupProxy, proxy, hasSvgComponents } = parts;
  const variables = variablesOf(parts.settings);
  const needsPath = aliases.size > 0;
  const isCalled = setupProxy?.kind === 'called';
  const usesFile = variables.isRead;
  const vite = ['defineConfig', ...(usesFile || (isCalled && setupProxy.readsVariables) ? ['loadEnv'] : [])];
  const from = (names: string, module: string): string => `import ${names} from ${quoted(module, style)}${style.end}`;
  const head = [
    ...(proxy === undefined ? [] : [from('{ existsSync }', 'node:fs')]),
    ...(isCalled ? [from('{ createRequire }', 'node:module')] : []),
    ...(needsPath ? [from('{ fileURLToPath }', 'node:url')] : []),
    from('react', '@vitejs/plugin-react'),
    from(`{ ${vite.join(', ')} }`, 'vite'),
    ...(hasSvgComponents ? [from('svgr', 'vite-plugin-svgr')] : []),
  ];
  const statements = [
    ...(usesFile
      ? [
          `const env = loadEnv(process.env.NODE_ENV ?? ${quoted('development', style)}, import.meta.dirname, ${quoted('', style)})${style.end}`,
        ]
      : []),
    ...(isCalled ? [calledText(setupProxy, style)] : []),
    ...(proxy === undefined ? [] : [ownRequests(parts.base, style)]),
  ];
  const config: Code = { kind: 'call', callee: 'defineConfig', args: [opened(entriesOf(parts, variables, style))] };
  const begun = 'export default ';
  const body = `${begun}${writeCode(config, style, { indent: '', column: begun.length })}${style.end}`;
  return `${[head.join('\n'), ...statements, body].join('\n\n')}\n`;
}

type Variables = { readonly isRead: boolean; of(name: string): string | undefined };

/** How a variable is read that a file of the tree sets: files of variables are read by Vite after its configuration. */
function variablesOf(settings: readonly SettingPlace[]): Variables {
  const used = settings.filter(({ name }) => /^(PORT|PUBLIC_URL|GENERATE_SOURCEMAP|BUILD_PATH|HOST)$/.test(name));
  const isRead = used.some(({ from }) => from === 'file');
  return {
    isRead,
    of: (name) => (used.some((one) => one.name === name) ? `${isRead ? 'env' : 'process.env'}.${name}` : undefined),
  };
}

function entriesOf(parts: ViteParts, variables: Variables, style: CodeStyle): readonly CodeEntry[] {
  const { aliases, endings, hasImages, setupProxy } = parts;
  const base = baseCode(parts, variables.of('PUBLIC_URL'), style);
  const plugins = pluginsOf(parts, setupProxy?.kind === 'called');
  return [
    ...(base === undefined ? [] : [{ key: 'base', value: base }]),
    { key: 'plugins', value: { kind: 'list', items: plugins.map((value) => ({ value })) } },
    { key: 'envPrefix', value: text('REACT_APP_') },
    ...(endings.length === 0 ? [] : [{ key: 'assetsInclude', value: texts(endings.map((one) => `**/*${one}`)) }]),
    ...(aliases.size === 0
      ? []
      : [{ key: 'resolve', value: opened([{ key: 'alias', value: aliasCode(aliases, style) }]) }]),
    { key: 'server', value: opened(serverOf(parts, variables)) },
    { key: 'build', value: opened(buildOf(hasImages, variables, style)) },
  ];
}

function baseCode({ base, readsBase }: ViteParts, variable: string | undefined, style: CodeStyle): Code | undefined {
  if (variable === undefined && base === undefined) return undefined;
  const said = quoted(base ?? '/', style);
  const whole = variable === undefined ? said : `(${variable} || ${said}).replace(/\\/?$/, ${quoted('/', style)})`;
  return raw(readsBase ? `process.env.VITEST ? ${quoted('/', style)} : ${whole}` : whole);
}

function pluginsOf({ isClassicJsx, hasMacros, hasSvgComponents }: ViteParts, isCalled: boolean): readonly Code[] {
  const options = opened([{ key: 'svgrOptions', value: { kind: 'object', entries: svgr, isOpen: false } }]);
  const said: readonly CodeEntry[] = [
    ...(isClassicJsx ? [{ key: 'jsxRuntime', value: text('classic') }] : []),
    ...(hasMacros ? [{ key: 'babel', value: plugins(['babel-plugin-macros']) }] : []),
  ];
  return [
    said.length === 0
      ? raw('react()')
      : { kind: 'call', callee: 'react', args: [{ kind: 'object', entries: said, isOpen: false }] },
    ...(hasSvgComponents ? [{ kind: 'call' as const, callee: 'svgr', args: [options] }] : []),
    ...(isCalled ? [raw('setupProxy')] : []),
  ];
}

function plugins(names: readonly string[]): Code {
  return { kind: 'object', entries: [{ key: 'plugins', value: texts(names) }], isOpen: false };
}

/** As react-scripts calls it. */
const svgr: readonly CodeEntry[] = [
  { key: 'ref', value: raw('true') },
  { key: 'titleProp', value: raw('true') },
];

function aliasCode(aliases: ReadonlyMap<string, string>, style: CodeStyle): Code {
  return opened(
    [...aliases].map(([key, path]) => ({
      key,
      value: raw(`fileURLToPath(new URL(${quoted(path, style)}, import.meta.url))`),
    })),
  );
}

function serverOf({ proxy, setupProxy }: ViteParts, variables: Variables): readonly CodeEntry[] {
  const port = variables.of('PORT') ?? 'process.env.PORT';
  const host = variables.of('HOST');
  const entries = [
    ...(setupProxy?.kind === 'proxy' ? setupProxy.entries : []),
    ...(proxy === undefined ? [] : [fieldProxy(proxy)]),
  ];
  return [
    { key: 'host', value: raw(host === undefined ? 'true' : `${host} || true`) },
    { key: 'port', value: raw(`Number(${port} || 3000)`) },
    { key: 'open', value: raw('true') },
    ...(entries.length === 0 ? [] : [{ key: 'proxy', value: opened(entries) }]),
  ];
}

/** As react-scripts names and inlines files: images below 10 kB, and nothing else. */
function buildOf(hasImages: boolean, variables: Variables, style: CodeStyle): readonly CodeEntry[] {
  const [folder, maps] = [variables.of('BUILD_PATH'), variables.of('GENERATE_SOURCEMAP')];
  const images = '/\\.(avif|bmp|gif|jpe?g|png)$/.test(path)';
  const inlined = `(path, content) =>\n${style.indent}${images} && content.length <= 10_000`;
  return [
    { key: 'outDir', value: folder === undefined ? text('build') : raw(`${folder} || ${quoted('build', style)}`) },
    { key: 'assetsDir', value: text('static') },
    { key: 'sourcemap', value: raw(maps === undefined ? 'true' : `${maps} !== ${quoted('false', style)}`) },
    ...(hasImages ? [{ key: 'assetsInlineLimit', value: raw(inlined) }] : []),
  ];
}

/** `src/setupProxy.js` as it stands, called with the middlewares of the development server. */
function calledText({ readsVariables }: { readonly readsVariables: boolean }, style: CodeStyle): string {
  const { indent, end, comma } = style;
  const lines = [
    'const setupProxy = {',
    `${indent}name: ${quoted('setup-proxy', style)},`,
    `${indent}apply: ${quoted('serve', style)},`,
    `${indent}configureServer({ config, middlewares }) {`,
    ...(readsVariables
      ? [`${indent}${indent}Object.assign(process.env, loadEnv(config.mode, config.root, ${quoted('', style)}))${end}`]
      : []),
    `${indent}${indent}createRequire(import.meta.url)(${quoted('./src/setupProxy.js', style)})(middlewares)${end}`,
    `${indent}}${comma}`,
    `}${end}`,
  ];
  return lines
    .join('\n')
    .replace('({ config, middlewares })', readsVariables ? '({ config, middlewares })' : '({ middlewares })');
}
