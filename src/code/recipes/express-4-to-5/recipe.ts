import type { Recipe } from '../../recipe.ts';
import { companions } from './transforms/async-wrappers.ts';
import { removedExports, urlencodedExtended } from './transforms/body-parsers.ts';
import { contentTypes } from './transforms/content-types.ts';
import { debugNames } from './transforms/debug-names.ts';
import { dotfiles } from './transforms/dotfiles.ts';
import { formerDefaults } from './transforms/former-defaults.ts';
import { listenErrors } from './transforms/listen-errors.ts';
import { manifests } from './transforms/manifests.ts';
import { paramCallbacks } from './transforms/param-callbacks.ts';
import { parameterTypes } from './transforms/parameter-types.ts';
import { redirectBack, redirectOrder } from './transforms/redirects.ts';
import { acceptsPlurals, routeDelete, sendFileName } from './transforms/renamed-methods.ts';
import { requestParam } from './transforms/request-param.ts';
import { bareObjects, requestHost, requestQuery } from './transforms/request-properties.ts';
import { clearCookieExpiry, statusIntegers, varyField } from './transforms/response-values.ts';
import { routePaths } from './transforms/route-paths.ts';
import { staticMime } from './transforms/static-mime.ts';
import { statusArguments } from './transforms/status-arguments.ts';

/** What Express 5 removed or reads in another way is written as it wants it; what cannot be seen is reported. */
export const express4To5: Recipe = {
  id: 'express-4-to-5',
  summary: 'Applications of Express 4 speak Express 5: methods, arguments, paths, defaults',
  why: 'Express 5 removes what version 4 deprecated, parses paths with path-to-regexp 8, and changes defaults (the guide Migrating to Express 5).',
  applies: [{ package: 'express', from: '>=4 <5', to: '>=5 <6' }],
  risk: 'medium',
  transforms: [
    routeDelete,
    acceptsPlurals,
    statusArguments,
    redirectOrder,
    redirectBack,
    sendFileName,
    dotfiles,
    staticMime,
    requestParam,
    routePaths,
    paramCallbacks,
    requestHost,
    requestQuery,
    bareObjects,
    statusIntegers,
    varyField,
    clearCookieExpiry,
    urlencodedExtended,
    removedExports,
    listenErrors,
    companions,
    parameterTypes,
    contentTypes,
    debugNames,
    formerDefaults,
    manifests,
  ],
};
