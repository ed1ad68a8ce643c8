/** A check that is asked until it is good or the time is over. Expressions are regular ones, with the flags of `readExpression`. */
export type HealthCheck = HealthTiming & HealthQuestion;

export interface HealthTiming {
  /** Milliseconds. */
  readonly within: number;
  /** Milliseconds between two tries. */
  readonly every: number;
}

export type HealthQuestion = HttpQuestion | TcpQuestion | UnixQuestion | CommandQuestion | UnitQuestion | FileQuestion | LogQuestion;

export interface HttpQuestion {
  readonly kind: 'http';
  /** On a loopback address inside the machine, http or https. */
  readonly url: string;
  /** Statuses that are good; undefined: any 2xx. */
  readonly status: readonly number[] | undefined;
  /** Expression that the body must match. */
  readonly body: string | undefined;
  /** Header in small letters -> expression that its value must match. */
  readonly headers: Readonly<Record<string, string>>;
  /** `any`: the certificate is not checked; `ca`: absolute path inside the machine, undefined: what the machine itself trusts. */
  readonly tls: 'any' | { readonly ca: string | undefined; readonly name: string | undefined };
}

export interface TcpQuestion {
  readonly kind: 'tcp';
  /** `127.0.0.1:6379`, `localhost:80`, `[::1]:80` */
  readonly address: string;
}

export interface UnixQuestion {
  readonly kind: 'unix';
  /** Absolute, inside the machine. */
  readonly path: string;
}

export interface CommandQuestion {
  readonly kind: 'command';
  /** For `/bin/sh -c` inside the machine. */
  readonly command: string;
  readonly exit: number;
  /** Expression that what it prints must match. */
  readonly output: string | undefined;
  /** undefined: root. */
  readonly user: string | undefined;
}

export interface UnitQuestion {
  readonly kind: 'unit';
  readonly unit: string;
  /** An active state or a sub-state of systemd: `active`, `waiting`. */
  readonly state: string;
}

export interface FileQuestion {
  readonly kind: 'file';
  /** Absolute, inside the machine. */
  readonly path: string;
}

export interface LogQuestion {
  readonly kind: 'log';
  /** Expression that a line must match. */
  readonly line: string;
  /** Whose journal; undefined: that of the service that the check belongs to, else of the whole machine. */
  readonly unit: string | undefined;
}

/** The expression as it is matched: each `^` and `$` at the ends of lines, and strict about what is not known. Throws SyntaxError. */
export const readExpression = (text: string): RegExp => new RegExp(text, 'mu');
