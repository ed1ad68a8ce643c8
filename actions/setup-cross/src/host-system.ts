import { readFile } from 'node:fs/promises';

/** What /etc/os-release says; os-release(5). */
export interface HostSystem {
  /** `debian:12`, as distributions are written everywhere here. */
  readonly name: string;
  readonly prettyName: string;
}

const tested = ['debian:12', 'debian:13', 'ubuntu:22.04', 'ubuntu:24.04'];

/** This host. One without os-release is some Linux. */
export async function hostSystem(): Promise<HostSystem> {
  return parseOsRelease(await readFile('/etc/os-release', 'utf8').catch(() => ''));
}

/** Reads os-release: shell assignments, of which only plain and quoted values occur. Lines that are none are passed over. */
export function parseOsRelease(text: string): HostSystem {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, name, value] = /^\s*([A-Z0-9_]+)=(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) fields.set(name, unquoted(value));
  }
  const id = fields.get('ID') ?? 'linux';
  const version = fields.get('VERSION_ID');
  const name = version === undefined ? id : `${id}:${version}`;
  return { name, prettyName: fields.get('PRETTY_NAME') ?? name };
}

function unquoted(value: string): string {
  const [, quote, inner = ''] = /^(["'])(.*)\1$/.exec(value) ?? [];
  if (quote === undefined) return value;
  return quote === '"' ? inner.replace(/\\([\\"$`])/g, '$1') : inner;
}

/** A warning for a host that release-kit is not tested on; undefined for the others. */
export function untestedHost(system: HostSystem): string | undefined {
  if (tested.includes(system.name)) return undefined;
  return `This host is ${system.prettyName}; release-kit is tested on ${tested.join(', ')}. Trying all the same.`;
}
