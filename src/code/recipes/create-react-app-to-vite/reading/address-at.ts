/** Tags and attributes whose addresses Vite resolves itself. https://vite.dev/guide/features#html */
const addresses: Readonly<Record<string, readonly string[]>> = {
  link: ['href'],
  script: ['src'],
  img: ['src', 'srcset'],
  source: ['src', 'srcset'],
  video: ['src', 'poster'],
  audio: ['src'],
  image: ['href', 'xlink:href'],
  use: ['href', 'xlink:href'],
};

/** True where an attribute begins at a place of a page that Vite reads as an address; not so in comments. Pure. */
export function isAddressAt(text: string, at: number): boolean {
  const open = text.lastIndexOf('<', at);
  const [, tag = ''] = /^<([A-Za-z][\w-]*)/.exec(text.slice(open)) ?? [];
  const before = text.slice(open, at);
  const [, attribute = '', quote] = /\s([\w:-]+)\s*=\s*(["'])$/.exec(before) ?? [];
  if (open === -1 || tag === '' || quote === undefined || isCommentAt(text, at)) return false;
  return addresses[tag.toLowerCase()]?.includes(attribute.toLowerCase()) === true;
}

/** True within a comment of a page. Pure. */
export function isCommentAt(text: string, at: number): boolean {
  const comment = text.lastIndexOf('<!--', at);
  return comment !== -1 && text.indexOf('-->', comment) > at;
}

/** True within a script that stands in the page and is JavaScript. Pure. */
export function isScriptAt(text: string, at: number): boolean {
  const before = text.slice(0, at);
  const [open, tag = ''] = [...before.matchAll(/<script\b([^>]*)>/gi)].at(-1) ?? [];
  if (open === undefined || /<\/script\b/i.test(before.slice(before.lastIndexOf(open)))) return false;
  const [, quoted, bare] = /\stype\s*=\s*(?:["']([^"']*)["']|([^\s"'>]+))/i.exec(tag) ?? [];
  return /^(module|(text|application)\/(java|ecma)script)?$/i.test((quoted ?? bare ?? '').trim());
}
