/** A Node on this machine. `folder` is to come first in PATH; undefined for the one in use. */
export type NodeProgram = { readonly version: string; readonly folder: string | undefined };
