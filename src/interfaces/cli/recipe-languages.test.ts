import { expect, it } from 'vitest';
import * as z from 'zod';
import { document, startGodwit } from '../../../test/support/godwit.ts';
import { makeTree } from '../../../test/support/tree.ts';

/** One rewrite that a newer version of each language asks for, and what it must leave alone. */
const languages = [
  {
    language: 'go',
    file: 'main.go',
    // By itself it could be a conversion of types.
    pattern: { context: 'package p\nfunc f() { ioutil.ReadFile($A) }', selector: 'call_expression' },
    fix: 'os.ReadFile($A)',
    before:
      'package main\n\nfunc load() ([]byte, error) {\n\treturn ioutil.ReadFile("a.txt") // ioutil.ReadFile("b")\n}\n',
    after: 'package main\n\nfunc load() ([]byte, error) {\n\treturn os.ReadFile("a.txt") // ioutil.ReadFile("b")\n}\n',
  },
  {
    language: 'java',
    file: 'Main.java',
    pattern: 'new Integer($A)',
    fix: 'Integer.valueOf($A)',
    before: 'class Main {\n  Integer one = new Integer(1);\n  String two = "new Integer(2)";\n}\n',
    after: 'class Main {\n  Integer one = Integer.valueOf(1);\n  String two = "new Integer(2)";\n}\n',
  },
  {
    language: 'ruby',
    file: 'main.rb',
    pattern: 'File.exists?($A)',
    fix: 'File.exist?($A)',
    before: 'puts "File.exists?(b)" if File.exists?(a)\n',
    after: 'puts "File.exists?(b)" if File.exist?(a)\n',
  },
  {
    language: 'php',
    file: 'main.php',
    // By itself it is text of a page.
    pattern: { context: '<?php utf8_decode($A);', selector: 'function_call_expression' },
    fix: "mb_convert_encoding($A, 'ISO-8859-1', 'UTF-8')",
    before: "<?php\necho utf8_decode($name), 'utf8_decode($a)';\n",
    after: "<?php\necho mb_convert_encoding($name, 'ISO-8859-1', 'UTF-8'), 'utf8_decode($a)';\n",
  },
  {
    language: 'rust',
    file: 'main.rs',
    pattern: '$A.trim_left()',
    fix: '$A.trim_start()',
    before: 'fn main() {\n    println!("{}", "x.trim_left()");\n    let a = b.trim_left();\n}\n',
    after: 'fn main() {\n    println!("{}", "x.trim_left()");\n    let a = b.trim_start();\n}\n',
  },
  {
    language: 'csharp',
    file: 'Main.cs',
    pattern: 'Thread.VolatileRead(ref $A)',
    fix: 'Volatile.Read(ref $A)',
    before: 'class Main {\n  int Read() => Thread.VolatileRead(ref count); // Thread.VolatileRead(ref count)\n}\n',
    after: 'class Main {\n  int Read() => Volatile.Read(ref count); // Thread.VolatileRead(ref count)\n}\n',
  },
];

const answer = z.object({
  changes: z.array(z.object({ path: z.string(), before: z.string(), after: z.string() })),
  faults: z.array(z.unknown()),
});

async function dryRun(files: Readonly<Record<string, string>>, ...words: readonly string[]) {
  const tree = await makeTree(files);
  try {
    return await startGodwit(['recipe', 'run', ...words, '--dry-run', '--json'], tree.root, {}).ended;
  } finally {
    await tree.remove();
  }
}

it('rules of users rewrite Go, Java, Ruby, PHP, Rust and C#', async () => {
  const rules = languages.map(({ language, pattern, fix }) => ({ id: language, language, rule: { pattern }, fix }));
  const sources = Object.fromEntries(languages.map(({ file, before }) => [file, before]));
  const ran = await dryRun(
    { ...sources, 'rules.yml': rules.map((one) => JSON.stringify(one)).join('\n---\n') },
    './rules.yml',
  );
  const { changes, faults } = document(ran, answer);
  expect(faults).toEqual([]);
  const expected = languages.map(({ file, before, after }) => ({ path: file, before, after }));
  expect(changes.toSorted((one, other) => one.path.localeCompare(other.path))).toEqual(
    expected.toSorted((one, other) => one.path.localeCompare(other.path)),
  );
});

it.each(languages)(
  'a transform of users rewrites $language',
  async ({ language, file, pattern, fix, before, after }) => {
    const transform = `export default (root) => {
  const tree = root.root();
  return tree.commitEdits(tree.findAll({ rule: { pattern: ${JSON.stringify(pattern)} } }).map((node) =>
    node.replace(${JSON.stringify(fix)}.replace('$A', () => node.getMatch('A').text()))));
};
`;
    const files = { [file]: before, 'other.txt': before, 'transform.mjs': transform };
    const ran = await dryRun(files, './transform.mjs', '--language', language);
    expect(document(ran, answer)).toMatchObject({ changes: [{ path: file, before, after }], faults: [] });
  },
);

it('a language whose grammar is not installed is named, with the package that has it', async () => {
  const rule = { id: 'newer', language: 'kotlin', rule: { pattern: 'toLowerCase()' }, fix: 'lowercase()' };
  const ran = await dryRun({ 'a.kt': 'val a = b.toLowerCase()\n', 'rules.yml': JSON.stringify(rule) }, './rules.yml');
  expect(ran.exit).toBe(1);
  expect(ran.stdout).toContain('@ast-grep/lang-kotlin');
});
