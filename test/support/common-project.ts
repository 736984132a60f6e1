import fc from 'fast-check';

/** A project of CommonJS that prints what it found. `main.js` is its entry. */
export type CommonProject = { readonly files: Readonly<Record<string, string>> };

/** What a module exports: always a function `a` and a value `b`, in one of these shapes. */
const shapes: Readonly<Record<string, (id: string) => string>> = {
  shorthand: (id) => `function a() { return '${id}a'; }\nconst b = '${id}b';\nmodule.exports = { a, b };`,
  renamed: (id) =>
    `const one = () => '${id}a';\nlet two = '${id}b';\nmodule.exports = {\n  // first\n  a: one,\n  b: two,\n};`,
  mixed: (id) => `module.exports = { a() { return '${id}a' + this.b; }, get b() { return '${id}b'; }, c: 1 };`,
  properties: (id) =>
    `exports.a = function () { return '${id}a'; };\nexports.b = '${id}b';\nexports.c = () => exports.a() + exports.b;`,
  longProperties: (id) => `module.exports.a = () => '${id}a';\nmodule.exports.b = module.exports.a() + 'b';`,
  named: (id) => `exports.a = a;\nexports.b = '${id}b';\nfunction a() { return '${id}a' + exports.b; }`,
  callable: (id) =>
    `module.exports = function make() { return '${id}'; };\nmodule.exports.a = () => '${id}a' + module.exports();\nmodule.exports.b = '${id}b';`,
  declared: (id) =>
    `module.exports = make;\nfunction make() { return '${id}'; }\nmake.a = () => '${id}a';\nmake.b = '${id}b';`,
  both: (id) =>
    `exports = module.exports = () => '${id}';\nexports.a = () => '${id}a' + typeof module.exports;\nexports.b = '${id}b';`,
  classy: (id) =>
    `module.exports = class Thing { static a() { return '${id}a' + new Thing().own(); }\n  own() { return 'own'; } };\nmodule.exports.b = '${id}b';`,
  conditional: (id) =>
    `if (process.argv.length > 0) {\n  module.exports = { a: () => '${id}a', b: '${id}b' };\n} else {\n  module.exports = {};\n}`,
  computed: (id) => `for (const key of ['a', 'b']) exports[key] = key === 'a' ? () => '${id}a' : '${id}b';`,
  defined: (id) =>
    `Object.defineProperty(exports, 'a', { enumerable: true, value: () => '${id}a' });\nexports.b = '${id}b';`,
  marked: (id) =>
    `Object.defineProperty(exports, '__esModule', { value: true });\nexports.a = () => '${id}a';\nexports.b = '${id}b';`,
  counting: (id) => `exports.b = 0;\nexports.a = () => '${id}' + (exports.b += 1);`,
  chained: (id) => `exports.a = exports.alias = () => '${id}a';\nexports.b = '${id}b';`,
  reassigned: (id) => `module.exports = { a: () => '${id}old' };\nmodule.exports = { a: () => '${id}a', b: '${id}b' };`,
  spread: (id) => `const own = { a: () => '${id}a', b: '${id}b' };\nmodule.exports = { ...own, c: 2 };`,
  reserved: (id) => `exports.delete = () => '${id}d';\nexports.a = () => exports.delete();\nexports.b = '${id}b';`,
  shadowing: (id) =>
    `exports.a = (b) => { const a = 'inner'; return '${id}a' + a + (b ?? exports.b); };\nexports.b = '${id}b';`,
};

/** How a module is taken; each sets `got`. */
const takings: Readonly<Record<string, (way: string, n: number) => string>> = {
  whole: (way, n) => `const m${n} = require('${way}');\ngot.push(m${n}.a(), m${n}.b);`,
  names: (way, n) => `const { a: a${n}, b: b${n} } = require('${way}');\ngot.push(typeof a${n}, b${n});`,
  defaults: (way, n) => `const { b: d${n} = 1, zz: z${n} = 5 } = require('${way}');\ngot.push(d${n}, z${n});`,
  rest: (way, n) => `const { a: e${n}, ...rest${n} } = require('${way}');\ngot.push(rest${n}.b);`,
  member: (way, n) => `const f${n} = require('${way}').b;\ngot.push(f${n});`,
  inline: (way) => `got.push(require('${way}').a());`,
  keys: (way, n) => `const k${n} = require('${way}');\ngot.push(Object.keys(k${n}).sort().join());`,
  spreading: (way) => `got.push({ ...require('${way}') }.b);`,
  later: (way, n) => `function later${n}() { const all = require('${way}'); return all.a(); }\ngot.push(later${n}());`,
  condition: (way, n) => `let c${n};\nif (got.length >= 0) c${n} = require('${way}').b;\ngot.push(c${n});`,
  optional: (way, n) =>
    `let o${n};\ntry {\n  o${n} = require('${way}');\n} catch {\n  o${n} = { b: 'none' };\n}\ngot.push(o${n}.b);`,
  changing: (way, n) => `const p${n} = require('${way}');\np${n}.extra = '${n}';\ngot.push(p${n}.extra);`,
  several: (way, n) =>
    `var s${n} = require('${way}'), t${n} = 1, u${n} = require('path');\ngot.push(s${n}.b, t${n}, u${n}.basename('/x/y'));`,
  rebound: (way, n) => `let r${n} = require('${way}');\nr${n} = r${n}.b;\ngot.push(r${n});`,
  handing: (way, n) => `const h${n} = require('${way}');\n((all) => got.push(all.a()))(h${n});`,
  effect: (way) => `require('${way}');`,
  missing: (way, n) => `const { nothing: n${n} } = require('${way}');\ngot.push(typeof n${n});`,
};

