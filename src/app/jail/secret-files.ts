import picomatch from 'picomatch';

/**
 * Names of files that hold credentials, wherever they stand and however they are cased: a pattern without a slash is of a name, one
 * that ends with `/**` of a folder. A model is shown none of them, whether git tracks them or not. This is the one list: git is
 * told to leave them out by it, and a sandbox covers them by it.
 */
const patterns: readonly string[] = [
  ...['.env*', '*.env', 'env.local', '.envrc', '.dev.vars*', '.flaskenv'],
  ...[
    '*.pem',
    '*.key',
    '*.p8',
    '*.p12',
    '*.pfx',
    '*.pkcs12',
    '*.jks',
    '*.keystore',
    '*.kdbx',
    '*.ppk',
    '*.asc',
    '*.gpg',
  ],
  ...[
    'id_rsa*',
    'id_dsa*',
    'id_ecdsa*',
    'id_ed25519*',
    'id_xmss*',
    'ssh_host_*',
    'authorized_keys',
    '*.agekey',
    'age.txt',
  ],
  ...[
    '.npmrc',
    '.yarnrc',
    '.yarnrc.yml',
    'bunfig.toml',
    '.pypirc',
    'pip.conf',
    '.gemrc',
    '.bundle/**',
    'auth.json',
    'nuget.config',
  ],
  ...['.pgpass*', 'pgpass.conf', '.pg_service.conf', '.my.cnf', '.mylogin.cnf', '.netrc', '_netrc', '.git-credentials'],
  ...[
    '.htpasswd',
    '.htdigest',
    '.vault-token',
    '.vault_pass*',
    'vault_pass*',
    'master.key',
    '.s3cfg',
    '.boto',
    '.dockercfg',
  ],
  ...['credentials', 'credentials.{json,yml,yaml,xml,ini,toml,txt,csv,enc,yml.enc,cfg,conf,properties,bak,old}'],
  ...[
    '*credentials*.{json,yml,yaml,yml.enc}',
    '*[-_.]secret.{json,yml,yaml,toml}',
    'secret.{json,yml,yaml,toml,txt,ini,properties}',
  ],
  ...[
    'secrets',
    'secrets.{json,yml,yaml,toml,txt,ini,properties,enc,yml.enc,env}',
    'service[-_]account*.json',
    '*serviceaccount*.json',
  ],
  ...[
    '*.tfstate',
    '*.tfstate.*',
    '*.tfvars',
    '*.tfvars.json',
    'kubeconfig*',
    '*.kubeconfig',
    '.terraformrc',
    'terraform.rc',
  ],
  ...['.ssh/**', '.aws/**', '.azure/**', '.gcloud/**', '.gnupg/**', '.kube/**', '.docker/**', '.godwit/**'],
];

const folderEnd = '/**';
const fileNames = joined(patterns.filter((pattern) => !pattern.endsWith(folderEnd)));
const folderNames = joined(
  patterns.filter((pattern) => pattern.endsWith(folderEnd)).map((pattern) => pattern.slice(0, -folderEnd.length)),
);

/** True for a path from the top of a tree whose name, or the name of a folder above it, says that it holds credentials. Pure. */
export function isSecretPath(path: string): boolean {
  const names = path.normalize('NFKC').split('/');
  return names.some((name) => isSecretName(name.replace(/[. ]+$/, '')));
}

/** The same for one name of a file or folder. */
function isSecretName(name: string): boolean {
  return fileNames.test(name) || folderNames.test(name);
}

function joined(globs: readonly string[]): RegExp {
  const sources = globs.map((glob) => picomatch.makeRe(glob, { dot: true, nocase: true }).source);
  return new RegExp(sources.join('|'), 'i');
}

/** The same as words of a git command that leave those files out, from the top of the tree. */
export const withoutSecretFiles: readonly string[] = patterns
  .flatMap(spelledOut)
  .map((pattern) => `:(exclude,top,icase,glob)**/${pattern}`);

/** Git's patterns know no braces. */
function spelledOut(pattern: string): readonly string[] {
  const found = /^(.*)\{([^}]*)\}(.*)$/.exec(pattern);
  if (found === null) return [pattern];
  const [, before = '', choices = '', after = ''] = found;
  return choices.split(',').map((choice) => `${before}${choice}${after}`);
}
