const letters: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** What stands in `$'…'`: escapes of C stand for characters (bash manual, ANSI-C Quoting). Pure. */
export function fromAnsi(body: string): string {
  return body.replaceAll(
    /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([0-7]{1,3})|([\s\S]))/g,
    (_, hex?: string, unicode?: string, octal?: string, letter?: string) => {
      if (letter !== undefined) return letters[letter] ?? letter;
      const code = octal === undefined ? Number.parseInt(hex ?? unicode ?? '0', 16) : Number.parseInt(octal, 8);
      return String.fromCharCode(code);
    },
  );
}
