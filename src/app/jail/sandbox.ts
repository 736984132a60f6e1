/** A line of commands, and what it may see. All paths are absolute and real. */
export type SandboxRequest = {
  /** For a POSIX shell. */
  readonly script: string;
  /** The top of the tree, and the folder in which it runs. */
  readonly root: string;
  /** Where programs stand beside those of the system: files and folders. */
  readonly programs: readonly string[];
  /** Folders outside of the tree that it needs, as the git directory of a linked work tree. */
  readonly beside: readonly string[];
  /** What is in the tree and must not be seen. */
  readonly covered: readonly { readonly path: string; readonly kind: 'file' | 'folder' }[];
  /** Files that others stand in for. */
  readonly replaced: readonly { readonly path: string; readonly by: string }[];
  /** Whether the tree can be written to: not at all, or in a layer over it that is thrown away. */
  readonly layer: 'read-only' | 'thrown-away';
  /** An empty file that may be read: it lies over a file that is covered. */
  readonly empty: string;
  /** An empty folder of this call, outside of the tree. */
  readonly scratch: string;
};

/** One way to keep a line of commands apart from the machine. */
export interface Sandbox {
  readonly id: 'bubblewrap' | 'unshare' | 'none';
  /** What it keeps apart, as a sentence that a model is told. */
  readonly says: string;
  /** False where it keeps nothing apart: then nothing of the project itself may be run. */
  readonly isApart: boolean;
  /** The process that runs it: program and words. Pure. */
  words(request: SandboxRequest): readonly [program: string, ...words: readonly string[]];
}

/** The folder of a user inside, which is empty when a call begins and gone when it ends. */
export const homeInside = '/tmp/home';
/** Bytes that a call may keep in folders which are gone when it ends. */
export const scratchBytes = 512 * 1_048_576;

/** Folders of the system that are shown: programs, and what they load. */
export const systemFolders = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32', '/nix/store'];

/** Files of settings of the system that are shown: how libraries are found, what users and hosts are called. No others are. */
export const systemFiles = [
  'ld.so.cache',
  'ld.so.conf',
  'ld.so.conf.d',
  'alternatives',
  'passwd',
  'group',
  'hosts',
  'nsswitch.conf',
  'localtime',
].map((name) => `/etc/${name}`);
