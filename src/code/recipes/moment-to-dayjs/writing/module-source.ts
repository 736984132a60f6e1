import { type Plugin, pluginOrder } from '../equal/fit.ts';
import type { ImportForm } from '../reading/moment-names.ts';

/** How strings are written and statements ended. */
export type ModuleStyle = { readonly quote: '"' | "'"; readonly end: ';' | '' };

/** The text of the local module that extends Day.js once and hands it out. Pure. */
export function moduleSource(form: ImportForm, plugins: ReadonlySet<Plugin>, style: ModuleStyle): string {
  const used = pluginOrder.filter((one) => plugins.has(one));
  const line = (name: string, specifier: string): string =>
    `${importOf(form, name, style.quote + specifier + style.quote)}${style.end}`;
  const lines = [
    line('dayjs', 'dayjs'),
    ...used.map((one) => line(one, `dayjs/plugin/${one}.js`)),
    ...(used.length > 0 ? ['', ...used.map((one) => `dayjs.extend(${one})${style.end}`)] : []),
    '',
    `${form === 'require' ? 'exports.dayjs = dayjs' : 'export { dayjs }'}${style.end}`,
  ];
  return `${lines.join('\n')}\n`;
}

function importOf(form: ImportForm, name: string, quoted: string): string {
  if (form === 'require') return `const ${name} = require(${quoted})`;
  if (form === 'equals') return `import ${name} = require(${quoted})`;
  return `import ${form === 'namespace' ? '* as ' : ''}${name} from ${quoted}`;
}

/** The plugins that a module extends Day.js by which an earlier run has written; undefined for any other file. Pure. */
export function pluginsIn(text: string): ReadonlySet<Plugin> | undefined {
  const plugins = new Set(pluginOrder.filter((one) => text.includes(`dayjs.extend(${one})`)));
  const plain = text.replaceAll('\r\n', '\n');
  const forms: readonly ImportForm[] = ['default', 'namespace', 'equals', 'require'];
  const style: ModuleStyle = { quote: text.includes('"') ? '"' : "'", end: text.includes(';') ? ';' : '' };
  return forms.some((form) => moduleSource(form, plugins, style) === plain) ? plugins : undefined;
}
