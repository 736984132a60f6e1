import { baseName, findAll } from '../text/search-text.ts';
import type { Found, VersionPlace } from '../version-place.ts';

const text = `env.NODE_VERSION = "⟦18⟧"
[tools]
node = "⟦22⟧"
"npm:prettier" = "18"
nodejs = ["⟦18⟧", "⟦20⟧"]
[tools.node]
version = "⟦18.19.0⟧"
[tools.python]
version = "3.12"
[env]
NODE_VERSION = "⟦18.19.0⟧"
`;

/** https://mise.jdx.dev/configuration.html */
export const mise: VersionPlace = {
  id: 'mise',
  reads: 'mise',
  example: { path: 'mise.toml', text },
  isIn: (path) =>
    /^\.?(mise|rtx)(\.[\w-]+)*\.toml$/.test(baseName(path)) || /(^|\/)\.?mise\/config(\.[\w-]+)?\.toml$/.test(path),
  find: (text) =>
    [
      ...findAll(
        text,
        /^[ \t]*(?:tools\.)?"?node(?:js)?"?[ \t]*=[ \t]*(?:\{[^{}\n]*?\bversion[ \t]*=[ \t]*)?["']([^"'\n]+)["']/dgm,
      ),
      ...findAll(text, /^[ \t]*(?:env\.)?NODE(?:JS)?_VERSION[ \t]*=[ \t]*["'](v?\d[^"'\n]*)["']/dgm),
      ...inLists(text),
      ...findAll(
        text,
        /^[ \t]*\[tools\."?node(?:js)?"?\][ \t]*(?:#.*)?\r?\n(?:(?![ \t]*\[)[^\n]*\n)*?[ \t]*version[ \t]*=[ \t]*["']([^"'\n]+)["']/dgm,
      ),
    ].sort((one, other) => one.offset - other.offset),
};

function inLists(text: string): readonly Found[] {
  return findAll(text, /^[ \t]*(?:tools\.)?"?node(?:js)?"?[ \t]*=[ \t]*(\[[^\]]*\])/dgm).flatMap((list) =>
    findAll(list.value, /["']([^"'\n]+)["']/dg).map(({ value, offset }) => ({ value, offset: offset + list.offset })),
  );
}
