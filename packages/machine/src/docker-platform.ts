import { UserError } from '@release-kit/action';

interface Platform {
  readonly architecture: string;
  readonly variant?: string;
}

/** Names of the OCI image specification, which are Go's GOARCH and GOARM, by those of Debian. */
const platforms: Readonly<Record<string, Platform>> = {
  amd64: { architecture: 'amd64' },
  arm64: { architecture: 'arm64', variant: 'v8' },
  armel: { architecture: 'arm', variant: 'v5' },
  armhf: { architecture: 'arm', variant: 'v7' },
  i386: { architecture: '386' },
  ppc64el: { architecture: 'ppc64le' },
  riscv64: { architecture: 'riscv64' },
  s390x: { architecture: 's390x' },
};

/** How images call an architecture of Debian. E_ARCHITECTURE when they have no name for it. */
export function platformOf(architecture: string): Platform {
  const platform = platforms[architecture];
  if (platform === undefined) throw new UserError('E_ARCHITECTURE', `Docker has no images of the architecture ${architecture}`);
  return platform;
}

/** `linux/arm/v7`: for the client's option `--platform`. */
export function platformName(architecture: string): string {
  const { architecture: name, variant } = platformOf(architecture);
  return ['linux', name, ...(variant === undefined ? [] : [variant])].join('/');
}

/** What a program is started with so that it takes the machine for one of its own architecture; setarch(8). */
export function personalityArgs(architecture: string): readonly string[] {
  return architecture === 'i386' ? ['/usr/bin/setarch', 'i686'] : [];
}
