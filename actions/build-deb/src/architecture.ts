import { UserError } from '@release-kit/action';
import { parseArchitecture } from '@release-kit/config';

/** Node's names of processors -> Debian's. */
const debianNames: Readonly<Record<string, string>> = {
  x64: 'amd64',
  arm64: 'arm64',
  arm: 'armhf',
  ia32: 'i386',
  ppc64: 'ppc64el',
  riscv64: 'riscv64',
  s390x: 's390x',
};

/** Packages are built on the architecture they are for. Throws E_ARCHITECTURE for an unknown or a foreign one. */
export function requireNative(text: string, processor: string = process.arch): string {
  const architecture = parseArchitecture(text);
  const own = debianNames[processor];
  if (architecture === own) return architecture;
  throw new UserError('E_ARCHITECTURE', `packages for ${architecture} cannot be built here yet: this host is ${own ?? processor}`, {
    cure: `Build on a runner of that architecture${own === undefined ? '' : `, or for ${own}`}.`,
  });
}
