import { baseName } from '../text/search-text.ts';

/** Sources of patterns for what stands before the name of an image, in the words of those who read it. */
export const imagePrefixes = {
  from: '^[ \\t]*FROM[ \\t]+(?:--\\S+[ \\t]+)*(?:\\$\\{\\w+:?-)?',
  copy: '(?:--|,)from=["\']?',
  /** Behind `ARG` or `ENV`, in the text of one instruction. */
  instruction: '(?<=^|\\s)\\w+=["\']?',
  key: '\\b(?:image|container)["\']?[ \\t]*:[ \\t]*["\']?',
  call: '\\b(?:image|docker)[ \\t(]+["\']',
  name: '(?:^|[{,])[ \\t]*name[ \\t]*:[ \\t]*["\']?',
  /** A step of Cloud Build; of others it is a title, which says nothing else than the name of an image then. */
  step: '^[ \\t]*-[ \\t]+name[ \\t]*:[ \\t]*["\']?',
  /** Up to the command's end, over lines that go on. */
  command:
    '(?<![\\w-])(?:docker|podman|nerdctl)[ \\t]+(?:container[ \\t]+|image[ \\t]+)?(?:run|pull|create)\\b(?:[^\\n\\\\;&|]|\\\\\\r?\\n|\\\\.)*?[ \\t"\']',
  assigned: '(?<![\\w.$-])\\w*(?:image|from|base|builder)\\w*[ \\t]*(?:[:?]?=|:)[ \\t]*["\']?',
} as const;

/** Where nothing else stands behind an image on its line. */
export const imageLineEnd = '(?=["\']?[ \\t]*(?:#|\\r?$))';

/** True for files in which services are told their images. Pure. */
export function isImageFile(path: string): boolean {
  return /^([\w.-]+(?<!-lock)\.ya?ml|\.?devcontainer\.json|Jenkinsfile|[\w.-]+\.[jJ]enkinsfile)$/.test(baseName(path));
}
