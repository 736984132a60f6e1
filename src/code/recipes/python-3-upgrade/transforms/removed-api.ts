import type { SgNode } from '@ast-grep/napi';
import { spanOf } from '../../../engine/edit-node.ts';
import { renamed } from '../../../python-source/calls.ts';
import type { Fix } from '../../../python-source/fixes.ts';
import { argumentsOf, isAttribute, isNameOf, startOf } from '../../../python-source/nodes.ts';
import type { Unresolved } from '../../../recipe.ts';
import { pythonTransform } from '../editing/python-transform.ts';
import type { PythonFile } from '../reading/python-file.ts';
import { type Removed, removedApi } from '../reading/removed-api.ts';

/** What the newest Python no longer has: written anew where another name has always been the same, else named. */
export const removedNamesAndModules = pythonTransform({
  id: 'removed-api',
  why: 'Modules and functions that were deprecated for years are gone: importing or calling them fails.',
  mentions: [...new Set(removedApi.flatMap(({ module, name }) => name ?? module))],
  find(py) {
    const gone = removedApi.filter(({ since }) => since <= py.settings.newest);
    const found = [...inImports(py, gone), ...inAttributes(py, gone)].filter(({ node }) => !isGuarded(node));
    return {
      fixes: found.flatMap(({ node, removed }) => sameFix(py, node, removed) ?? []),
      unresolved: found
        .filter(({ node, removed }) => sameFix(py, node, removed) === undefined)
        .map(({ node, removed }) => told(node, removed)),
    };
  },
});

type Place = { readonly node: SgNode; readonly removed: Removed };

function inImports(py: PythonFile, gone: readonly Removed[]): readonly Place[] {
  const modules = new Map(gone.filter(({ name }) => name === undefined).map((one) => [one.module, one]));
  const ofModule = (node: SgNode, name: string): readonly Place[] => {
    const removed = modules.get(name.split('.')[0] ?? '');
    return removed === undefined ? [] : [{ node, removed }];
  };
  const plain = py
    .all('import_statement')
    .flatMap((statement) =>
      statement.fieldChildren('name').flatMap((part) => ofModule(part, (part.field('name') ?? part).text())),
    );
  const from = py.all('import_from_statement').flatMap((statement) => {
    const module = statement.field('module_name');
    if (module?.is('dotted_name') !== true) return [];
    const whole = ofModule(module, module.text());
    if (whole.length > 0) return whole;
    return statement.fieldChildren('name').flatMap((part): readonly Place[] => {
      const name = (part.field('name') ?? part).text();
      const removed = gone.find((one) => one.module === module.text() && one.name === name);
      return removed === undefined ? [] : [{ node: part, removed }];
    });
  });
  return [...plain, ...from];
}

/** `module.name`, where the module is imported by its own name. */
function inAttributes(py: PythonFile, gone: readonly Removed[]): readonly Place[] {
  const imported = new Set(
    py.all('import_statement').flatMap((one) => one.fieldChildren('name').map((name) => name.text())),
  );
  const wanted = gone.filter(({ module, name }) => name !== undefined && imported.has(module));
  if (wanted.length === 0) return [];
  return py
    .matching('attribute', `\\b(${wanted.map(({ name }) => name).join('|')})$`)
    .flatMap((node): readonly Place[] => {
      const object = node.field('object')?.text();
      const removed = wanted.find(({ module, name }) => module === object && name === node.field('attribute')?.text());
      return removed === undefined ? [] : [{ node, removed }];
    });
}

