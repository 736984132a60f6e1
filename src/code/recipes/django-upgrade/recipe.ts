import type { Recipe } from '../../recipe.ts';
import { targetParam } from './reading/django-file.ts';
import { adminDecorators, allowTags } from './transforms/admin-attributes.ts';
import { adminRegister } from './transforms/admin-register.ts';
import {
  formatHtml,
  mailKeywords,
  multipleChoiceMessages,
  randomString,
  renderToResponse,
  signalArguments,
  signerKeywords,
  systemChecks,
} from './transforms/calls.ts';
import { djangoAdmin } from './transforms/django-admin.ts';
import { fieldChoices, nullBoolean, onDelete } from './transforms/fields.ts';
import { indexTogether } from './transforms/index-together.ts';
import { aggregateOrder, checkConstraint, emailAllowlist, findAll } from './transforms/keyword-names.ts';
import { defaultMailer, failSilently } from './transforms/mail.ts';
import { movedImports } from './transforms/moved-imports.ts';
import { permalink } from './transforms/permalink.ts';
import {
  changedDefaults,
  daylightSaving,
  indexesOfMigrations,
  indexMigration,
  removedApi,
  templates,
} from './transforms/removed-api.ts';
import { removedUses } from './transforms/removed-uses.ts';
import {
  decimalRange,
  lookupSpawnsDuplicates,
  paginator,
  savepoint,
  textEncoding,
  translation,
} from './transforms/renamed-names.ts';
import { requestHeaders, requestUser } from './transforms/requests.ts';
import {
  adminAddresses,
  defaultAppConfig,
  defaultAutoField,
  passwordResetTimeout,
  postgresEngine,
  urlFieldHttps,
  useL10n,
} from './transforms/settings.ts';
import { fixedOffset, utilsHttp, utilsText } from './transforms/standard-library.ts';
import { storages } from './transforms/storages.ts';
import { stringAgg } from './transforms/string-agg.ts';
import { assertFormError, assertSet, testDatabases, testSetup } from './transforms/test-cases.ts';
import { testHeaders } from './transforms/test-headers.ts';
import { timezoneUtc } from './transforms/timezone-utc.ts';
import { urls } from './transforms/urls.ts';
import { versionedBranches, versionedSkips } from './transforms/versions.ts';

/** Django's own releases, which a tree can be written for. */
export const djangoReleases: readonly string[] =
  '1.7 1.8 1.9 1.10 1.11 2.0 2.1 2.2 3.0 3.1 3.2 4.0 4.1 4.2 5.0 5.1 5.2 6.0 6.1'.split(' ');

/** What newer Djangos replaced is written as the oldest one that must still run the files spells it. */
export const djangoUpgrade: Recipe = {
  id: 'django-upgrade',
  summary: 'Django projects and applications speak the Django that they are for, up to 6.1',
  why: 'Each Django removes what it deprecated two releases before; its release notes say what takes the place.',
  applies: [{ package: 'django', from: '>=1.7 <6.1', to: '>=1.8 <6.2' }],
  risk: 'medium',
  params: {
    [targetParam]: {
      summary: 'The oldest Django that must still run the files',
      default: '5.2',
      choices: djangoReleases,
    },
  },
  transforms: [
    versionedBranches,
    versionedSkips,
    movedImports,
    adminRegister,
    adminDecorators,
    allowTags,
    assertFormError,
    assertSet,
    testDatabases,
    testSetup,
    testHeaders,
    checkConstraint,
    emailAllowlist,
    aggregateOrder,
    findAll,
    randomString,
    signalArguments,
    multipleChoiceMessages,
    systemChecks,
    renderToResponse,
    formatHtml,
    mailKeywords,
    failSilently,
    defaultMailer,
    lookupSpawnsDuplicates,
    decimalRange,
    paginator,
    textEncoding,
    translation,
    savepoint,
    utilsHttp,
    utilsText,
    fixedOffset,
    timezoneUtc,
    nullBoolean,
    onDelete,
    fieldChoices,
    indexMigration,
    indexesOfMigrations,
    indexTogether,
    permalink,
    urls,
    requestHeaders,
    requestUser,
    // Before what says a default again is taken out.
    changedDefaults,
    useL10n,
    urlFieldHttps,
    defaultAutoField,
    adminAddresses,
    defaultAppConfig,
    passwordResetTimeout,
    postgresEngine,
    storages,
    signerKeywords,
    djangoAdmin,
    removedApi,
    removedUses,
    // Behind what is told of the aggregates that PostgreSQL alone had.
    stringAgg,
    daylightSaving,
    templates,
  ],
};
