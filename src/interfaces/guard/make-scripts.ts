import type { WorldHere } from './world-here.ts';

type Target = { readonly name: string; readonly needs: readonly string[]; readonly body: string };

const places: Readonly<Record<string, readonly string[]>> = {
  just: ['justfile', 'Justfile', '.justfile'],
  make: ['GNUmakefile', 'makefile', 'Makefile'],
};

/** The commands of the targets that are called, and of those that they need, as they stand in the Makefile or the justfile. */
export function makeScripts(program: string, rest: readonly string[], here: WorldHere): readonly string[] {
  const text = textOf(program, rest, here);
  const variables = new Map(
    [...text.matchAll(/^([A-Za-z_]\w*)[ \t]*[:?+]?=[ \t]*(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  const targets = targetsIn(text);
  const words = rest.filter((word) => !word.startsWith('-'));
  const named = targets.filter(({ name }) => words.includes(name)).map(({ name }) => name);
  const [first] = targets.filter(({ name }) => !name.startsWith('.'));
  const wanted = [...(named.length === 0 && first !== undefined ? [first.name] : named)];
  for (let at = 0; at < wanted.length; at += 1)
    for (const { needs } of targets.filter(({ name }) => name === wanted[at]))
      wanted.push(...needs.filter((one) => !wanted.includes(one)));
  return targets
    .filter(({ name, body }) => wanted.includes(name) && body !== '')
    .map(({ body }) =>
      body.replaceAll(/\$[({](\w+)[)}]/g, (whole, name: string) =>
        name === 'MAKE' ? 'make' : (variables.get(name) ?? whole),
      ),
    );
}

/** `make -C app -f db.mk reset` reads another file. */
function textOf(program: string, rest: readonly string[], here: WorldHere): string {
  const givenTo = (flag: RegExp) =>
    rest.flatMap((word, at) => {
      const [whole, joined = ''] = flag.exec(word) ?? [];
      return whole === undefined ? [] : [joined === '' ? (rest[at + 1] ?? '') : joined];
    })[0];
  const folder = givenTo(/^(?:-C|--directory|-d|--working-directory)=?(.*)$/);
  const file = givenTo(/^(?:-f|--file|--makefile|--justfile)=?(.*)$/);
  const names = file === undefined ? (places[program === 'just' ? 'just' : 'make'] ?? []) : [file];
  return (
    names
      .map((name) => here.read(folder === undefined ? name : `${folder}/${name}`))
      .find((one) => one !== undefined) ?? ''
  );
}

/** Each target with what it needs and its commands, those behind a `;` too. */
function targetsIn(text: string): readonly Target[] {
  const lines = text.replaceAll(/\\\r?\n/g, ' ').split(/\r?\n/);
  return lines.flatMap((line, at) => {
    const [, names = '', needs = ''] = /^@?([\w./%-][\w./% -]*?(?:\s+[*+]?\w+=?\S*)*)\s*::?(?!=)(.*)$/.exec(line) ?? [];
    if (names === '') return [];
    const [needed = '', ...own] = needs.split(';');
    const end = lines.findIndex((one, place) => place > at && /^\S/.test(one) && !one.startsWith('#'));
    const body = [own.join(';'), ...lines.slice(at + 1, end === -1 ? undefined : end)]
      .map((one) => one.replace(/^[ \t]*[@+-]*/, ''))
      .join('\n')
      .trim();
    const words = needed.split(/\s+/).map((word) => word.replaceAll(/[()&]/g, ''));
    return names.split(/\s+/).map((name) => ({ name, needs: words.filter((word) => word !== ''), body }));
  });
}
