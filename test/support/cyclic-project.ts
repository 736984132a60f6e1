import fc from 'fast-check';
import type { Files } from './move-files.ts';

/** A project whose modules import each other in rings; `isRecursive` where declarations of two modules need each other. */
export type CyclicProject = { readonly files: Files; readonly isRecursive: boolean };

const item = fc.record({
  home: fc.nat(),
  needs: fc.array(fc.record({ what: fc.nat(), how: fc.constantFrom('named', 'barrel', 'alias', 'type') }), {
    maxLength: 3,
  }),
  hasPrivate: fc.boolean(),
});
const shape = fc.record({
  modules: fc.integer({ min: 2, max: 4 }),
  items: fc.array(item, { minLength: 4, maxLength: 9 }),
  isRecursive: fc.integer({ min: 0, max: 5 }).map((one) => one === 0),
  ending: fc.constantFrom('\n', '\r\n'),
});

/** Random projects whose main module prints what all their functions come to. A function needs only earlier ones, but for a ring. */
export const cyclicProject: fc.Arbitrary<CyclicProject> = shape.map(({ modules, items, isRecursive, ending }) => {
  const homeOf = (at: number): number => (items[at]?.home ?? 0) % modules;
  const bodies = new Map<number, string[]>();
  const imports = new Map<number, Map<string, string>>();
  const take = (home: number, local: string, statement: string): void => {
    const all = imports.get(home) ?? new Map<string, string>();
    if (!all.has(local)) all.set(local, statement);
    imports.set(home, all);
  };
  const add = (home: number, text: string): void => {
    bodies.set(home, [...(bodies.get(home) ?? []), text]);
  };
  for (const [at, { needs, hasPrivate }] of items.entries()) {
    const home = homeOf(at);
    const terms = needs.flatMap(({ what, how }) => {
      if (at === 0) return [];
      const other = what % at;
      const far = homeOf(other);
      const from = how === 'barrel' ? './index.js' : `./module${far}.js`;
      const isType = how === 'type';
      const name = isType ? `Item${other}` : `item${other}`;
      const local = how === 'alias' && far !== home ? `other${other}` : name;
      if (far !== home) {
        take(home, local, `import { ${local === name ? name : `${name} as ${local}`} } from '${from}';`);
      }
      return isType ? [`({ value: ${other} } satisfies ${name}).value`] : [`${local}().value`];
    });
    const start = hasPrivate ? `start${at}` : `${at}`;
    const own = hasPrivate ? `const start${at} = ${at} + 1;\n\n` : '';
    add(
      home,
      `${own}export type Item${at} = { readonly value: number };\n\n/** Number ${at}. */\nexport function item${at}(): Item${at} {\n  return { value: ${[start, ...terms].join(' + ')} };\n}`,
    );
  }
  if (isRecursive) {
    for (const [home, far] of [[0, 1] as const, [1, 0] as const]) {
      take(home, `ring${far}`, `import { ring${far} } from './module${far}.js';`);
      add(
        home,
        `export function ring${home}(left: number): number {\n  return left === 0 ? 0 : ring${far}(left - 1);\n}`,
      );
    }
  }
  const files: Record<string, string> = {
    'package.json': '{ "type": "module", "private": true }\n',
    'tsconfig.json': JSON.stringify({
      compilerOptions: { module: 'nodenext', target: 'es2022', lib: ['es2022'], types: [], strict: true, noEmit: true },
      include: ['src'],
    }),
    'src/index.ts': Array.from({ length: modules }, (_, at) => `export * from './module${at}.js';\n`).join(''),
  };
  for (let home = 0; home < modules; home += 1) {
    const head = [...(imports.get(home)?.values() ?? [])];
    const parts = [
      ...(head.length === 0 ? [] : [head.join('\n')]),
      ...(bodies.get(home) ?? [`export const none${home} = 0;`]),
    ];
    files[`src/module${home}.ts`] = `${parts.join('\n\n')}\n`;
  }
  const used = items.map((_, at) => `item${at}`);
  files['src/main.ts'] = [
    'declare const console: { log(text: string): void };',
    ...used.map((name, at) => `import { ${name} } from './${at % 2 === 0 ? 'index' : `module${homeOf(at)}`}.js';`),
    `console.log(JSON.stringify([${used.map((name) => `${name}().value`).join(', ')}]));`,
    '',
  ].join('\n');
  return {
    files: Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replaceAll('\n', ending)])),
    isRecursive,
  };
});
