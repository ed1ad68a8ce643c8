import { constants } from 'node:os';

/** How a process of a unit ended. */
export interface UnitEnd {
  /** Result= of the unit: `success`, `exit-code`, `signal`, `timeout`, … */
  readonly result: string;
  /** Exit code, or number of the signal, of the process that ended last. */
  readonly status: number;
}

/** Codes by which systemd tells that it could not even start the program, and the setting that is at fault; systemd.exec(5), "Process Exit Codes". */
const setups: Readonly<Record<number, readonly [why: string, setting: string]>> = {
  200: ['its working directory cannot be entered', 'WorkingDirectory'],
  203: ['its program cannot be run: it is missing, not executable, or for another architecture', 'ExecStart'],
  204: ['there was not enough memory to start it', 'ExecStart'],
  205: ['its resource limits cannot be set', 'LimitNOFILE'],
  206: ['its out-of-memory score cannot be set', 'OOMScoreAdjust'],
  208: ['its standard input cannot be opened', 'StandardInput'],
  209: ['its standard output cannot be opened', 'StandardOutput'],
  210: ['its root directory cannot be entered', 'RootDirectory'],
  211: ['its priority for input and output cannot be set', 'IOSchedulingClass'],
  213: ['its processor scheduling cannot be set', 'CPUSchedulingPolicy'],
  214: ['its scheduling priority cannot be set', 'CPUSchedulingPriority'],
  216: ['its group does not exist', 'Group'],
  217: ['its user does not exist', 'User'],
  218: ['its capabilities cannot be set', 'CapabilityBoundingSet'],
  219: ['its control group cannot be set', 'Slice'],
  222: ['its standard error cannot be opened', 'StandardError'],
  224: ['its PAM session cannot be made', 'PAMName'],
  225: ['its network namespace cannot be made', 'PrivateNetwork'],
  226: ['its sandbox cannot be made: a path named in it is missing', 'ReadWritePaths'],
  228: ['its system call filter cannot be set', 'SystemCallFilter'],
  229: ['its SELinux context cannot be set', 'SELinuxContext'],
  230: ['its personality cannot be set', 'Personality'],
  231: ['its AppArmor profile cannot be set', 'AppArmorProfile'],
  232: ['its address families cannot be restricted', 'RestrictAddressFamilies'],
  233: ['its runtime directory cannot be made', 'RuntimeDirectory'],
  236: ['the owner of its control group cannot be set', 'User'],
  238: ['its state directory cannot be made', 'StateDirectory'],
  239: ['its cache directory cannot be made', 'CacheDirectory'],
  240: ['its log directory cannot be made', 'LogsDirectory'],
  241: ['its configuration directory cannot be made', 'ConfigurationDirectory'],
  243: ['its credentials cannot be set up', 'LoadCredential'],
};

/** What the unit file says the fault is in; undefined where the program itself is at fault. */
export function settingOf({ result, status }: UnitEnd): string | undefined {
  return result === 'exit-code' ? setups[status]?.[1] : undefined;
}

/** For people; the setting of the unit file that is at fault stands at the end. */
export function endWords({ result, status }: UnitEnd): string {
  switch (result) {
    case 'exit-code': {
      const setup = setups[status];
      return setup === undefined ? `exit code ${status}` : `${setup[0]} (${setup[1]}=)`;
    }
    case 'success':
      return `exit code ${status}`;
    case 'signal':
      return `killed by ${signalName(status)}`;
    case 'core-dump':
      return `killed by ${signalName(status)}, with a core dump`;
    case 'timeout':
      return 'it did not start in time';
    case 'watchdog':
      return 'it did not tell systemd in time that it is alive (WatchdogSec=)';
    case 'protocol':
      return 'it did not tell systemd what Type= promises: that it is ready, or which process is the main one';
    case 'oom-kill':
      return 'it used more memory than it may';
    case 'start-limit-hit':
      return 'it ended too often in a row (StartLimitBurst=)';
    case 'resources':
      return 'systemd had not what it needs to start it';
    case 'exec-condition':
      return 'its ExecCondition= did not hold';
    default:
      return result;
  }
}

/** `SIGKILL`; Linux gives the same numbers to all architectures of Debian but mips. */
function signalName(number: number): string {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? `signal ${number}`;
}
