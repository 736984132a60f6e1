import type { ErrorCode, Explanation } from '#core/error';

/** What a package manager's own words come down to. */
export type InstallFault = { readonly code: ErrorCode; readonly explanation: Explanation };

/** What failed: the words of the package manager, credentials taken out, and how it was called. */
export type FailedInstall = { readonly output: string; readonly command: string };
