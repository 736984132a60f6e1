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
  const comment = text.lastIndexOf('<!--', at);
  const isComment = comment !== -1 && text.indexOf('-->', comment) > at;
  const [, attribute = '', quote] = /\s([\w:-]+)\s*=\s*(["'])$/.exec(before) ?? [];
  if (open === -1 || tag === '' || quote === undefined || isComment) return false;
  return addresses[tag.toLowerCase()]?.includes(attribute.toLowerCase()) === true;
}
