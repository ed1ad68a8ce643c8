import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Host } from '@release-kit/action';
import { parseDistribution } from '@release-kit/debian';
import { basePackages, createMachine, prepareBase, prepareToolLayer } from '@release-kit/machine';

/** A repository as one client meets it: how its Release file is signed, and the key that the client has. */
export interface MetRepository {
  /** Plain file name. */
  readonly name: string;
  /** Clear-signed, or the text with a detached signature. */
  readonly release: { readonly inRelease: string } | { readonly text: string; readonly gpg: string | Uint8Array };
  /** `key.asc` and its content, for Signed-By. */
  readonly key: { readonly file: string; readonly content: string | Uint8Array };
  /** What the clock of the client says, milliseconds since 1970 (faketime); default: now. */
  readonly at?: number;
}

export interface AptVerdict {
  readonly name: string;
  /** It updates without error and without any warning, and the package can be fetched. */
  readonly accepted: boolean;
  /** What apt said. */
  readonly said: string;
}

const place = '/srv/met';

/** Asks apt once for each, with its checks of dates switched on; base systems for building have them off. */
const asking = `set -eu
cd ${place}
ask() {
  clock=
  [ ! -e ${place}/$name/clock ] || clock="faketime @$(cat ${place}/$name/clock)"
  $clock apt-get "$@" -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts=${place}/$name/sources -o Dir::State::Lists=/tmp/lists-$name \\
    -o Acquire::Check-Valid-Until=true -o Acquire::Check-Date=true -o Acquire::Languages=none -o APT::Update::Error-Mode=any \\
    -o Debug::NoLocking=1 2>&1
}
for name in *; do
  mkdir -p /tmp/lists-$name/partial /tmp/fetched-$name
  code=0
  echo "== $name"
  ask update || code=$?
  [ $code != 0 ] || (cd /tmp/fetched-$name && ask download probe -o APT::Sandbox::User=root) || code=$?
  echo "== ends $code"
done`;

/** What apt of the distribution makes of each; in one machine, without network. */
export async function askApt(host: Host, distribution: string, repositories: readonly MetRepository[]): Promise<readonly AptVerdict[]> {
  await using folder = await host.files.temporary('apt');
  for (const repository of repositories) await layRepository(join(folder.path, repository.name), repository);
  const base = await prepareBase(host, {
    distribution: parseDistribution(distribution),
    architecture: 'amd64',
    packages: basePackages.smoke,
  });
  const layer = repositories.some(({ at }) => at !== undefined)
    ? await prepareToolLayer(host, base, 'nspawn', { name: 'faketime', packages: ['faketime'], what: 'faketime' })
    : base;
  await using machine = await createMachine(host, layer, 'nspawn');
  await machine.copyIn(folder.path, place);
  const { stdout } = await machine.run(['sh', '-c', asking], { env: { LC_ALL: 'C.UTF-8' }, timeout: 300_000 });
  const verdicts = [...stdout.matchAll(/^== (\S+)\n([\s\S]*?)^== ends (\d+)$/gm)].map(([, name = '', said = '', code]): AptVerdict => {
    return { name, accepted: code === '0' && !/^[WEN]:/m.test(said), said };
  });
  if (verdicts.length !== repositories.length)
    throw new Error(`apt answered ${verdicts.length} times of ${repositories.length}:\n${stdout}`);
  return verdicts;
}

/** Lays a repository out in `folder` (absolute), as a server would have it. */
export async function layRepository(folder: string, { name, release, key, at }: MetRepository): Promise<void> {
  const put = async (path: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  };
  await put('pool/probe.deb', content.package);
  await put(`dists/stable/${packagesPath}`, content.packages);
  if ('inRelease' in release) await put('dists/stable/InRelease', release.inRelease);
  else {
    await put('dists/stable/Release', release.text);
    await put('dists/stable/Release.gpg', release.gpg);
  }
  await put(key.file, key.content);
  if (at !== undefined) await put('clock', String(Math.floor(at / 1000)));
  const source = [
    'Types: deb',
    `URIs: file:${place}/${name}`,
    'Suites: stable',
    'Components: main',
    `Signed-By: ${place}/${name}/${key.file}`,
    '',
  ];
  await put('sources/probe.sources', source.join('\n'));
}

const packagesPath = 'main/binary-amd64/Packages';
/** apt compares what it fetches with the index, and looks into nothing else of it. */
const probe = Buffer.from('a package that nobody installs\n');
const content = {
  package: probe,
  packages: [
    'Package: probe',
    'Version: 1',
    'Architecture: amd64',
    'Maintainer: A Person <a@example.org>',
    'Description: probe',
    'Filename: pool/probe.deb',
    `Size: ${probe.length}`,
    `SHA256: ${digestOf(probe)}`,
    '',
  ].join('\n'),
};

/** The Release file of the repository, made at `time` (milliseconds), good for a week. */
export function releaseText(time: number): string {
  const { packages } = content;
  const date = (milliseconds: number): string => new Date(milliseconds).toUTCString().replace('GMT', 'UTC');
  return [
    'Origin: Probe',
    'Label: Probe',
    'Suite: stable',
    'Codename: stable',
    `Date: ${date(time)}`,
    `Valid-Until: ${date(time + 7 * 24 * 60 * 60 * 1000)}`,
    'Architectures: amd64',
    'Components: main',
    'SHA256:',
    ` ${digestOf(packages)} ${packages.length} ${packagesPath}`,
    '',
  ].join('\n');
}

function digestOf(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
