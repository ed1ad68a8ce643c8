import type { BootedMachine } from '@release-kit/machine';

// capabilities(7), by their numbers; linux/capability.h.
const names =
  'chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable net_bind_service net_broadcast net_admin net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot sys_ptrace sys_pacct sys_admin sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease audit_write audit_control setfcap mac_override mac_admin syslog wake_alarm block_suspend audit_read perfmon bpf checkpoint_restore'.split(
    ' ',
  );

// No small system has getcap, and every Debian has Perl: lgetxattr(2) by its number, which each kind of processor has of its own.
const script = `use strict; use Config;
my %numbers = (x86_64 => 192, aarch64 => 9, riscv64 => 9, loongarch64 => 9, arm => 230, i386 => 230, i486 => 230, i586 => 230, i686 => 230, powerpc64le => 213, ppc64le => 213, s390x => 228);
my ($processor) = $Config{archname} =~ /^([^-]+)/;
my $number = $numbers{$processor} or do { print STDERR "no system call is known for $processor\\n"; exit 3 };
$/ = "\\0";
while (my $path = <STDIN>) {
  chomp $path;
  my $value = "\\0" x 64;
  my $length = syscall($number, "$path", my $name = "security.capability", $value, 64);
  print unpack("H*", substr($value, 0, $length)), " $path\\0" if $length > 0;
}`;

/** Capabilities of files by path; those that have none are left out. undefined with the reason where the machine cannot say. */
export async function capabilitiesOf(
  machine: BootedMachine,
  paths: readonly string[],
): Promise<{ readonly found: ReadonlyMap<string, readonly string[]>; readonly unknown?: string }> {
  if (paths.length === 0) return { found: new Map() };
  const stdin = paths.map((path) => `${path}\0`).join('');
  const { exitCode, stdout, stderr } = await machine.run(['perl', '-e', script], { allow: 'any', timeout: 60_000, stdin });
  if (exitCode !== 0) return { found: new Map(), unknown: stderr.trim() === '' ? `perl ended with exit code ${exitCode}` : stderr.trim() };
  const found = new Map<string, readonly string[]>();
  for (const record of stdout.split('\0')) {
    const [, value, path] = /^([0-9a-f]+) (\/.*)$/s.exec(record) ?? [];
    if (value !== undefined && path !== undefined) found.set(path, parseCapabilities(value));
  }
  return { found };
}

/**
 * Names of the permitted and inheritable capabilities of the extended attribute `security.capability`, in hexadecimal: a word of
 * version and flags, then pairs of words, all of them little-endian (struct vfs_cap_data in linux/capability.h).
 */
export function parseCapabilities(value: string): readonly string[] {
  const bytes = Buffer.from(value, 'hex');
  const word = (index: number): number => (bytes.length >= index * 4 + 4 ? bytes.readUInt32LE(index * 4) : 0);
  const low = word(1) | word(2);
  const high = word(3) | word(4);
  const set = Array.from({ length: 64 }, (_, bit) => ((bit < 32 ? low >>> bit : high >>> (bit - 32)) & 1) === 1);
  return set.flatMap((isSet, bit) => (isSet ? [`cap_${names[bit] ?? bit}`] : []));
}
