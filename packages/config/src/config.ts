import type { Place } from '@release-kit/action/errors';

/** Effective configuration: release-kit.yml with every default filled in. */
export interface Config {
  readonly packages: readonly { readonly path: string }[];
  readonly architectures: readonly string[];
  readonly distributions: readonly string[];
  readonly build: { readonly strategy: 'auto' | 'native' | 'cross' | 'emulate' };
  /** Architecture -> runner labels. */
  readonly runners: Readonly<Record<string, readonly string[]>>;
  readonly lint: { readonly failOn: 'error' | 'warning' | 'info' | 'pedantic' | 'none' };
  readonly smoke: SmokeConfig;
  readonly release: { readonly draft: boolean; readonly channels: Readonly<Record<string, string>> };
  /** Where each value stands in the file: path such as `smoke.services[0].unit`; nothing for defaults. */
  readonly place: (path: string) => Place | undefined;
}

export interface SmokeConfig {
  readonly services: readonly ServiceCheck[];
  /** Run inside the machine after the services are up, as `/bin/sh -c`; exit code 0 is good. */
  readonly commands: readonly string[];
  readonly files: readonly FileCheck[];
}

export interface ServiceCheck {
  /** `hello.service` */
  readonly unit: string;
  readonly healthy: HealthCheck | undefined;
}

export interface HealthCheck {
  /** Loopback address inside the machine; any 2xx answer is good. */
  readonly http: string;
  /** Milliseconds. */
  readonly within: number;
}

export interface FileCheck {
  readonly path: string;
  /** Four octal digits: `0640`. */
  readonly mode: string | undefined;
  readonly owner: string | undefined;
  readonly group: string | undefined;
}
