const list = (words: string): readonly string[] => words.split(' ');

/** Names of a module that Python has by itself since a minor of 3: importing them says nothing. */
type Removals = readonly { readonly since: number; readonly module: string; readonly names: readonly string[] }[];

const builtins = list(
  '* ascii bytes chr dict filter hex input int isinstance list map max min next object oct open pow range round str super zip',
);
const removals: Removals = [
  {
    since: 0,
    module: '__future__',
    names: list('absolute_import division generators nested_scopes print_function unicode_literals with_statement'),
  },
  { since: 0, module: 'builtins', names: builtins },
  { since: 0, module: 'six.moves.builtins', names: builtins },
  { since: 0, module: 'io', names: ['open'] },
  { since: 0, module: 'six', names: ['callable', 'next'] },
  { since: 0, module: 'six.moves', names: list('filter input map range zip') },
  { since: 7, module: '__future__', names: ['generator_stop'] },
  { since: 14, module: '__future__', names: ['annotations'] },
];

/** Names that need no import from a module where the oldest Python served is 3.`minor`. */
export function removedNames(minor: number, module: string): readonly string[] {
  return removals.filter((one) => one.module === module && one.since <= minor).flatMap(({ names }) => names);
}

type Moves = readonly {
  readonly since: number;
  readonly from: string;
  readonly to: string;
  readonly names: readonly string[];
}[];

const abstract =
  'AsyncGenerator AsyncIterable AsyncIterator Awaitable ByteString Collection Container Coroutine Generator Hashable ItemsView Iterable Iterator KeysView Mapping MappingView MutableMapping MutableSequence MutableSet Reversible Sequence Sized ValuesView';
/** The names of `collections` that stand in `collections.abc`. */
export const abstractCollections: readonly string[] = [...list(abstract), 'Callable', 'Set'];

const extensions = (since: number, names: string, to = 'typing') => ({
  since,
  from: 'typing_extensions',
  to,
  names: list(names),
});
const moves: Moves = [
  { since: 0, from: 'collections', to: 'collections.abc', names: abstractCollections },
  { since: 0, from: 'pipes', to: 'shlex', names: ['quote'] },
  { since: 0, from: 'six', to: 'io', names: ['BytesIO', 'StringIO'] },
  { since: 0, from: 'six', to: 'functools', names: ['wraps'] },
  { since: 0, from: 'six.moves', to: 'io', names: ['StringIO'] },
  { since: 0, from: 'six.moves', to: 'collections', names: ['UserDict', 'UserList', 'UserString'] },
  { since: 0, from: 'six.moves', to: 'itertools', names: ['filterfalse', 'zip_longest'] },
  { since: 0, from: 'six.moves', to: 'os', names: ['getcwd', 'getcwdb'] },
  { since: 0, from: 'six.moves', to: 'subprocess', names: ['getoutput'] },
  { since: 0, from: 'six.moves', to: 'sys', names: ['intern'] },
  { since: 0, from: 'six.moves', to: 'functools', names: ['reduce'] },
  { since: 0, from: 'six.moves.urllib', to: 'urllib', names: list('error parse request response robotparser') },
  extensions(
    6,
    'AbstractSet AnyStr AsyncIterable AsyncIterator Awaitable BinaryIO Callable ClassVar Collection Container Coroutine DefaultDict Dict FrozenSet Generic Hashable IO ItemsView Iterable Iterator KeysView List Mapping MappingView Match MutableMapping MutableSequence MutableSet Optional Pattern Reversible Sequence Set Sized TYPE_CHECKING Text TextIO Tuple Type Union ValuesView cast no_type_check no_type_check_decorator',
  ),
  { since: 7, from: 'mypy_extensions', to: 'typing', names: ['NoReturn'] },
  extensions(7, 'ChainMap Counter Deque ForwardRef NoReturn'),
  { since: 8, from: 'mypy_extensions', to: 'typing', names: ['TypedDict'] },
  extensions(8, 'Final OrderedDict'),
  { since: 9, from: 'typing', to: 'collections.abc', names: list(abstract) },
  { since: 9, from: 'typing', to: 'collections', names: ['ChainMap', 'Counter', 'OrderedDict'] },
  { since: 9, from: 'typing', to: 're', names: ['Match', 'Pattern'] },
  { since: 9, from: 'typing.re', to: 're', names: ['Match', 'Pattern'] },
  extensions(9, 'Annotated get_type_hints'),
  { since: 10, from: 'typing', to: 'collections.abc', names: ['Callable'] },
  extensions(
    10,
    'Concatenate Literal NewType ParamSpecArgs ParamSpecKwargs TypeAlias TypeGuard get_args get_origin is_typeddict',
  ),
  extensions(
    11,
    'Any LiteralString Never NotRequired Required Self assert_never assert_type clear_overloads final get_overloads overload reveal_type',
  ),
  extensions(
    12,
    'NamedTuple SupportsAbs SupportsBytes SupportsComplex SupportsFloat SupportsIndex SupportsInt SupportsRound TypeAliasType Unpack dataclass_transform override',
  ),
  extensions(
    13,
    'AsyncContextManager AsyncGenerator ContextManager Generator NoDefault ParamSpec Protocol ReadOnly TypeIs TypeVar TypeVarTuple TypedDict get_protocol_members is_protocol runtime_checkable',
  ),
  extensions(13, 'deprecated', 'warnings'),
  extensions(14, 'evaluate_forward_ref'),
];

