/** Something of the standard library that a Python removed, or is about to. */
export type Removed = {
  readonly module: string;
  /** Undefined: the module as a whole. */
  readonly name: string | undefined;
  /** The minor of 3 that no longer has it; for `deprecated`, that warns of it. */
  readonly since: number;
  readonly instead: string;
  /** The name in the same module that has always been the same. */
  readonly same?: string;
  readonly isDeprecated?: true;
};

const module = (since: number, instead: string, ...names: readonly string[]): readonly Removed[] =>
  names.map((one) => ({ module: one, name: undefined, since, instead }));
const of =
  (one: string, since: number) =>
  (instead: string, ...names: readonly string[]): readonly Removed[] =>
    names.map((name) => ({ module: one, name, since, instead }));
const same = (one: string, since: number, names: Readonly<Record<string, string>>): readonly Removed[] =>
  Object.entries(names).map(([name, to]) => ({ module: one, name, since, instead: `\`${one}.${to}\``, same: to }));
const noModule = 'a package of the index, or code of your own: the standard library has no successor';

/** Modules and names that are gone, with what the manual names in their place. Pages "What's New", sections "Removed". */
export const removedApi: readonly Removed[] = [
  ...module(12, '`setuptools`, `packaging`, `shutil`, `subprocess` or `sysconfig`, by what is used', 'distutils'),
  ...module(12, '`importlib`', 'imp'),
  ...module(12, '`asyncio`', 'asyncore', 'asynchat'),
  ...module(12, 'the package `aiosmtpd`', 'smtpd'),
  ...module(13, '`urllib.parse`, `html.escape`, `email.message`, or the package `legacy-cgi`', 'cgi', 'cgitb'),
  ...module(13, '`subprocess` and `shlex.quote`', 'pipes'),
  ...module(13, 'the package `telnetlib3`, or `socket`', 'telnetlib'),
  ...module(13, 'the package `passlib` or `bcrypt`, or `hashlib`', 'crypt'),
  ...module(13, 'the package `filetype`, `puremagic` or `python-magic`', 'imghdr', 'sndhdr'),
  ...module(13, 'the package `pynntp`', 'nntplib'),
  ...module(13, '`base64`', 'uu'),
  ...module(
    13,
    noModule,
    'aifc',
    'audioop',
    'chunk',
    'mailcap',
    'msilib',
    'nis',
    'ossaudiodev',
    'spwd',
    'sunau',
    'xdrlib',
    'lib2to3',
  ),
  ...module(11, '`bytes.hex` and `base64`', 'binhex'),
  ...module(
    10,
    '`sysconfig` and `symtable` have nothing like it: a parser of your own, or `ast`',
    'parser',
    'symbol',
    'formatter',
  ),
  ...module(9, '`threading`', 'dummy_threading', '_dummy_thread'),
  ...of('asyncio', 11)('`async def`', 'coroutine'),
  ...of('asyncio', 14)(
    'nothing: a loop watches its children itself',
    'AbstractChildWatcher',
    'SafeChildWatcher',
    'FastChildWatcher',
    'MultiLoopChildWatcher',
    'ThreadedChildWatcher',
    'PidfdChildWatcher',
    'get_child_watcher',
    'set_child_watcher',
  ),
  ...of('ast', 14)('`ast.Constant`, whose `value` has the type', 'Num', 'Str', 'Bytes', 'NameConstant', 'Ellipsis'),
  ...of('pkgutil', 14)('`importlib.util.find_spec`', 'find_loader', 'get_loader', 'ImpImporter', 'ImpLoader'),
  ...of('importlib', 12)('`importlib.util.find_spec`', 'find_loader'),
  ...of('importlib.util', 12)('nothing: the import system does it', 'set_package', 'set_loader', 'module_for_loader'),
  ...of('importlib.abc', 14)('`importlib.resources.abc`', 'ResourceReader', 'Traversable', 'TraversableResources'),
  ...of('inspect', 11)('`inspect.getfullargspec`, or `inspect.signature`', 'getargspec'),
  ...of('inspect', 11)('`inspect.signature`', 'formatargspec'),
  ...of('ssl', 12)('`ssl.SSLContext.wrap_socket`', 'wrap_socket'),
  ...of('ssl', 12)('nothing: the connection checks the name itself', 'match_hostname'),
  ...of('locale', 12)('`locale.format_string`', 'format'),
  ...of('locale', 13)("`locale.setlocale(locale.LC_ALL, '')`", 'resetlocale'),
  ...of('platform', 8)('the package `distro`', 'linux_distribution', 'dist'),
  ...of('time', 8)('`time.perf_counter`, or `time.process_time`', 'clock'),
  ...of('cgi', 8)('`html.escape`', 'escape'),
  ...of('cgi', 8)('`urllib.parse`', 'parse_qs', 'parse_qsl'),
  ...of('fractions', 9)('`math.gcd`', 'gcd'),
  ...of('os', 9)('nothing: it had no effect', 'errno'),
  ...of('re', 13)('`re.compile`', 'template'),
  ...of('urllib.request', 14)('`urllib.request.urlopen`', 'URLopener', 'FancyURLopener'),
  ...of('sqlite3', 14)('`sqlite3.sqlite_version`', 'version', 'version_info'),
  ...of('sqlite3', 12)('`str`', 'OptimizedUnicode'),
  ...of('binascii', 11)('`base64`', 'a2b_hqx', 'b2a_hqx', 'rlecode_hqx', 'rledecode_hqx'),
  ...of('gettext', 11)(
    '`gettext.gettext` and its kin',
    'lgettext',
    'ldgettext',
    'lngettext',
    'ldngettext',
    'bind_textdomain_codecset',
  ),
  ...of('pty', 14)('`pty.openpty`', 'master_open', 'slave_open'),
  ...of('typing', 13)('`typing.TextIO` and its kin, or `re`', 'io', 're'),
  ...same('configparser', 12, { SafeConfigParser: 'ConfigParser' }),
  ...same('base64', 9, { encodestring: 'encodebytes', decodestring: 'decodebytes' }),
  ...of('locale', 15)('`locale.setlocale`, `locale.getlocale` and `locale.getencoding`', 'getdefaultlocale').map(
    (one): Removed => ({ ...one, since: 11, isDeprecated: true }),
  ),
];
