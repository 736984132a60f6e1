import fc from 'fast-check';

/** A type as JSDoc says it, with a value of it. */
type Typed = { readonly type: string; readonly value: string };

const plain = fc.constantFrom<Typed>(
  { type: 'string', value: "'a'" },
  { type: 'number', value: '1' },
  { type: 'boolean', value: 'true' },
  { type: 'String', value: "'b'" },
  { type: '?number', value: 'null' },
  { type: "'a' | 'b'", value: "'a'" },
  { type: 'Date', value: 'new Date(0)' },
  { type: '{ x: number, y?: string }', value: '{ x: 1 }' },
  { type: 'function(string): boolean', value: '(text) => text.length > 0' },
  { type: '(a: number) => void', value: '() => {}' },
  { type: 'Object<string, number>', value: '{ a: 1 }' },
  { type: '*', value: '1' },
);
const typed: fc.Arbitrary<Typed> = fc.oneof(
  { weight: 3, arbitrary: plain },
  plain.map(({ type, value }) => ({ type: `Array<${type}>`, value: `[${value}]` })),
  plain.map(({ type, value }) => ({ type: `(${type})[]`, value: `[${value}]` })),
  plain.map(({ type, value }) => ({ type: `Promise<${type}>`, value: `Promise.resolve(${value})` })),
  plain.map(({ type, value }) => ({ type: `Map<string, ${type}>`, value: `new Map([['k', ${value}]])` })),
);
const prose = fc.constantFrom('', ' - What it is for.', ' some words');

type Parameter = Typed & { readonly way: 'needed' | 'optional' | 'initial' | 'nested'; readonly prose: string };
const parameter: fc.Arbitrary<Parameter> = fc
  .record({
    type: fc.constant(''),
    value: fc.constant(''),
    way: fc.constantFrom('needed' as const, 'optional' as const, 'initial' as const, 'nested' as const),
    prose,
  })
  .chain((one) => typed.map((given) => ({ ...one, ...given })));

const rank = { needed: 0, nested: 1, optional: 2, initial: 3 };

function functionText(name: string, { given, result, rest, form }: Made): string {
  const parameters = given.toSorted((one, other) => rank[one.way] - rank[other.way]);
  const tags = parameters.flatMap(({ type, way, prose: words, value }, at) => {
    if (way === 'needed') return [` * @param {${type}} p${at}${words}`];
    if (way === 'optional') return [` * @param {${type}} [p${at}]${words}`];
    if (way === 'initial') return [` * @param {${type}} [p${at}=${value.replace(/[[\]]/g, '')}]${words}`];
    return [
      ` * @param {Object} p${at}${words}`,
      ` * @param {${type}} p${at}.inner${words}`,
      ` * @param {${type}} [p${at}.other]`,
    ];
  });
  const names = parameters.map(({ way, value }, at) => (way === 'initial' ? `p${at} = ${value}` : `p${at}`));
  const all = [...names, ...(rest === undefined ? [] : ['...rest'])].join(', ');
  const comment = [
    '/**',
    ` * Does ${name}.`,
    ' *',
    ...tags,
    ...(rest === undefined ? [] : [` * @param {...${rest.type.includes(' ') ? `(${rest.type})` : rest.type}} rest`]),
    ` * @returns {${result.type}}`,
    ' */',
  ].join('\n');
  if (form === 'arrow') return `${comment}\nexport const ${name} = (${all}) => (${result.value});`;
  return `${comment}\nexport function ${name}(${all}) {\n  return ${result.value};\n}`;
}

type Made = {
  readonly given: readonly Parameter[];
  readonly result: Typed;
  readonly rest: Typed | undefined;
  readonly form: 'function' | 'arrow';
};

const functions = fc
  .record({
    given: fc.array(parameter, { maxLength: 4 }),
    result: typed,
    rest: fc.option(plain, { nil: undefined, freq: 4 }),
    form: fc.constantFrom('function' as const, 'arrow' as const),
  })
  .map((made) => (name: string) => functionText(name, made));
const variables = typed.map(
  ({ type, value }) =>
    (name: string) =>
      `/** @type {${type}} */\nexport const ${name} = ${value};`,
);
const casts = typed.map(
  ({ type, value }) =>
    (name: string) =>
      `export const ${name} = /** @type {${type}} */ (${value});`,
);
const types = fc.tuple(typed, typed, prose).map(
  ([first, second, words]) =>
    (name: string) =>
      `/**\n * A type.\n *\n * @typedef {object} ${name}\n * @property {${first.type}} first${words}\n * @property {${second.type}} [second]\n */\n\n/** @type {${name}} */\nexport const of${name} = { first: ${first.value} };`,
);
const classes = fc.tuple(typed, typed).map(
  ([first, second]) =>
    (name: string) =>
      `/** @template T */\nexport class ${name} {\n  /** @type {${first.type}} */\n  own = ${first.value};\n\n  /** @param {T} given */\n  constructor(given) {\n    /** @type {T} */\n    this.given = given;\n    this.count = 0;\n    /** @type {${second.type}} */\n    this.set = ${second.value};\n  }\n\n  /** @returns {T} */\n  get() {\n    return this.given;\n  }\n}`,
);
const generics = typed.map(
  ({ type }) =>
    (name: string) =>
      `/**\n * @template {${type.startsWith('*') ? 'string' : type}} T\n * @template [U=string]\n * @param {T} value\n * @param {(value: T) => U} made\n * @returns {U}\n */\nexport const ${name} = (value, made) => made(value);`,
);

/** Text of a JavaScript module whose types all stand in comments. */
export const typedModule: fc.Arbitrary<string> = fc
  .array(fc.oneof(functions, variables, casts, types, classes, generics), { minLength: 1, maxLength: 6 })
  .map((all) => `${all.map((made, at) => made(`N${at}`)).join('\n\n')}\n`);
