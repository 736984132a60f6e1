import { type Code, type CodeEntry, type CodeStyle, opened, quoted, raw, writeCode } from '../engine/code.ts';
import type { VitestOptions } from './vitest-options.ts';

/** A plugin of Vite, and the name under which it is imported. */
export type Plugin = { readonly package: string; readonly local: string };

/** What a configuration is written from. */
export type ConfigParts = Pick<VitestOptions, 'test' | 'coverage' | 'aliases' | 'define'> & {
  readonly plugins: readonly Plugin[];
  /** How a configuration of Vite beside it is imported, which holds for tests too; undefined where there is none. */
  readonly viteConfig: string | undefined;
};

/** The text of a configuration of Vitest. Lines end with LF. Pure. */
export function vitestConfig(
  { test, coverage, aliases, define, plugins, viteConfig }: ConfigParts,
  style: CodeStyle,
): string {
  const list: Code = { kind: 'list', items: plugins.map(({ local }) => ({ value: raw(`${local}()`) })) };
  const all: CodeEntry[] = [
    ...(plugins.length === 0 ? [] : [{ key: 'plugins', value: list }]),
    ...(define.length === 0 ? [] : [{ key: 'define', value: opened(define) }]),
    ...(aliases.length === 0 ? [] : [{ key: 'resolve', value: opened([{ key: 'alias', value: aliasList(aliases) }]) }]),
    {
      key: 'test',
      value: opened(coverage.length === 0 ? test : [...test, { key: 'coverage', value: opened(coverage) }]),
    },
  ];
  const own: Code = { kind: 'call', callee: 'defineConfig', args: [opened(all)] };
  const whole =
    viteConfig === undefined ? own : { kind: 'call' as const, callee: 'mergeConfig', args: [raw('viteConfig'), own] };
  const from = (names: string, module: string): string => `import ${names} from ${quoted(module, style)}${style.end}\n`;
  const imports = [
    ...plugins.map(({ package: name, local }) => from(local, name)),
    from(viteConfig === undefined ? '{ defineConfig }' : '{ defineConfig, mergeConfig }', 'vitest/config'),
    ...(viteConfig === undefined ? [] : [from('viteConfig', viteConfig)]),
  ];
  const begun = 'export default ';
  return `${imports.join('')}\n${begun}${writeCode(whole, style, { indent: '', column: begun.length })}${style.end}\n`;
}

function aliasList(aliases: readonly Code[]): Code {
  return { kind: 'list', items: aliases.map((value) => ({ value })) };
}
