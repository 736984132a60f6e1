import type { Recipe } from '../../recipe.ts';
import { base64 } from './transforms/base64.ts';
import { bufferConstructor, slowBuffer } from './transforms/buffers.ts';
import { cryptoFips } from './transforms/crypto-fips.ts';
import { direntPath } from './transforms/dirent-path.ts';
import { errorCodes } from './transforms/error-codes.ts';
import { fsModes, fsRmdir, fsTruncate, promisesRmdir } from './transforms/fs-calls.ts';
import { http2Priority } from './transforms/http2-priority.ts';
import { importAttributes } from './transforms/import-attributes.ts';
import { leftToPeople } from './transforms/left-to-people.ts';
import { movedExports } from './transforms/moved-exports.ts';
import { nativeError } from './transforms/native-error.ts';
import { outgoingHeaders, zlibBytes } from './transforms/object-members.ts';
import { passwordCiphers } from './transforms/password-ciphers.ts';
import { mainModule, processAssert, processBinding } from './transforms/process-words.ts';
import { renamedExports } from './transforms/renamed-exports.ts';
import { rsaPss } from './transforms/rsa-pss.ts';
import { securePair } from './transforms/secure-pair.ts';
import { timers } from './transforms/timers.ts';
import { urlFormat } from './transforms/url-format.ts';
import { urlParse } from './transforms/url-parse.ts';
import { utilChecks } from './transforms/util-checks.ts';
import { utilExtend, utilLog, utilPrint } from './transforms/util-words.ts';
import { withNew } from './transforms/with-new.ts';

/** What Node removed or deprecated up to 24 is written as it wants it; what cannot be seen is reported. */
export const node22To24: Recipe = {
  id: 'node-22-to-24',
  summary: 'Programs of Node 16 to 22 speak Node 24: removed and deprecated API of the built-in modules',
  why: 'Node 22, 23 and 24 remove what had been deprecated for years, and warn of more (the list Deprecated APIs of its manual).',
  applies: [{ package: 'node', from: '>=14 <24', to: '>=24 <27' }],
  risk: 'medium',
  transforms: [
    utilChecks,
    utilLog,
    utilPrint,
    utilExtend,
    nativeError,
    fsModes,
    fsRmdir,
    promisesRmdir,
    fsTruncate,
    slowBuffer,
    bufferConstructor,
    base64,
    cryptoFips,
    ...renamedExports,
    ...withNew,
    processAssert,
    mainModule,
    processBinding,
    importAttributes,
    errorCodes,
    ...movedExports,
    zlibBytes,
    outgoingHeaders,
    securePair,
    direntPath,
    rsaPss,
    passwordCiphers,
    http2Priority,
    timers,
    urlParse,
    urlFormat,
    leftToPeople,
  ],
};
