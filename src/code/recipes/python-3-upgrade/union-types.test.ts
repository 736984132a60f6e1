import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { memoryTree } from '../../engine/memory-tree.ts';
import { runRecipe } from '../../engine/run-recipe.ts';
import { python3Upgrade } from './recipe.ts';

const { signal } = new AbortController();
const lazy = 'from __future__ import annotations\n';
const head = `import threading
from typing import Annotated, Any, List, Literal, Optional, Union, get_type_hints
class Old: pass
def make(): pass
Name = 'Old'
`;

async function upgraded(text: string): Promise<string> {
  const { changes } = await runRecipe(python3Upgrade, memoryTree({ 'a.py': text }), {
    params: { target: '3.11' },
    signal,
  });
  return changes[0]?.after ?? text;
}

/** What a real Python makes of the annotation of `f` in each text, in words that are the same for both spellings. */
function hintsOf(texts: readonly string[]): readonly string[] {
  const ask = `
import json, sys, types, typing
def said(t):
    origin = typing.get_origin(t)
    if origin is None: return t.__forward_arg__ if isinstance(t, typing.ForwardRef) else getattr(t, '__qualname__', repr(t))
    name = 'Union' if origin in (typing.Union, types.UnionType) else getattr(origin, '__qualname__', repr(origin))
    parts = [said(a) if not isinstance(a, str) else repr(a) for a in typing.get_args(t)]
    return name + str(sorted(parts) if name == 'Union' else parts)
def hint(text):
    module = types.ModuleType('a')
    exec(compile(text, 'a.py', 'exec', dont_inherit=True), module.__dict__)
    return said(typing.get_type_hints(module.f, include_extras=True)['a'])
print(json.dumps([hint(text) for text in json.load(sys.stdin)]))
`;
  const run = spawnSync('python3', ['-c', ask], { input: JSON.stringify(texts), encoding: 'utf8' });
  expect(run.stderr).toBe('');
  return z.array(z.string()).parse(JSON.parse(run.stdout));
}

const kept = undefined;

const annotations: readonly (readonly [string, string, string | undefined])[] = [
  [lazy, `'Optional["Old"]'`, 'Old | None'],
  [lazy, 'Optional["Old"]', 'Old | None'],
  [lazy, `'List[Optional["Old"]]'`, 'list[Old | None]'],
  [lazy, `'Union["Old", None]'`, 'Old | None'],
  [lazy, `'Optional["List[Old]"]'`, 'list[Old] | None'],
  [lazy, `"Optional['Optional[\\"Old\\"]']"`, 'Old | None | None'],
  [lazy, 'Union[("Old", "int")]', 'Old | int'],
  [lazy, `"Optional[Literal['x']]"`, "Literal['x'] | None"],
  [lazy, `Annotated["Optional['Old']", 'meta']`, "Annotated[Old | None, 'meta']"],
  [lazy, 'Annotated[int, Optional["Old"]]', kept],
  [lazy, `'Annotated[int, Optional["Old"]]'`, 'Annotated[int, Optional["Old"]]'],
  [lazy, 'Optional[any]', kept],
  [lazy, 'Optional[callable]', kept],
  [lazy, 'Optional[make]', kept],
  [lazy, 'Optional[Name]', kept],
  [lazy, 'Union[int, threading.RLock]', kept],
  [lazy, '"\\nOld"', kept],
  ['', 'Optional["Old"]', kept],
  ['', 'Optional[("Old")]', kept],
  ['', `'Optional["Old"]'`, kept],
  ['', 'List[Optional["Old"]]', 'list[Optional["Old"]]'],
  ['', 'Optional[List["Old"]]', 'list["Old"] | None'],
  ['', 'Optional[Union["Old", int]]', 'Union["Old", int] | None'],
  ['', 'Optional[any]', kept],
  ['', 'Optional[make]', kept],
  ['', 'Optional[Any]', 'Any | None'],
];
const fileOf = (future: string, annotation: string): string => `${future}${head}def f(a: ${annotation}): pass\n`;

it.each(annotations)('%s%s: %s', async (future, before, after) => {
  const result = await upgraded(fileOf(future, before));
  expect(result.split('\n').at(-2)).toBe(`def f(a: ${after ?? before}): pass`);
});

it('each is the same type to a Python that reads it', async () => {
  const before = annotations.map(([future, annotation]) => fileOf(future, annotation));
  const after = await Promise.all(before.map(upgraded));
  expect(hintsOf(after)).toEqual(hintsOf(before));
});

it.each(['some prose', 'a, b', 'int # x', 'int; x', 'int = 3', 'a: b', '*a', ''])(
  'a text that is no type keeps its quotes: %s',
  async (text) => {
    const before = `${lazy}def f(a: '${text}'): pass\n`;
    expect(await upgraded(before)).toBe(before);
  },
);
