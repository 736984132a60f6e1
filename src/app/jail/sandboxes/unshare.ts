import { homeInside, type Sandbox, scratchBytes, systemFiles, systemFolders } from '../sandbox.ts';

/** Numbers of processes that a namespace has, where the kernel bounds them by namespace (Linux 6.14 and newer). */
const processesMax = 512;

/**
 * Builds a root of its own on a temporary file system, goes into it, and gives every capability up, after which nobody inside can
 * take a cover off again. Words: the folder to build it in, the layer, the top of the tree, the script; then lines of
 * `KIND PATH OTHER`, three words each.
 */
const build = `set -eu
new=$1 layer=$2 top=$3 script=$4
shift 4
mount --make-rprivate /
mount -t tmpfs -o size=${scratchBytes},mode=755,nosuid,nodev godwit "$new"
show() {
  if [ -L "$1" ]; then ln -s "$(readlink "$1")" "$new$1"; return 0; fi
  [ -e "$1" ] || return 0
  if [ -d "$1" ]; then mkdir -p "$new$1"; else mkdir -p "$(dirname "$new$1")"; : > "$new$1"; fi
  mount --bind "$1" "$new$1"
  mount -o remount,bind,ro,nosuid,nodev "$new$1"
}
mkdir -p "$new/tmp" "$new/proc" "$new/dev/shm" "$new/.old" "$new${homeInside}"
chmod 1777 "$new/tmp"
for path in ${[...systemFolders, ...systemFiles].join(' ')}; do show "$path"; done
for name in null zero full random urandom; do : > "$new/dev/$name"; mount --bind "/dev/$name" "$new/dev/$name"; done
ln -s /proc/self/fd "$new/dev/fd"
ln -s /proc/self/fd/0 "$new/dev/stdin"
ln -s /proc/self/fd/1 "$new/dev/stdout"
ln -s /proc/self/fd/2 "$new/dev/stderr"
mount -t proc -o nosuid,nodev,noexec proc "$new/proc"
( echo ${processesMax} > "$new/proc/sys/kernel/pid_max" ) 2>/dev/null || true
if [ "$layer" = thrown-away ]; then
  mkdir -p "$new$top" "$new/.layer/upper" "$new/.layer/work"
  mount -t overlay -o "userxattr,lowerdir=$(printf %s "$top" | sed 's/[\\\\:,]/\\\\&/g'),upperdir=$new/.layer/upper,workdir=$new/.layer/work" godwit "$new$top"
else
  show "$top"
fi
while [ "$#" -gt 0 ]; do
  case $1 in
    show) show "$2" ;;
    cover-folder) mount -t tmpfs -o ro,size=4k,nosuid,nodev godwit "$new$2" ;;
    replace) mount --bind "$3" "$new$2"; mount -o remount,bind,ro,nosuid,nodev "$new$2" ;;
  esac
  shift 3
done
ip link set lo up 2>/dev/null || true
cd "$new"
pivot_root . .old
cd /
umount -l /.old
cd "$top"
exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all sh -c "$script"`;

/** Namespaces of Linux by `unshare`, `mount`, `pivot_root` and `setpriv` of util-linux, which nearly every machine has. */
export const unshare: Sandbox = {
  id: 'unshare',
  says: 'In a sandbox (unshare): no network, what is written to the repository is thrown away, files with credentials covered, nothing else of this machine but its programs.',
  isApart: true,
  words: ({ script, root, programs, beside, covered, replaced, layer, scratch, empty }) => [
    // Ended with us, however we end.
    'setpriv',
    ...['--pdeathsig', 'KILL', 'unshare'],
    ...['--user', '--map-root-user', '--mount', '--net', '--pid', '--ipc', '--uts', '--fork', '--kill-child'],
    ...['sh', '-c', build, 'sh', scratch, layer, root, script],
    ...[...programs, ...beside].flatMap((path) => ['show', path, '-']),
    ...replaced.flatMap(({ path, by }) => ['replace', path, by]),
    ...covered.flatMap(({ path, kind }) => (kind === 'file' ? ['replace', path, empty] : ['cover-folder', path, '-'])),
  ],
};
