import { gzipSync } from 'node:zlib';

const blockBytes = 512;

/** An npm tarball of files by path, `package/` before each as npm writes it. Long paths get an extended header of pax. */
export function tarballOf(files: Readonly<Record<string, string>>): Uint8Array {
  const entries = Object.entries(files).flatMap(([path, text]) => {
    const name = `package/${path}`;
    const body = Buffer.from(text);
    if (name.length <= 100) return [entryOf({ name, kind: '0' }, body)];
    return [
      entryOf({ name: 'PaxHeader', kind: 'x' }, Buffer.from(paxRecord(name))),
      entryOf({ name: name.slice(0, 100), kind: '0' }, body),
    ];
  });
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(blockBytes * 2)]));
}

function paxRecord(path: string): string {
  const rest = ` path=${path}\n`;
  const length = (digits: number): number => digits + Buffer.byteLength(rest);
  const digits = String(length(String(length(3)).length)).length;
  return `${length(digits)}${rest}`;
}

function entryOf({ name, kind }: { readonly name: string; readonly kind: string }, body: Buffer): Buffer {
  const header = Buffer.alloc(blockBytes);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write(kind, 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padded = Buffer.alloc(Math.ceil(body.length / blockBytes) * blockBytes);
  body.copy(padded);
  return Buffer.concat([header, padded]);
}
