import { folderPath } from '../../../text/search-text.ts';
import { relativeFrom } from '../../../tree/tree-path.ts';
import { isReserved } from '../reading/export-shape.ts';
import type { DualEntry } from './entries.ts';

/** The ES module of an entry. Pure. */
export function wrapperText({ common, wrapper, names, fallback }: DualEntry): string {
  const path = relativeFrom(folderPath(wrapper), common);
  const whole = names?.includes('exported') === true ? 'exportedValue' : 'exported';
  const lines = [`import ${whole} from '${path}';`, ''];
  if (names === undefined) lines.push(`export * from '${path}';`);
  else {
    const plain = names.filter((name) => !isReserved(name));
    if (plain.length > 0) lines.push(`export const { ${plain.join(', ')} } = ${whole};`);
  }
  lines.push(`export default ${whole}${fallback === 'default' ? '.default' : ''};`);
  return `${lines.join('\n')}\n`;
}

/** Its declarations, from those of the CommonJS. Pure. */
export function wrapperTypes({
  wrapperTypes: path,
  types,
  names,
  fallback,
  isAssigned,
}: DualEntry & { readonly types: string }): string {
  const from = relativeFrom(folderPath(path), types.replace(/\.d\.ts$/, '.js'));
  if (isAssigned) {
    const plain = (names ?? []).filter((name) => !isReserved(name));
    return [
      `import exported = require('${from}');`,
      '',
      'export default exported;',
      ...plain.map((name) => `export declare const ${name}: typeof exported.${name};`),
      '',
    ].join('\n');
  }
  if (fallback === 'default')
    return `import exported = require('${from}');\n\nexport * from '${from}';\nexport default exported.default;\n`;
  return `import exported = require('${from}');\n\nexport * from '${from}';\nexport default exported;\n`;
}
