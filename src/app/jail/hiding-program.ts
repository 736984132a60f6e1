import { credentialShapes } from '#code/install/redact';
import { hidden, named, placeholder, setting, shapes } from './hide-values.ts';

/** More than this is not read: what comes before it ends with a broken pipe, as with `head`. */
const charactersMax = 32 * 1_048_576;

/**
 * `hideValues` without an environment as a program of Node, which hides in its input what looks like a credential. It stands between a
 * program and those that take its output apart.
 */
export function hidingProgram(): string {
  const rules = {
    shapes: [...credentialShapes, ...shapes].map(spelled),
    named: [named, setting].map(spelled),
    placeholder: spelled(placeholder),
  };
  return `const { shapes, named, placeholder } = ${JSON.stringify(rules)};
const read = ([source, flags]) => new RegExp(source, flags);
let text = '';
process.stdin.setEncoding('utf8');
for await (const piece of process.stdin) {
  text += piece;
  if (text.length > ${charactersMax}) break;
}
for (const shape of shapes) text = text.replaceAll(read(shape), '${hidden}');
for (const rule of named) {
  text = text.replaceAll(read(rule), (whole, before, value) => {
    if (read(placeholder).test(value)) return whole;
    const quote = /^["'\`]/.exec(value)?.[0] ?? '';
    return before + quote + '${hidden}' + quote;
  });
}
process.stdout.on('error', () => process.exit(0));
process.stdout.end(text);
`;
}

function spelled({ source, flags }: RegExp): readonly [string, string] {
  return [source, flags];
}