const byName = new Map(
  moves.flatMap(({ since, from, to, names }) => names.map((name) => [`${from} ${name}`, { since, to }] as const)),
);

/** The module that a name stands in now. */
export function movedTo(
  module: string,
  name: string,
  { minor, keepsMock }: { readonly minor: number; readonly keepsMock: boolean },
): string | undefined {
  if (module === 'mock' && name === 'mock') return keepsMock ? undefined : 'unittest';
  const found = byName.get(`${module} ${name}`);
  return found === undefined || found.since > minor ? undefined : found.to;
}

const tkinter =
  'colorchooser commondialog constants dialog dnd filedialog font messagebox scrolledtext simpledialog tix ttk';
const sixModules: Readonly<Record<string, string>> = {
  BaseHTTPServer: 'http.server',
  CGIHTTPServer: 'http.server',
  SimpleHTTPServer: 'http.server',
  _dummy_thread: '_thread',
  _thread: '_thread',
  builtins: 'builtins',
  cPickle: 'pickle',
  collections_abc: 'collections.abc',
  configparser: 'configparser',
  copyreg: 'copyreg',
  dbm_gnu: 'dbm.gnu',
  dbm_ndbm: 'dbm.ndbm',
  email_mime_base: 'email.mime.base',
  email_mime_image: 'email.mime.image',
  email_mime_multipart: 'email.mime.multipart',
  email_mime_nonmultipart: 'email.mime.nonmultipart',
  email_mime_text: 'email.mime.text',
  html_entities: 'html.entities',
  html_parser: 'html.parser',
  http_client: 'http.client',
  http_cookiejar: 'http.cookiejar',
  http_cookies: 'http.cookies',
  queue: 'queue',
  reprlib: 'reprlib',
  socketserver: 'socketserver',
  tkinter: 'tkinter',
  ...Object.fromEntries(list(tkinter).map((name) => [`tkinter_${name}`, `tkinter.${name}`])),
  tkinter_tkfiledialog: 'tkinter.filedialog',
  tkinter_tksimpledialog: 'tkinter.simpledialog',
  'urllib.error': 'urllib.error',
  'urllib.parse': 'urllib.parse',
  'urllib.request': 'urllib.request',
  'urllib.response': 'urllib.response',
  'urllib.robotparser': 'urllib.robotparser',
  urllib_error: 'urllib.error',
  urllib_parse: 'urllib.parse',
  urllib_robotparser: 'urllib.robotparser',
  winreg: 'winreg',
  xmlrpc_client: 'xmlrpc.client',
  xmlrpc_server: 'xmlrpc.server',
};

/** What a module is called now. */
export function renamedModule(module: string, { keepsMock }: { readonly keepsMock: boolean }): string | undefined {
  if (module === 'xml.etree.cElementTree') return 'xml.etree.ElementTree';
  if (module === 'mock' || module === 'mock.mock') return keepsMock ? undefined : 'unittest.mock';
  const own = module.startsWith('six.moves.') ? module.slice('six.moves.'.length) : undefined;
  return own !== undefined && Object.hasOwn(sixModules, own) ? sixModules[own] : undefined;
}
