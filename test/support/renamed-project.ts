import fc from 'fast-check';
import type { Files } from './move-files.ts';

/** A project of modules that export, pass on and use each other's symbols, and one rename in it. */
export type RenamedProject = {
  readonly files: Files;
  readonly wish: string;
  /** The wish that takes it back. */
  readonly back: string;
};

const kinds = ['const', 'function', 'class', 'type', 'enum', 'member', 'method', 'local'] as const;
const uses = ['named', 'alias', 'namespace', 'shorthand', 'barrel', 'spread', 'type', 'shadow'] as const;

const shape = fc.record({
  modules: fc.integer({ min: 2, max: 4 }),
  kinds: fc.array(fc.constantFrom(...kinds), { minLength: 2, maxLength: 5 }),
  uses: fc.array(fc.record({ from: fc.nat(), what: fc.nat(), how: fc.constantFrom(...uses) }), {
    minLength: 2,
    maxLength: 8,
  }),
  chosen: fc.nat(),
  to: fc.constantFrom('fresh', 'fresh', 'fresh', 'value', 'item0', 'item1'),
  isScript: fc.boolean(),
});

type Item = { readonly name: string; readonly kind: (typeof kinds)[number]; readonly home: number };

/** Random projects whose main module prints what everything in them comes to. */
export const renamedProject: fc.Arbitrary<RenamedProject> = shape.map(
  ({ modules, kinds: all, uses: every, chosen, to, isScript }) => {
    const items = all.map((kind, at): Item => ({ name: `item${at}`, kind, home: at % modules }));
    const of = (home: number) => items.filter((item) => item.home === home);
    const ending = isScript ? '\r\n' : '\n';
    const files: Record<string, string> = {
      'package.json': '{ "type": "module" }\n',
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          module: 'nodenext',
          target: 'es2022',
          lib: ['es2022'],
          types: [],
          strict: true,
          outDir: 'built',
          rootDir: 'src',
        },
        include: ['src'],
      }),
      'src/index.ts': Array.from({ length: modules }, (_, at) => `export * from './module${at}.js';`).join(ending),
      'README.md': `${items.map(({ name }) => name).join(', ')}\n`,
    };
    for (let home = 0; home < modules; home += 1) files[`src/module${home}.ts`] = of(home).map(declared).join(ending);
    const users = every.map(({ from, what, how }, at) => {
      const item = items[what % items.length] ?? items[0];
      return item === undefined ? '' : used(item, { how: from % 5 === 0 ? 'named' : how, at });
    });
    for (const [at, text] of users.entries()) files[`src/use${at}.ts`] = text.replaceAll('\n', ending);
    files['src/main.ts'] = [
      'declare const console: { log(text: string): void };',
      ...users.map((_, at) => `import { result as result${at} } from './use${at}.js';`),
      `console.log(JSON.stringify([${users.map((_, at) => `result${at}`).join(', ')}]));`,
      '',
    ].join(ending);
    const item = items[chosen % items.length] ?? { name: 'item0', kind: 'const' as const, home: 0 };
    const member = item.kind === 'member' ? 'size' : item.kind === 'method' ? 'run' : item.kind === 'enum' ? 'One' : '';
    const path = member === '' ? item.name : `${item.name}.${member}`;
    const file = `src/module${item.home}.ts`;
    const name = path.slice(path.lastIndexOf('.') + 1);
    const fresh = to === name ? 'fresh' : to;
    return {
      files,
      wish: `${file}#${path}=${fresh}`,
      back: `${file}#${path.slice(0, path.length - name.length)}${fresh}=${name}`,
    };
  },
);

/** What a module declares: everything is called or read as `value(item)` in the same way. */
function declared({ name, kind }: Item): string {
  switch (kind) {
    case 'const':
      return `export const ${name} = 7;\nexport const twice${name} = ${name} * 2;\n`;
    case 'function':
      return `/** See {@link ${name}}. */\nexport function ${name}(value: number): number;\nexport function ${name}(value: number) { return value > 9 ? value : ${name}(value + 5); }\n`;
    case 'class':
      return `export class ${name} { value = 3; static make() { return new ${name}(); } }\n`;
    case 'type':
      return `export interface ${name} { size: number }\nexport const ${name}: ${name} = { size: 4 };\n`;
    case 'enum':
      return `export enum ${name} { One = 1, Two = One + 1 }\n`;
    case 'member':
      return `export interface ${name} { size: number; other?: ${name} }\nexport const make${name} = (size: number): ${name} => ({ size, other: { size } });\n`;
    case 'method':
      return `export abstract class ${name} { abstract run(): number; again() { return this.run(); } }\nexport class Child${name} extends ${name} { override run() { return 5; } }\n`;
    case 'local':
      return `const ${name} = 8;\nexport { ${name} };\n`;
  }
}

/** The expression that reads an item, under the name by which it is there; `from` is where it comes from. */
function read({ name, kind }: Item, local: string, from: string): string {
  switch (kind) {
    case 'function':
      return `${local}(1)`;
    case 'class':
      return `${local}.make().value`;
    case 'type':
      return `(${local} as ${local}).size`;
    case 'enum':
      return `${local}.One + ${local}['Two']`;
    case 'member':
      return `((one: ${local}) => { const { size } = one; return size + one['size']; })(${from}.make${name}(2))`;
    case 'method':
      return `((one: ${local}) => one.run() + one.again())(new ${from}.Child${name}())`;
    default:
      return local;
  }
}

function used(item: Item, { how, at }: { readonly how: (typeof uses)[number]; readonly at: number }): string {
  const { name, home, kind } = item;
  const path = `'./module${home}.js'`;
  const whole = `import * as whole from ${path};\n`;
  const isValue = kind !== 'member';
  switch (how) {
    case 'alias':
      return `${whole}import { ${name} as renamed } from ${path};\nexport const result = [whole && ${read(item, 'renamed', 'whole')}];\n`;
    case 'namespace':
      return `${whole}export const result = ${read(item, `whole.${name}`, 'whole')};\n`;
    case 'shorthand':
      return isValue
        ? `${whole}import { ${name} } from ${path};\nconst held = { ${name} };\nconst { ${name}: taken } = held;\nexport const result = [Object.keys(held), typeof taken, ${read(item, name, 'whole')}];\n`
        : `${whole}import type { ${name} } from './index.js';\nexport const result = ${read(item, name, 'whole')};\n`;
    case 'barrel':
      return `${whole}import { ${name} } from './index.js';\nexport const result = ${read(item, name, 'whole')};\n`;
    case 'spread':
      return `${whole}export ${isValue ? '' : 'type '}{ ${name} as passed${at} } from ${path};\nexport const result = ${read(item, `whole.${name}`, 'whole')};\n`;
    case 'shadow':
      return `${whole}import { ${name} } from ${path};\nconst value = 1;\nexport const result = [value, ((fresh: number) => fresh + value)(2), ${read(item, name, 'whole')}, '${name}'];\n`;
    default:
      return `${whole}import { ${name} } from ${path};\nexport const result = ${read(item, name, 'whole')};\n`;
  }
}
