import type { PythonPlace } from '../python-place.ts';
import { findAll } from '../text/search-text.ts';
import { nix } from '../version-places/nix.ts';

/** An attribute of nixpkgs, of which each revision has its own. */
export const pythonNix: PythonPlace = {
  id: 'python-nix',
  role: 'mention',
  isCode: true,
  reads: 'Nix, Nixpacks',
  example: {
    path: 'shell.nix',
    text: '{ pkgs }: [ pkgs.python⟦312⟧ (pkgs.python⟦39⟧.withPackages (p: [ ])) pkgs.python⟦312⟧Packages.pip pkgs.python3 ]\n',
  },
  ...(nix.stays === undefined ? {} : { stays: nix.stays }),
  isIn: nix.isIn,
  find: (text) => findAll(text, /(?<![\w-])python(3\d{1,2})(?!\d)/dg),
};
