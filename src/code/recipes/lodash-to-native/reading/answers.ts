import type { Kind } from '../native-form.ts';
import type { Kinds } from './kinds-of-type.ts';

/** Functions of lodash that answer this and nothing else, whatever they are given. */
const lodash: Readonly<Partial<Record<Kind, string>>> = {
  array:
    'map filter reject sortBy orderBy uniq uniqBy uniqWith flatten flattenDeep flattenDepth flatMap flatMapDeep flatMapDepth keys keysIn values valuesIn toPairs toPairsIn entries compact difference differenceBy differenceWith intersection intersectionBy intersectionWith union unionBy unionWith xor xorBy xorWith without chunk zip zipWith unzip concat drop dropRight dropRightWhile dropWhile take takeRight takeRightWhile takeWhile tail initial slice shuffle sampleSize range rangeRight times toArray castArray split words at pullAt remove functions partition invokeMap sortedUniq sortedUniqBy toPath',
  string:
    'camelCase capitalize deburr escape escapeRegExp kebabCase lowerCase lowerFirst pad padEnd padStart repeat replace snakeCase startCase toLower toString toUpper trim trimEnd trimStart truncate unescape uniqueId upperCase upperFirst join',
  number:
    'size findIndex findLastIndex indexOf lastIndexOf sortedIndex sortedIndexBy sortedIndexOf sortedLastIndex random clamp toInteger toLength toNumber toFinite toSafeInteger parseInt now floor ceil round',
  boolean:
    'includes some every isArray isArrayLike isBoolean isDate isEmpty isEqual isError isFinite isFunction isInteger isMap isNaN isNil isNull isNumber isObject isObjectLike isPlainObject isRegExp isSafeInteger isSet isString isSymbol isUndefined has hasIn startsWith endsWith eq gt gte lt lte inRange isMatch',
};

const globals: Readonly<Partial<Record<Kind, string>>> = {
  array:
    'Object.keys Object.values Object.entries Object.getOwnPropertyNames Object.getOwnPropertySymbols Array.of Array.from',
  string: 'String String.fromCharCode String.raw encodeURIComponent decodeURIComponent encodeURI decodeURI',
  number:
    'Number Date.now parseInt parseFloat Number.parseInt Number.parseFloat Math.abs Math.ceil Math.floor Math.round Math.max Math.min Math.random Math.sqrt Math.trunc Math.sign Math.pow',
  boolean: 'Boolean Array.isArray Number.isInteger Number.isFinite Number.isNaN isNaN isFinite Object.hasOwn',
};

const members: Readonly<Partial<Record<Kind, Readonly<Partial<Record<Kind, string>>>>>> = {
  array: {
    array:
      'map filter slice concat flat flatMap reverse sort splice fill copyWithin toSorted toReversed toSpliced with',
    string: 'join toString',
    number: 'indexOf lastIndexOf findIndex findLastIndex push unshift',
    boolean: 'some every includes',
  },
  string: {
    array: 'split',
    string:
      'trim trimStart trimEnd toLowerCase toUpperCase slice substring substr replace replaceAll concat repeat padStart padEnd charAt normalize toString',
    number: 'indexOf lastIndexOf search localeCompare charCodeAt',
    boolean: 'startsWith endsWith includes',
  },
  number: { string: 'toString toFixed toPrecision toExponential' },
};

function looked(table: Readonly<Partial<Record<Kind, string>>>): ReadonlyMap<string, Kinds> {
  const kinds: readonly Kind[] = ['array', 'string', 'number', 'boolean'];
  return new Map(
    kinds.flatMap((kind) =>
      (table[kind] ?? '').split(' ').map((name): readonly [string, Kinds] => [name, new Set([kind])]),
    ),
  );
}

const ofLodash = looked(lodash);
const ofGlobals = looked(globals);
const ofMembers: ReadonlyMap<Kind, ReadonlyMap<string, Kinds>> = new Map(
  (['array', 'string', 'number'] as const).map((kind) => [kind, looked(members[kind] ?? {})]),
);

/** What a function of lodash answers; undefined where that hangs on what it is given. */
export function answersOf(method: string): Kinds {
  return ofLodash.get(method);
}

/** What a function of the global scope answers, by its dotted name. */
export function globalAnswers(name: string): Kinds {
  return ofGlobals.get(name);
}

/** What a method of a value of a kind answers. */
export function memberAnswers(kind: Kind, name: string): Kinds {
  return ofMembers.get(kind)?.get(name);
}

/** Functions of lodash of which it is known what they answer. */
export const namesAnswered: readonly string[] = [...ofLodash.keys()];