/** Within `try` with an `except ImportError`, or below a test of the version, absence is provided for. */
function isGuarded(node: SgNode): boolean {
  return node.ancestors().some((ancestor) => {
    if (ancestor.is('try_statement'))
      return /except\s*\(?[^:]*(ImportError|ModuleNotFoundError|AttributeError|Exception)/.test(ancestor.text());
    return ancestor.is('if_statement') && /version_info|hasattr/.test(ancestor.field('condition')?.text() ?? '');
  });
}

function sameFix(py: PythonFile, node: SgNode, removed: Removed): readonly Fix[] | undefined {
  if (removed.same === undefined || !isAttribute(node, [removed.module], [removed.name ?? ''])) return undefined;
  return [renamed(py, node, `${removed.module}.${removed.same}`)];
}

function told(node: SgNode, { module, name, since, instead, isDeprecated }: Removed): Unresolved {
  const symbol = name === undefined ? module : `${module}.${name}`;
  return {
    ...spanOf(node),
    message: `\`${symbol}\` ${isDeprecated === true ? `is deprecated since Python 3.${since}` : `is gone since Python 3.${since}`}.`,
    cure: `Use ${instead}.`,
    symbol,
    evidence: `What's New In Python 3.${since}`,
  };
}

/** `datetime.utcnow()`, which is naive where an aware one is meant. */
export const utcNow = pythonTransform({
  id: 'utc-now',
  why: '`utcnow()` and `utcfromtimestamp()` are deprecated since Python 3.12: what they give says nothing of its zone, and is read as local time.',
  mentions: ['utcnow', 'utcfromtimestamp'],
  find(py) {
    const calls = py.text.includes('datetime') ? py.callsOf('utcnow', 'utcfromtimestamp') : [];
    const fixes = py.settings.awareDatetimes ? calls.map((call) => [call, awareFix(py, call)] as const) : [];
    const done = new Set(fixes.filter(([, fix]) => fix !== undefined).map(([call]) => startOf(call)));
    const isWarned = py.settings.newest >= 12;
    return {
      fixes: fixes.flatMap(([, fix]) => (fix === undefined ? [] : [fix])),
      unresolved: isWarned ? calls.filter((call) => !done.has(startOf(call))).map((call) => naive(call)) : [],
    };
  },
});

function isDatetime(py: PythonFile, object: SgNode | null | undefined): boolean {
  if (object?.is('identifier') === true) return isNameOf(py, object, ['datetime'], ['datetime']);
  return isAttribute(object, ['datetime'], ['datetime']);
}

function awareFix(py: PythonFile, call: SgNode): Fix | undefined {
  const callee = call.field('function');
  const object = callee?.field('object');
  if (callee === null || object == null) return undefined;
  const isModule = object.is('attribute');
  if (!isDatetime(py, object)) return undefined;
  const zone = isModule
    ? py.settings.minor >= 11
      ? 'datetime.UTC'
      : 'datetime.timezone.utc'
    : ['UTC', 'timezone'].find((name) => py.imports('datetime', name, startOf(call)));
  if (zone === undefined) return undefined;
  const spelled = zone === 'timezone' ? 'timezone.utc' : zone;
  const { all } = argumentsOf(call);
  const isNow = callee.field('attribute')?.text() === 'utcnow';
  if (isNow && all.length > 0) return undefined;
  const name = isNow ? 'now' : 'fromtimestamp';
  const given = isNow ? spelled : `${all.map((one) => one.text()).join(', ')}, tz=${spelled}`;
  const { offset, length } = spanOf(call);
  return [{ offset, length, text: `${object.text()}.${name}(${given})` }];
}

function naive(call: SgNode): Unresolved {
  const callee = call.field('function')?.text() ?? call.text();
  return {
    ...spanOf(call),
    message: `\`${callee}()\` is deprecated since Python 3.12: it gives a naive datetime.`,
    cure: 'Use `datetime.now(timezone.utc)` where aware values are meant, and all that it is compared with is aware; `--param aware-datetimes=true` writes it so.',
    symbol: 'datetime.utcnow',
    evidence: "What's New In Python 3.12, Deprecated",
  };
}

const withoutLoop =
  'sleep gather shield wait wait_for as_completed open_connection start_server Lock Event Condition Semaphore BoundedSemaphore Queue LifoQueue PriorityQueue create_subprocess_exec create_subprocess_shell';

/** `asyncio.get_event_loop()` and `loop=`. */
export const asyncioLoops = pythonTransform({
  id: 'asyncio-loops',
  why: 'Python 3.10 took `loop=` away, and since 3.14 `get_event_loop()` makes no loop where none runs.',
  mentions: ['get_event_loop', 'loop='],
  find(py) {
    const calls = py
      .callsOf('get_event_loop')
      .filter((call) => isNameOf(py, call.field('function'), ['asyncio'], ['get_event_loop']));
    const inside = calls.filter(
      (call) =>
        py.settings.minor >= 7 &&
        isAttribute(call.field('function'), ['asyncio'], ['get_event_loop']) &&
        isInCoroutine(call),
    );
    const outside = calls.filter((call) => !inside.includes(call));
    const loops = py.callsOf(...withoutLoop.split(' ')).flatMap((call) => {
      const isOwn = isNameOf(py, call.field('function'), ['asyncio'], withoutLoop.split(' '));
      return isOwn ? argumentsOf(call).keywords.filter(({ name }) => name === 'loop') : [];
    });
    return {
      fixes: inside.flatMap((call) => {
        const callee = call.field('function');
        return callee === null ? [] : [renamed(py, callee, 'asyncio.get_running_loop')];
      }),
      unresolved: [
        ...(py.settings.newest >= 14 ? outside.map((call) => noLoop(call)) : []),
        ...(py.settings.newest >= 10 ? loops.map(({ node }) => loopGone(node)) : []),
      ],
    };
  },
});

function isInCoroutine(call: SgNode): boolean {
  const scope = call
    .ancestors()
    .find((one) => one.is('function_definition') || one.is('lambda') || one.is('class_definition'));
  return scope?.is('function_definition') === true && scope.children()[0]?.text() === 'async' && !isInHead(call, scope);
}

/** Defaults and annotations are run where the function is defined. */
function isInHead(call: SgNode, scope: SgNode): boolean {
  const body = scope.field('body');
  return body !== null && startOf(call) < startOf(body);
}

function noLoop(call: SgNode): Unresolved {
  return {
    ...spanOf(call),
    message: '`asyncio.get_event_loop()` raises a RuntimeError since Python 3.14 where no loop was set.',
    cure: 'Use `asyncio.run(…)`, or `asyncio.get_running_loop()` where a coroutine runs.',
    symbol: 'asyncio.get_event_loop',
    evidence: "What's New In Python 3.14, asyncio",
  };
}

function loopGone(node: SgNode): Unresolved {
  return {
    ...spanOf(node),
    message: '`loop=` is gone since Python 3.10: the call raises a TypeError.',
    cure: 'Leave it out; the running loop is taken.',
    symbol: 'asyncio',
    evidence: "What's New In Python 3.10, Removed",
  };
}
