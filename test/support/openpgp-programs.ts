import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import { parseDistribution } from '@release-kit/debian';
import { basePackages, createMachine, type Machine, prepareBase, prepareToolLayer } from '@release-kit/machine';

/** What somebody else's program made: a key, and signatures by it of `content`. */
export interface ForeignKey {
  /** `gpg-2.2-nistp256`, `sq-rsa3k`; `…-dual` has two keys, and their secret parts are in others. */
  readonly name: string;
  readonly secret: Uint8Array | undefined;
  /** undefined: sq 1.3 exports none without a store. */
  readonly certificate: Uint8Array | undefined;
  readonly content: Uint8Array;
  readonly armored: Uint8Array;
  readonly binary: Uint8Array;
  readonly clear: Uint8Array;
}

/** Signatures for every program to verify, and what each has to refuse. */
export interface ForeignTask {
  readonly name: string;
  readonly certificate: Uint8Array;
  readonly content: Uint8Array;
  readonly armored: string | Uint8Array;
  readonly binary: Uint8Array;
  readonly clear: string | Uint8Array;
  /** The content with one letter changed, and a clear signature around such a text. */
  readonly changed: { readonly content: Uint8Array; readonly clear: string | Uint8Array };
}

export interface ProgramVerdict {
  readonly program: string;
  readonly name: string;
  /** `armored`, `binary`, `clear`; `changed …` must be refused. */
  readonly form: string;
  readonly verdict: 'good' | 'bad';
}

/** Programs besides what a base system has; sq of Debian 12 has another command line. */
const packages = { 'debian:12': ['gnupg', 'sqv'], 'debian:13': ['gnupg', 'gpgv', 'sq', 'sqv'] } as const;

export type ForeignDistribution = keyof typeof packages;

const limit = 300_000;

async function machineWithPrograms(host: Host, distribution: ForeignDistribution): Promise<Machine> {
  const request = { distribution: parseDistribution(distribution), architecture: 'amd64', packages: basePackages.smoke };
  const base = await prepareBase(host, request);
  const tools = { name: 'openpgp-tools', packages: packages[distribution], what: packages[distribution].join(', ') };
  return createMachine(host, await prepareToolLayer(host, base, 'nspawn', tools), 'nspawn');
}

async function runScript(machine: Machine, script: string): Promise<string> {
  const { exitCode, stdout, stderr } = await machine.run(['sh', '-c', script], { timeout: limit, allow: 'any' });
  if (exitCode !== 0) throw new Error(`a script of the test ended with ${exitCode}:\n${stderr}`);
  return stdout;
}

/** Of the keys whose name ends with `-locked`. */
export const passphraseOfLocked = 'two words & more';

/** Lines that begin with a hyphen and with From are what a clear signature has to escape, or some programs do. */
const making = `set -eu
mkdir /srv/made; cd /srv/made
export HOME=/root GNUPGHOME=/root/made; install -d -m 0700 "$GNUPGHOME"
version=$(gpg --version | sed -n 's/^gpg (GnuPG) \\([0-9]*\\.[0-9]*\\).*/\\1/p')
printf 'first line\\n- second line\\n\\nFrom here \\303\\244\\nlast line\\n' > content
gpg() { command gpg --batch --yes --quiet --no-tty --pinentry-mode loopback --passphrase '' "$@"; }
sign() {
  gpg "$@" --armor --output $name.asc --detach-sign content
  gpg "$@" --output $name.sig --detach-sign content
  gpg "$@" --output $name.clear --clear-sign content
}
for kind in rsa3072 ed25519 nistp256 nistp384 nistp521; do
  name=gpg-$version-$kind
  gpg --quick-gen-key "$name <$kind@example.org>" $kind sign 0
  gpg --armor --output $name.secret --export-secret-keys $kind@example.org
  gpg --output $name.gpg --export $kind@example.org
  sign --local-user $kind@example.org
done
name=gpg-$version-subkey
gpg --quick-gen-key "$name <subkey@example.org>" rsa3072 cert 0
primary=$(gpg --with-colons --list-keys subkey@example.org | sed -n '/^fpr/{s/^fpr:*//;s/:$//;p;q}')
gpg --quick-add-key "$primary" ed25519 sign 1y
gpg --armor --output $name.secret --export-secret-subkeys subkey@example.org
gpg --output $name.gpg --export subkey@example.org
sign --local-user subkey@example.org
name=gpg-$version-locked
gpg --passphrase '${passphraseOfLocked}' --quick-gen-key "$name <locked@example.org>" ed25519 sign 0
gpg --passphrase '${passphraseOfLocked}' --armor --output $name.secret --export-secret-keys locked@example.org
gpg --output $name.gpg --export locked@example.org
sign --passphrase '${passphraseOfLocked}' --local-user locked@example.org
name=gpg-$version-dual
cat gpg-$version-rsa3072.gpg gpg-$version-ed25519.gpg > $name.gpg
sign --local-user rsa3072@example.org --local-user ed25519@example.org
gpgconf --kill all
command -v sq > /dev/null || exit 0
make() {
  sq --home none key generate --quiet --own-key --profile rfc4880 --cannot-encrypt --cannot-authenticate \\
    --userid "$name <$name@example.org>" --output $name.secret --rev-cert $name.rev "$@"
}
printf '%s' '${passphraseOfLocked}' > password
for kind in cv25519 rsa3k locked; do
  name=sq-$kind
  if [ $kind = locked ]; then make --new-password-file password; else make --cipher-suite $kind --without-password; fi
  sq --home none --password-file password sign --signer-file $name.secret --signature-file $name.asc content
  sq --home none --password-file password sign --binary --signer-file $name.secret --signature-file $name.sig content
  sq --home none --password-file password sign --cleartext --signer-file $name.secret --output $name.clear content
done`;

