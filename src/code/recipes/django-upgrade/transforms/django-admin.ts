import type { FileTransform } from '../../../recipe.ts';
import { numberOf, targetParam } from '../reading/django-file.ts';

const since = '1.7';

/** `django-admin.py` of scripts and CI is `django-admin`. */
export const djangoAdmin: FileTransform = {
  kind: 'file',
  id: 'django-admin',
  why: 'The program is called `django-admin` since Django 1.7; 4.0 installs it under no other name.',
  files: [
    '**/{Makefile,Dockerfile,Dockerfile.*,Procfile,Justfile,justfile,tox.ini}',
    '**/*.{sh,bash,yml,yaml,toml,cfg,mk}',
  ],
  mentions: ['django-admin.py'],
  transform({ text }, { params }) {
    if (numberOf(params[targetParam] ?? '') < numberOf(since)) return { edits: [], unresolved: [] };
    const edits = [...text.matchAll(/(?<![\w-])django-admin(\.py)\b(?!\.)/g)].map((match) => ({
      offset: match.index + match[0].length - '.py'.length,
      length: '.py'.length,
      text: '',
    }));
    return { edits, unresolved: [] };
  },
};
