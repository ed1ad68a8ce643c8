import type { Argv, ExecOptions, ExecResult } from '@release-kit/action';
import type { Distribution } from '@release-kit/debian';

export type EngineName = 'nspawn' | 'docker';

export interface BaseRequest {
  readonly distribution: Distribution;
  /** Debian's name: `amd64`. */
  readonly architecture: string;
  /** Packages in the base system besides the minimum; part of its cache key. */
  readonly packages: readonly string[];
  /** undefined: the default mirror that mmdebstrap and apt know. */
  readonly mirror?: string;
}

/** An unpacked root file system in the cache. Read only by agreement: instances lay an overlay over it. */
export interface BaseSystem {
  readonly key: string;
  /** Absolute path of the root. */
  readonly root: string;
  /** How it was come by, for the log. */
  readonly origin: 'cache' | 'remote-cache' | 'archive';
  readonly request: BaseRequest;
}

export interface MachineCommand extends Pick<ExecOptions, 'stdin' | 'output' | 'onLine' | 'logFile' | 'stdoutFile' | 'timeout' | 'allow' | 'errorCode' | 'failure'> {
  /** Inside the machine. Default `/`. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Default root. */
  readonly user?: string;
  /** Default false: no network but loopback. */
  readonly network?: boolean;
}

/** A throw-away instance of a base system. Everything it made is gone after disposal, whatever happened. */
export interface Machine extends AsyncDisposable {
  readonly engine: EngineName;
  /** Runs a command to its end; exit code, both streams, standard input pass through. */
  run(argv: Argv, command?: MachineCommand): Promise<ExecResult>;
  /** Copies the contents of a host folder into a folder of the machine (created when missing); modes kept, owner root unless named. */
  copyIn(hostFolder: string, machineFolder: string, owner?: string): Promise<void>;
  /** Copies the contents of a folder of the machine into an existing host folder; owned by us. */
  copyOut(machineFolder: string, hostFolder: string): Promise<void>;
  /** Starts systemd as PID 1 on the same file system; `run` of the result runs beside it. */
  boot(options?: { readonly network?: boolean; readonly timeout?: number }): Promise<BootedMachine>;
}

/** The machine while systemd runs. Disposal powers it off; the file system stays until the machine is disposed of. */
export interface BootedMachine extends AsyncDisposable {
  /** `running` or `degraded`, as `systemctl is-system-running` said after the boot. */
  readonly state: string;
  /** Runs a command in the booted system's namespaces. `network` is decided at boot. */
  run(argv: Argv, command?: Omit<MachineCommand, 'network'>): Promise<ExecResult>;
}