/** Other things that a module may do. */
const habits: Readonly<Record<string, string>> = {
  none: '',
  order: "globalThis.order.push('ID');",
  place: "const { join } = require('path');\ngot.push(join(__dirname, 'x').slice(-1));",
  builtin: "got.push(require('os').EOL.length, require('util').inspect({ x: 1 }));",
  main: "got.push(require.main === module ? 'main' : 'part');",
  resolve: "got.push(require.resolve('./main').slice(-7, -3));",
  environment: "process.env.GENERATED = 'yes';",
  setting: "function set() { process.env.GENERATED = 'ID'; }\nset();",
  alias: "const { env } = process;\nenv.GENERATED = 'ID';",
  counting: 'globalThis.order.length += 1;',
  plainThis: 'function whose() { return typeof this; }\ngot.push(whose());',
  globalObject: 'const root = (function () { return this; })();\ngot.push(typeof (root && root.setTimeout));',
  mapped: 'function cap(x) { if (x > 10) arguments[0] = 10; return x; }\ngot.push(cap(99));',
  followed: "function pick(x, y) { if (x) { y = x; x = 'none'; } return arguments[0] + y; }\ngot.push(pick('ID', 1));",
  frozen: 'const kept = Object.freeze({ k: 1 });\ntry { kept.k = 2; } catch { got.push("threw"); }\ngot.push(kept.k);',
  ownName: 'got.push((function own() { try { own = 1; } catch { return "threw"; } return typeof own; })());',
  evaluated: "(() => { eval('var made = 1'); got.push(typeof made); })();",
  block: "var inner = () => 'outer';\n{ function inner() { return 'inner'; } }\ngot.push(inner());",
  looking: 'got.push(process.env.GENERATED, globalThis.order.length);',
};

const taking = fc.record({ kind: fc.constantFrom(...Object.keys(takings)), target: fc.nat(7) });
const module = fc.record({
  shape: fc.constantFrom(...Object.keys(shapes)),
  takings: fc.array(taking, { maxLength: 3 }),
  habit: fc.constantFrom(...Object.keys(habits)),
  isStrict: fc.boolean(),
  isFirst: fc.boolean(),
  folder: fc.constantFrom('', 'lib/', 'lib/deep/'),
});

/** Projects whose modules require only those that come after them. */
export const commonProject: fc.Arbitrary<CommonProject> = fc
  .array(module, { minLength: 2, maxLength: 7 })
  .map((modules) => {
    const paths = modules.map(({ folder }, at) => `${folder}m${at}x.js`);
    const body = (path: string, from: number, { takings: all, habit }: (typeof modules)[number]) => {
      const lines = all.flatMap(({ kind, target }, n) => {
        const others = paths.slice(from);
        const to = others[target % Math.max(1, others.length)];
        return to === undefined ? [] : [takings[kind]?.(wayTo(path, to, target % 2 === 0), n) ?? ''];
      });
      const own = habit === 'resolve' && path.includes('/') ? '' : (habits[habit] ?? '').replace('ID', path);
      return { lines, own };
    };
    const files: Record<string, string> = { 'package.json': '{ "name": "generated", "private": true }\n' };
    modules.forEach((one, at) => {
      const path = paths[at] ?? '';
      const { lines, own } = body(path, at + 1, one);
      const parts = [
        one.isStrict ? "'use strict';\n" : '',
        'const got = [];',
        ...(one.isFirst ? [own, ...lines] : [...lines, own]),
        'globalThis.all.push(got);',
        shapes[one.shape]?.(`m${at}`) ?? '',
      ];
      files[path] = `${parts.filter((part) => part !== '').join('\n')}\n`;
    });
    const first = modules[0];
    const { lines } = first === undefined ? { lines: [] } : body('main.js', 0, first);
    files['start.js'] = 'globalThis.all = [];\nglobalThis.order = [];\n';
    files['main.js'] = [
      "require('./start');",
      'const got = [];',
      ...paths.map((path, at) => `const q${at} = require('./${path.replace(/\.js$/, '')}');\ngot.push(q${at}.b);`),
      ...lines,
      'console.log(JSON.stringify([got, globalThis.all, globalThis.order]));',
      '',
    ].join('\n');
    return { files };
  });

function wayTo(from: string, to: string, isShort: boolean): string {
  const up = '../'.repeat(from.split('/').length - 1);
  return `${up === '' ? './' : up}${isShort ? to.replace(/\.js$/, '') : to}`;
}
