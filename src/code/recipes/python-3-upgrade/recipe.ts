import type { Recipe } from '../../recipe.ts';
import { metaclassType, newStyleClasses, superCalls, yieldFrom } from './transforms/classes.ts';
import {
  comprehensionSplat,
  dictLiterals,
  nestedSplat,
  setLiterals,
  unpackListComprehension,
} from './transforms/comprehensions.ts';
import { exceptionAliases, repeatedTypes } from './transforms/exceptions.ts';
import { formatLiterals, formatLocals, fStrings } from './transforms/format-calls.ts';
import { forwardReferences } from './transforms/forward-references.ts';
import { movedImports } from './transforms/imports.ts';
import { lazyImports } from './transforms/lazy-imports.ts';
import { defaultdictLambda, nativeLiterals, typeOfPrimitive } from './transforms/native-literals.ts';
import { ioOpen, openEncoding, openMode } from './transforms/open-calls.ts';
import { percentFormat } from './transforms/percent-format.ts';
import { removePrefix, sentinels } from './transforms/prefixes.ts';
import { asyncioLoops, removedNamesAndModules, utcNow } from './transforms/removed-api.ts';
import { sixCalls, sixDecorators, sixMetaclasses, sixNames } from './transforms/six.ts';
import {
  argparseSuggestions,
  collectionsAbc,
  datetimeUtc,
  literalIdentity,
  lruCache,
  mockMock,
  shlexJoin,
  subprocessRun,
  unittestAliases,
} from './transforms/standard-library.ts';
import {
  codingCookie,
  defaultEncoding,
  encodedLiterals,
  escapeSequences,
  extraParentheses,
  unicodePrefix,
} from './transforms/strings.ts';
import { typedClasses } from './transforms/typed-classes.ts';
import { builtinGenerics, generatorDefaults, typingText, unionTypes, unpackedTypes } from './transforms/typing.ts';
import { unreadSyntax } from './transforms/unread-syntax.ts';
import { pytestSkipif, versionedBlocks } from './transforms/versioned-blocks.ts';

const versions = ['3.0', '3.6', '3.7', '3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.14', '3.15'];
const flag = (summary: string) => ({ summary, default: 'false', choices: ['true', 'false'] });

/** What newer Pythons replaced is written as the oldest one that must still run the files spells it. */
export const python3Upgrade: Recipe = {
  id: 'python-3-upgrade',
  summary: 'Python files speak the Python that they are for: syntax, typing and standard library, up to 3.15',
  why: 'Each Python removes what it deprecated before, and says shorter what needed a detour.',
  applies: [{ package: 'python', from: '>=2.7 <3.15', to: '>=3.6 <3.16' }],
  risk: 'medium',
  params: {
    target: {
      summary: 'The oldest Python that must still run the files',
      default: '3.14',
      choices: versions,
    },
    newest: {
      summary: 'The newest Python that must run them: what it removed is named',
      default: '3.14',
      choices: versions,
    },
    'aware-datetimes': flag(
      'Write `datetime.utcnow()` as an aware `datetime.now(UTC)`, which compares with no naive one',
    ),
    'keep-mock': flag('Leave the package `mock` where it is used'),
    'keep-percent-format': flag('Leave formats of `%`'),
    'keep-runtime-typing': flag(
      'Leave typing that a program may read, where only lazy annotations would allow to write it anew',
    ),
  },
  transforms: [
    unreadSyntax,
    versionedBlocks,
    pytestSkipif,
    lazyImports,
    // Before all that may find something in what it takes out of quotes.
    forwardReferences,
    sixMetaclasses,
    sixDecorators,
    sixCalls,
    typeOfPrimitive,
    nativeLiterals,
    sixNames,
    newStyleClasses,
    metaclassType,
    superCalls,
    yieldFrom,
    sentinels,
    setLiterals,
    dictLiterals,
    unpackListComprehension,
    comprehensionSplat,
    nestedSplat,
    defaultdictLambda,
    exceptionAliases,
    repeatedTypes,
    openMode,
    openEncoding,
    ioOpen,
    argparseSuggestions,
    mockMock,
    lruCache,
    subprocessRun,
    shlexJoin,
    unittestAliases,
    literalIdentity,
    removePrefix,
    collectionsAbc,
    datetimeUtc,
    typedClasses,
    typingText,
    builtinGenerics,
    unionTypes,
    unpackedTypes,
    generatorDefaults,
    percentFormat,
    formatLiterals,
    fStrings,
    formatLocals,
    defaultEncoding,
    unicodePrefix,
    escapeSequences,
    encodedLiterals,
    extraParentheses,
    codingCookie,
    movedImports,
    removedNamesAndModules,
    utcNow,
    asyncioLoops,
  ],
};
