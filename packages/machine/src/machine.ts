import type { Argv, ExecOptions, ExecResult } from '@release-kit/action';
import type { Distribution } from '@release-kit/debian';
import type { HttpAnswer, HttpTrust } from './http-answer.ts';
import type { ResourceUse } from './resource-use.ts';

export type EngineName = 'nspawn' | 'docker';

export interface BaseRequest {
  readonly distribution: Distribution;
  /** Debian's name: `amd64`. */
  readonly architecture: string;
  /** Packages in the base system besides the minimum; part of its cache key. */
  readonly packages: readonly string[];
  /** undefined: the default mirror that mmdebstrap and apt know. */
  readonly mirror?: string;
  /**
   * A root to use instead of one made from an archive: the absolute path of a tarball (`docker export` makes one), or the name of a
   * container image, which Docker fetches.
   */
  readonly image?: string;
}

/** An unpacked root file system in the cache. Read only by agreement: instances lay an overlay over it. */
export interface BaseSystem {
  readonly key: string;
  /** Absolute path of the root. */
  readonly root: string;
  /** Absolute folders that are laid over the root, topmost first: each the upper directory of an overlay. */
  readonly layers: readonly string[];
  /** How it was come by, for the log. */
  readonly origin: 'cache' | 'remote-cache' | 'archive';
  readonly request: BaseRequest;
}

export interface MachineCommand
  extends Pick<
    ExecOptions,
    | 'stdin'
    | 'output'
    | 'onLine'
    | 'logFile'
    | 'stdoutFile'
    | 'keep'
    | 'terminal'
    | 'timeout'
    | 'allow'
    | 'errorCode'
    | 'failure'
    | 'signal'
  > {
  /** Inside the machine. Default `/`. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Default root. */
  readonly user?: string;
  /** Default false: no network but loopback. */
  readonly network?: boolean;
}

/** What a machine may use at most; it holds where the host's control groups can limit. */
export interface MachineLimits {
  /** Processes and threads. */
  readonly tasks: number;
  /** Bytes of memory, caches of files not counted as long as they can be dropped. */
  readonly memory: number;
}

/** How an instance is otherwise than others of the same base system. */
export interface MachineOptions {
  /** Default `release-kit`. A name that is none is E_MACHINE. */
  readonly hostname?: string;
  /** Default: what the host can spare. */
  readonly limits?: Partial<MachineLimits>;
}

/** A throw-away instance of a base system. Everything it made is gone after disposal, whatever happened. */
export interface Machine extends AsyncDisposable {
  readonly engine: EngineName;
  /**
   * Runs a command to its end; exit code, both streams, standard input pass through. Ended by a signal n: 128 + n; not found: 127.
   * Commands of one machine run one after the other; nothing a command leaves running outlives it, nor
   * may what it left in /run.
   */
  run(argv: Argv, command?: MachineCommand): Promise<ExecResult>;
  /**
   * Copies the contents of a host folder into a folder of the machine; modes kept, owner root unless named. That folder itself stays as
   * it is, or is made with mode 0755.
   */
  copyIn(hostFolder: string, machineFolder: string, owner?: string): Promise<void>;
  /**
   * Copies the contents of a folder of the machine into an existing host folder; owned by us, without setuid bits.
   * Links and special files in it are E_MACHINE: what comes out of a machine may be hostile.
   */
  copyOut(machineFolder: string, hostFolder: string): Promise<void>;
  /** Starts systemd as PID 1 on the same file system; `run` of the result runs beside it, `run` of the machine has to wait. */
  boot(options?: { readonly network?: boolean; readonly timeout?: number }): Promise<BootedMachine>;
  /**
   * Moves what the machine has changed to a folder that does not exist yet: `changes` as the upper directory of an overlay over the
   * base system, or its whole `root` where the engine has no overlay. The machine can only be disposed of afterwards.
   */
  takeLayer(folder: string): Promise<'changes' | 'root'>;
  /** What everything run in the machine has used so far; undefined where nothing of it is counted. May be asked while a command runs. */
  usage(): Promise<ResourceUse | undefined>;
}

/** The machine while systemd runs. Disposal powers it off; the file system stays until the machine is disposed of. */
export interface BootedMachine extends AsyncDisposable {
  /** `running` or `degraded`, as `systemctl is-system-running` said after the boot. */
  readonly state: string;
  /** Runs a command as a transient unit of the booted system. `network` is decided at boot. */
  run(argv: Argv, command?: Omit<MachineCommand, 'network'>): Promise<ExecResult>;
  /**
   * Asks a URL from inside the machine's network, with no client installed there. Any answer counts, whatever its status;
   * no answer within the time (milliseconds) is E_MACHINE with the reason. At most 64 KiB of the body are kept. With https, whether
   * the certificate is right is told beside the answer. E_ENGINE where the machine's network cannot be reached at all.
   */
  http(url: string, timeoutMs: number, trust?: HttpTrust): Promise<HttpAnswer>;
  /** Ends it as a power cut does: at once, whatever still runs. For a machine whose file system nobody needs any more. */
  cut(): Promise<void>;
}
