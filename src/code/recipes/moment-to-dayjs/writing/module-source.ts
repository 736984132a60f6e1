import { type Plugin, pluginOrder } from '../equal/fit.ts';
import type { ImportForm } from '../reading/moment-names.ts';

/** The text of the local module that extends Day.js once and hands it out. Pure. */
export function moduleSource(form: ImportForm, plugins: ReadonlySet<Plugin>): string {
  const used = pluginOrder.filter((one) => plugins.has(one));
  const lines = [
    importLine(form, 'dayjs', 'dayjs'),
    ...used.map((one) => importLine(form, one, `dayjs/plugin/${one}.js`)),
    ...(used.length > 0 ? ['', ...used.map((one) => `dayjs.extend(${one});`)] : []),
    '',
    form === 'require' ? 'exports.dayjs = dayjs;' : 'export { dayjs };',
  ];
  return `${lines.join('\n')}\n`;
}

function importLine(form: ImportForm, name: string, specifier: string): string {
  if (form === 'require') return `const ${name} = require('${specifier}');`;
  if (form === 'equals') return `import ${name} = require('${specifier}');`;
  return `import ${form === 'namespace' ? '* as ' : ''}${name} from '${specifier}';`;
}

/** The plugins that a module extends Day.js by which an earlier run has written; undefined for any other file. Pure. */
export function pluginsIn(text: string): ReadonlySet<Plugin> | undefined {
  const plugins = new Set(pluginOrder.filter((one) => text.includes(`dayjs.extend(${one});`)));
  const plain = (source: string): string => source.replaceAll('\r\n', '\n');
  const forms: readonly ImportForm[] = ['default', 'namespace', 'equals', 'require'];
  return forms.some((form) => moduleSource(form, plugins) === plain(text)) ? plugins : undefined;
}
