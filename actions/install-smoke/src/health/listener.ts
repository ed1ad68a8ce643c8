/**
 * The TCP addresses that somebody listens on, such as `127.0.0.1:8080`, sorted by port. `text`: /proc/net/tcp and tcp6 one after the
 * other; proc_net(5): local addresses in hex by words of the machine's own byte order, here little; state 0A is LISTEN.
 */
export function listenersOf(text: string): readonly string[] {
  const found = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, address, port] = /^\s*\d+:\s+([0-9A-F]{8}(?:[0-9A-F]{24})?):([0-9A-F]{4})\s+\S+\s+0A\s/.exec(line) ?? [];
    if (address === undefined || port === undefined) continue;
    const number = Number.parseInt(port, 16);
    found.set(`${address.length === 8 ? ipv4(address) : ipv6(address)}:${number}`, number);
  }
  return [...found].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1)).map(([name]) => name);
}

const bytesOf = (word: string): readonly number[] => (word.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)).reverse();

const ipv4 = (word: string): string => bytesOf(word).join('.');

function ipv6(words: string): string {
  const bytes = (words.match(/.{8}/g) ?? []).flatMap(bytesOf);
  const groups = Array.from({ length: 8 }, (_, index) => ((bytes[2 * index] ?? 0) * 256 + (bytes[2 * index + 1] ?? 0)).toString(16));
  // The kernel's own way to write it, RFC 5952: new URL knows it.
  return new URL(`http://[${groups.join(':')}]`).hostname;
}
