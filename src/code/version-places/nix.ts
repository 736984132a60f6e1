import { findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

/** An attribute of nixpkgs, of which each revision has its own. */
export const nix: VersionPlace = {
  id: 'nix',
  reads: 'Nix, Nixpacks',
  example: {
    path: 'shell.nix',
    text: '{ pkgs }: [ pkgs.nodejs_⟦18⟧ pkgs.nodejs-⟦18⟧_x pkgs.nodejs-slim_⟦20⟧ pkgs.nodejs ]\n',
  },
  stays: 'which versions there are depends on the revision of nixpkgs',
  isIn: (path) => /(\.nix|(^|\/)nixpacks\.toml)$/.test(path),
  find: (text) => findAll(text, /(?<![\w-])nodejs(?:-slim)?[-_](\d{1,2})(?:_x)?(?![\w.])/dg),
};
