import { apiMeanings } from './api/api-meanings.ts';

/** What each rule of a finding about a working tree means in general; the finding says it with the user's names. */
export const treeMeanings: Readonly<Record<string, string>> = {
  'tree/manifest-broken': 'A package.json is not JSON, or a field is not of the form that package managers take.',
  'tree/manager-contradiction': 'Files or fields name different package managers, or one has two lock files.',
  'tree/lock-missing': 'No lock file says which versions are used.',
  'tree/lock-stale': 'The lock file does not hold what package.json declares; a frozen install stops there.',
  'tree/node-contradiction': 'Two places name versions of Node that exclude each other.',
  'tree/node-place-left':
    'A place names an older Node than an upgrade goes to, and cannot be written anew with certainty.',
  'tree/node-for-users': 'The `engines` of a package that others may install are raised.',
  'tree/python-contradiction': 'A place names an older Python than the package itself asks for.',
  'tree/python-two-named': 'A tree still says that it serves Python 2, which no rewritten file runs on.',
  'tree/python-place-left':
    'A place names an older Python than an upgrade goes to, and cannot be written anew with certainty.',
  'tree/django-place-left':
    'A place names an older Django than an upgrade goes to, and cannot be written anew with certainty.',
  'tree/django-lock': 'A lock file holds the Django of before, and only its own tool can write it anew.',
  'tree/django-python': 'A place names a Python on which the wanted Django does not run.',
  'tree/django-long-way': 'An upgrade of Django passes a release with long-term support without stopping there.',
  'tree/python-first-release':
    'A place names one release of Python, and gets the first of the new ones, as no other was named.',
  'tree/python-for-users': 'The Python that a package asks of its users is raised.',
  'package/engine': 'A dependency does not run on the Node in use, or on one that the tree names or allows.',
  'package/peer': 'A package wants another beside it, which is not there or of a version that does not fit.',
  'package/exact': 'A version is declared exactly, because a range would install another than the one that was chosen.',
  'package/held-back': 'A package stays where it is when everything is upgraded, because another blocks it.',
  'package/side-by-side':
    'A new major ends what other packages need, so the major before stays beside it under the old name.',
  'package/there': 'A package that is wished for has the version already.',
  'package/major-passed':
    'An upgrade does not go through a major: it has no sound version, or fits nothing that is there.',
  'package/inside-moves': 'A package that another brings must move in the lock file to fit what an upgrade takes.',
  'package/newer-left-out': 'A newer version of the same major is not taken, because something speaks against it.',
  'package/peer-widened': 'A package of the tree takes a new major as peer, beside those that it took before.',
  'package/pin-kept': 'The root pins a version under conditions; an upgrade leaves that as it is.',
  'package/deprecated': 'The publisher of a package says not to use this version.',
  'tree/hooks':
    'Hooks of the repository run for every commit of a plan, also where the tree cannot pass its checks yet.',
  'tree/not-looked-at': 'A plan says nothing of a part of the tree, because it could not be looked at.',
  'api/deprecated': 'What the tree uses is marked as deprecated in the version that an upgrade installs.',
  'package/flag-offered':
    'A move that leaves something to people could be made with the old and the new version side by side first.',
  'recipe/failed': 'A recipe threw, did not end, or made a text that does not parse: that file was left as it is.',
  'recipe/refused': 'A part of a recipe is of a kind that godwit does not run, or was not allowed to.',
  'recipe/high-risk': 'A recipe says of itself that a person has to look at each of its changes.',
  'recipe/published-tool': 'The makers of a package publish a tool for this move, which godwit does not call unasked.',
  'recipe/foreign-tool': 'A step calls a tool of others, which may do whatever the user may.',
  'move/image':
    'A word of a Dockerfile or a compose file may name what moves, and nothing proves what stands there in the image.',
  'move/mention':
    'A text looks like the path of a file that moves, and is no specifier: it is named, and left as it is.',
  'move/computed': 'A path that is put together at run time, or a pattern of a bundler, may reach a file that moves.',
  'move/unexplained': 'A specifier that nothing in the tree explains ends like the path of a file that moves.',
  'move/untracked':
    'A file that moves names a path that git tracks nothing at; it is written so that it leads there still.',
  'move/own-place': 'A file that moves asks where it stands, and gets another answer afterwards.',
  'move/pattern':
    'A pattern of a configuration takes a file in before a move and not after it, or the other way round.',
  'move/public-name':
    'A package gives a file to others by a name of its `exports`, and the name leads nowhere after a move.',
  'move/dependency-missing': 'A file that comes into a package needs another one that this package does not declare.',
  'move/module-type': 'A file that comes into a package is read there as the other kind of module.',
  'cycle/left':
    'Modules that import each other cannot be parted without changing what the program does; the places say why.',
  'cycle/other-cut': 'A cycle of imports could be cut otherwise than is proposed, at a price that is named.',
  'cycle/harmless': 'Modules import each other by types alone or later, which harms nothing when the program runs.',
  'structure/cycle-new': 'Modules import each other in a ring that was not there before.',
  'structure/cycle-known': 'Modules import each other in a ring, which they did before too.',
  'structure/layer-new': 'A module imports one of a layer that it may not know, and did not before.',
  'structure/layer-known': 'A module imports one of a layer that it may not know, as it did before.',
  'layout/order': 'Modules that run code when they are loaded come in another order than before, or not at all.',
  'rename/published': 'A renamed symbol is part of what a package of the tree exports: others may use it.',
  'rename/mention':
    'A text holds the old name of a symbol, and is no use of it that the compiler knows: it is named, and left as it is.',
  'rename/component': 'A component that imports an edited file holds the old name; the compiler does not look into it.',
  'rename/mock': 'A mock of an edited module has a key of the old name, which no type ties to the renamed symbol.',
  'rename/untyped':
    'A member of the old name is read of, or given to, what has no type for it: it may be the renamed one.',
  'rename/at-run-time': 'A member has its name at run time too: in JSON, in databases, and in other programs.',
  'rename/key-kept': 'A variable that CommonJS exports is renamed, and the key under which it is exported is not.',
  ...apiMeanings,
};
