/** A model of a Prisma schema with the table that it is, each field with its column. Offsets count in the file. */
export type PrismaModel = {
  readonly path: string;
  readonly name: string;
  readonly table: string;
  readonly schema: string | undefined;
  /** Where the name of the table is written, or where `@@map` would be; the text around a new name. */
  readonly mapping: Place;
  readonly fields: readonly PrismaField[];
};

export type PrismaField = {
  readonly name: string;
  readonly type: string;
  readonly column: string;
  readonly start: number;
  readonly mapping: Place;
};

type Place = { readonly start: number; readonly end: number; readonly before: string; readonly after: string };

/** The models and views of a schema, read line by line as its grammar has them: https://www.prisma.io/docs/orm/prisma-schema */
export function prismaModels(path: string, text: string): readonly PrismaModel[] {
  return [...text.matchAll(/^[ \t]*(?:model|view)[ \t]+(\w+)[ \t]*\{([\s\S]*?)^[ \t]*\}/gm)].map((match) => {
    const [whole, name = '', body = ''] = match;
    const from = match.index + whole.indexOf(body, whole.indexOf('{') + 1);
    const mapped = attribute(body, from, '@@map');
    const end = from + body.length;
    return {
      path,
      name,
      table: mapped?.value ?? name,
      schema: attribute(body, from, '@@schema')?.value,
      mapping: mapped?.place ?? { start: end, end, before: '\n  @@map("', after: '")\n' },
      fields: fieldsOf(body, from),
    };
  });
}

function fieldsOf(body: string, from: number): readonly PrismaField[] {
  return [...body.matchAll(/^([ \t]*)(\w+)([ \t]+)(\w+(?:\("[^"]*"\))?)(\[\]|\?)?([^\n]*)$/gm)].map((match) => {
    const [, indent = '', name = '', gap = '', type = '', suffix = '', rest = ''] = match;
    const start = from + match.index + indent.length;
    const behind = start + name.length + gap.length + type.length + suffix.length;
    const said = rest.replace(/\/\/.*$/, (comment) => ' '.repeat(comment.length));
    const mapped = attribute(said, behind, '@map');
    const mapping = mapped?.place ?? { start: behind, end: behind, before: ' @map("', after: '")' };
    return { name, type, column: mapped?.value ?? name, start, mapping };
  });
}

function attribute(text: string, from: number, name: string) {
  const match = new RegExp(`(?<!@)${name}\\(\\s*(?:name:\\s*)?"([^"]*)"`).exec(text);
  if (match === null) return undefined;
  const [whole, value = ''] = match;
  const end = from + match.index + whole.length - 1;
  return { value, place: { start: end - value.length, end, before: '', after: '' } };
}
