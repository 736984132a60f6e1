const value = `("(?:\\\\[\\s\\S]|[^"\\\\])*"|'[^']*'|[^\\s;&|()<>'"]+)`;
const assignment = new RegExp(`(?<=^|[\\s;&|({])([A-Za-z_]\\w*)=${value}`, 'g');
const aliased = new RegExp(`\\balias\\s+(?:-\\S+\\s+)*([\\w.-]+)=${value}`, 'g');
const functionBody = /(?:\bfunction\s+)?([A-Za-z_][\w-]*)\s*\(\s*\)\s*\{([^{}]*)\}/g;

const lengthMax = 200_000;

/**
 * What a command line says when its own variables, aliases and functions stand for what it gives them: `P=prisma; $P migrate reset`
 * calls prisma. The lines that come out say at least what a shell would read, and may say more. None where nothing is named so.
 * Pure.
 */
export function expandNames(line: string): readonly string[] {
  const variables = new Map([...line.matchAll(assignment)].map(([, name = '', text = '']) => [name, bare(text)]));
  const aliases = new Map([...line.matchAll(aliased)].map(([, name = '', text = '']) => [name, bare(text)]));
  const spaced = line
    .replaceAll(/\$\{IFS[^}]*\}|\$IFS\b/g, ' ')
    .replaceAll(/(?<![$\w])\{([^\s{}]*,[^\s{}]*)\}/g, (_, list: string) => list.replaceAll(',', ' '));
  const named = spaced.replaceAll(
    /\$\{([A-Za-z_]\w*)[^}]*\}|\$([A-Za-z_]\w*)/g,
    (whole, braced?: string, plain?: string) => variables.get(braced ?? plain ?? '') ?? whole,
  );
  const renamed = [...aliases].reduce(
    (text, [name, meant]) => text.replaceAll(atCommand(name), (_, before: string) => `${before}${meant}`),
    named,
  );
  const called = [...line.matchAll(functionBody)].flatMap(([, name = '', body = '']) => callsOf(line, name, body));
  return [renamed, ...called].filter((text) => text !== line && text.length <= lengthMax);
}

/** The body of a function for each of its calls, with the words of the call in the places of its parameters. */
function callsOf(line: string, name: string, body: string): readonly string[] {
  return [...line.matchAll(new RegExp(`${atCommand(name).source}([^\\n;&|]*)`, 'g'))].map(([, , words = '']) => {
    const each = words.trim().split(/\s+/);
    return body
      .replaceAll(/"\$\{?[@*]\}?"|\$\{?[@*]\}?/g, () => words.trim())
      .replaceAll(/"\$\{?([1-9])\}?"|\$\{?([1-9])\}?/g, (_, a?: string, b?: string) => each[Number(a ?? b) - 1] ?? '');
  });
}

/** A name where a shell looks for a command. */
function atCommand(name: string): RegExp {
  return new RegExp(
    `((?:^|[\\n;&|({!]|\\b(?:then|do|else)\\b)\\s*)${name.replaceAll('.', '\\.')}(?=\\s|$)(?!\\s*\\()`,
    'g',
  );
}

function bare(text: string): string {
  return /^["']/.test(text) ? text.slice(1, -1) : text;
}