/** Keys of every kind and signatures by them, made by the programs of the distribution. */
export async function foreignKeys(host: Host, distribution: ForeignDistribution): Promise<readonly ForeignKey[]> {
  await using folder = await host.files.temporary('foreign');
  await using machine = await machineWithPrograms(host, distribution);
  await runScript(machine, making);
  await machine.copyOut('/srv/made', folder.path);
  const files = new Map<string, Uint8Array>();
  for (const file of await readdir(folder.path)) files.set(file, await readFile(join(folder.path, file)));
  const need = (file: string): Uint8Array => {
    const bytes = files.get(file);
    if (bytes === undefined) throw new Error(`${distribution} made no ${file}`);
    return bytes;
  };
  const names = [...files.keys()].filter((file) => file.endsWith('.asc')).map((file) => file.slice(0, -'.asc'.length));
  return names.sort().map((name) => ({
    name,
    secret: files.get(`${name}.secret`),
    certificate: files.get(`${name}.gpg`),
    content: need('content'),
    armored: need(`${name}.asc`),
    binary: need(`${name}.sig`),
    clear: need(`${name}.clear`),
  }));
}

const verifying = `set -eu
cd /srv/tasks
export HOME=/root
say() {
  asked="$1 $name $2"; shift 2
  rm -f /tmp/text
  if "$@" > /tmp/said 2>&1; then echo "$asked good"; else echo "$asked bad"; sed 's/^/  /' /tmp/said; fi
}
# The text of a clear signature has to come back as it was signed.
back() { "$@" && cmp /tmp/text content; }
# To Sequoia the end of the last line is no part of it (RFC 9580, section 7.2).
with_end() { "$@" && echo >> /tmp/text; }
for name in *; do
  cd /srv/tasks/$name
  export GNUPGHOME=/root/h-$name; install -d -m 0700 $GNUPGHOME
  gpg --batch --quiet --import key.gpg 2> /dev/null
  for form in armored binary; do
    say gpg $form gpg --batch --verify $form content
    say gpg changed-$form gpg --batch --verify $form changed-content
    say gpgv $form gpgv --keyring ./key.gpg $form content
    say gpgv changed-$form gpgv --keyring ./key.gpg $form changed-content
    say sqv $form sqv --keyring key.gpg $form content
    say sqv changed-$form sqv --keyring key.gpg $form changed-content
  done
  say gpg clear back gpg --batch --output /tmp/text clear
  say gpg changed-clear gpg --batch --verify changed-clear
  say gpgv clear back gpgv --keyring ./key.gpg --output /tmp/text clear
  say gpgv changed-clear gpgv --keyring ./key.gpg changed-clear
  command -v sq > /dev/null || continue
  say sqv clear back with_end sqv --keyring key.gpg --cleartext --output /tmp/text clear
  say sqv changed-clear sqv --keyring key.gpg --cleartext --output /tmp/text changed-clear
  for form in armored binary; do
    say sq $form sq --home none verify --signer-file key.gpg --signature-file $form content
    say sq changed-$form sq --home none verify --signer-file key.gpg --signature-file $form changed-content
  done
  say sq clear sq --home none verify --signer-file key.gpg --cleartext clear
  say sq changed-clear sq --home none verify --signer-file key.gpg --cleartext changed-clear
done`;

/** What each program of the distribution makes of each signature; `said` is all they said. */
export async function askPrograms(
  host: Host,
  distribution: ForeignDistribution,
  tasks: readonly ForeignTask[],
): Promise<{ readonly verdicts: readonly ProgramVerdict[]; readonly said: string }> {
  await using folder = await host.files.temporary('tasks');
  for (const task of tasks) await layTask(join(folder.path, task.name), task);
  await using machine = await machineWithPrograms(host, distribution);
  await machine.copyIn(folder.path, '/srv/tasks');
  const said = await runScript(machine, verifying);
  const verdicts = [...said.matchAll(/^(\S+) (\S+) (\S+) (good|bad)$/gm)].map(([, program = '', name = '', form = '', verdict]) => {
    return { program, name, form, verdict: verdict === 'good' ? 'good' : 'bad' } as const;
  });
  return { verdicts, said };
}

async function layTask(folder: string, task: ForeignTask): Promise<void> {
  const { certificate, content, armored, binary, clear, changed } = task;
  await mkdir(folder, { recursive: true });
  const files = {
    'key.gpg': certificate,
    content,
    armored,
    binary,
    clear,
    'changed-content': changed.content,
    'changed-clear': changed.clear,
  };
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
}
