/** A socket that waits for others to connect or to send. */
export interface ListeningSocket {
  readonly protocol: 'tcp' | 'udp' | 'unix';
  /** `127.0.0.1`, `[::1]`; of unix sockets the path, or `@name` of an abstract one. Raw. */
  readonly address: string;
  /** 0 for unix sockets. */
  readonly port: number;
  readonly inode: string;
}

/**
 * Reads /proc/net/{tcp,tcp6,udp,udp6}; proc(5): the local address is the second column, the state the fourth, the inode the tenth.
 * State 0A is listening; a datagram socket is 07 until it is connected to somebody.
 */
export function parseInternetSockets(protocol: 'tcp' | 'udp', text: string): readonly ListeningSocket[] {
  return text.split('\n').flatMap((line) => {
    const columns = line.trim().split(/\s+/);
    const [, local = '', , state] = columns;
    const [, hex = '', port = ''] = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/.exec(local) ?? [];
    if (hex === '' || state !== (protocol === 'tcp' ? '0A' : '07')) return [];
    return [
      { protocol, address: hex.length === 8 ? ipv4(hex) : `[${ipv6(hex)}]`, port: Number.parseInt(port, 16), inode: columns[9] ?? '' },
    ];
  });
}

/** Reads /proc/net/unix: flag 00010000 is a socket that accepts connections; names end the line. Those without a name are not reachable. */
export function parseUnixSockets(text: string): readonly ListeningSocket[] {
  return [...text.matchAll(/^\S+: \S+ \S+ 00010000 \S+ \S+ +(\d+) (\S.*)$/gm)].map(([, inode = '', address = '']) => ({
    ...{ protocol: 'unix', address, port: 0, inode },
  }));
}

/** The kernel prints words of 32 bits as they are in memory; all architectures of Debian that boot here are little-endian but s390x. */
function bytesOf(hex: string): readonly number[] {
  const words = hex.match(/.{8}/g) ?? [];
  return words.flatMap((word) => (word.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16)));
}

const ipv4 = (hex: string): string => bytesOf(hex).join('.');

/** As RFC 5952 writes it: the longest run of zeros is left out. */
function ipv6(hex: string): string {
  const bytes = bytesOf(hex);
  const groups = Array.from({ length: 8 }, (_, index) => (((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0)).toString(16));
  const mapped = groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff';
  if (mapped) return `::ffff:${bytes.slice(12).join('.')}`;
  const runs = groups.join(':').match(/\b0(?::0)+\b/g) ?? [];
  const [longest] = runs.toSorted((a, b) => b.length - a.length);
  if (longest === undefined) return groups.join(':');
  const [before = '', after = ''] = splitAt(groups.join(':'), longest);
  return `${before.replace(/:$/, '')}::${after.replace(/^:/, '')}`;
}

function splitAt(text: string, part: string): readonly [string, string] {
  const index = new RegExp(`(?<![0-9a-f])${part}(?![0-9a-f])`).exec(text)?.index ?? 0;
  return [text.slice(0, index), text.slice(index + part.length)];
}
