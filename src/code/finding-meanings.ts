import { apiMeanings } from './api/api-meanings.ts';

/** What each rule of a finding about a working tree means in general; the finding says it with the user's names. */
export const treeMeanings: Readonly<Record<string, string>> = {
  'tree/manifest-broken': 'A package.json is not JSON, or a field is not of the form that package managers take.',
  'tree/manager-contradiction': 'Files or fields name different package managers, or one has two lock files.',
  'tree/lock-missing': 'No lock file says which versions are used.',
  'tree/lock-stale': 'The lock file does not hold what package.json declares; a frozen install stops there.',
  'tree/node-contradiction': 'Two places name versions of Node that exclude each other.',
  'package/engine': 'A dependency does not run on the Node in use, or on one that the tree names or allows.',
  'package/peer': 'A package wants another beside it, which is not there or of a version that does not fit.',
  'package/deprecated': 'The publisher of a package says not to use this version.',
  ...apiMeanings,
};
