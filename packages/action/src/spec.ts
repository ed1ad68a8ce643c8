/**
 * The one place where an action's interface is written: `spec.ts` of each action builds it with these functions.
 * action.yml, README tables, the schema, and the command line's flags are rendered from it.
 */
interface Common {
  readonly description: string;
  /** Shown in README when the default needs words, such as "the manifest's distribution". */
  readonly defaultText?: string;
}
/** Text as a person writes it in YAML; every default is checked by the same reader as a user's value. */
interface WithDefault<D> {
  readonly default: D;
}
interface Optional {
  readonly optional: true;
}

export interface TextInput extends Common {
  readonly type: 'text';
  readonly default?: string;
  readonly optional?: true;
  readonly pattern?: RegExp;
  readonly patternText?: string;
}
export interface BooleanInput extends Common {
  readonly type: 'boolean';
  readonly default: boolean;
  readonly optional?: never;
}
export interface IntegerInput extends Common {
  readonly type: 'integer';
  readonly min: number;
  readonly max: number;
  readonly default?: number;
  readonly optional?: true;
}
/** A length of time in milliseconds, written as `90s`, `15m`, `2h`. */
export interface DurationInput extends Common {
  readonly type: 'duration';
  readonly default?: string;
  readonly optional?: true;
}
export interface EnumInput extends Common {
  readonly type: 'enum';
  readonly values: readonly string[];
  readonly default?: string;
  readonly optional?: true;
}
/** One entry per line; blank lines are dropped. */
export interface ListInput extends Common {
  readonly type: 'list';
  readonly values?: readonly string[];
  readonly default: readonly string[];
  readonly optional?: never;
}
/**
 * Inside the workspace unless `anywhere`; handed to `run` as an absolute path. Of an action that runs as root, one that need not exist may not
 * lead out of the workspace by a link.
 */
export interface PathInput extends Common {
  readonly type: 'path';
  readonly mustExist?: boolean;
  readonly anywhere?: boolean;
  readonly default?: string;
  readonly optional?: true;
}
/** A pattern of file names relative to the workspace. */
export interface GlobInput extends Common {
  readonly type: 'glob';
  readonly default?: string;
  readonly optional?: true;
}
/** Masked in the log, never printed, never read from the configuration file; exact bytes. */
export interface SecretInput extends Common {
  readonly type: 'secret';
  /** On GitHub the job's own token is handed over where none is given. */
  readonly jobToken?: true;
  readonly optional?: true;
  readonly default?: never;
}

export type InputSpec =
  | TextInput
  | BooleanInput
  | IntegerInput
  | DurationInput
  | EnumInput
  | ListInput
  | PathInput
  | GlobInput
  | SecretInput;

type Given<T extends InputSpec['type']> = Omit<Extract<InputSpec, { type: T }>, 'type'>;

export const text = <const S extends Given<'text'>>(spec: S) => ({ type: 'text', ...spec }) as const;
export const boolean = <const S extends Given<'boolean'>>(spec: S) => ({ type: 'boolean', ...spec }) as const;
export const integer = <const S extends Given<'integer'>>(spec: S) => ({ type: 'integer', ...spec }) as const;
export const duration = <const S extends Given<'duration'>>(spec: S) => ({ type: 'duration', ...spec }) as const;
export const oneOf = <const S extends Given<'enum'>>(spec: S) => ({ type: 'enum', ...spec }) as const;
export const list = <const S extends Given<'list'>>(spec: S) => ({ type: 'list', ...spec }) as const;
export const path = <const S extends Given<'path'>>(spec: S) => ({ type: 'path', ...spec }) as const;
export const glob = <const S extends Given<'glob'>>(spec: S) => ({ type: 'glob', ...spec }) as const;
export const secret = <const S extends Given<'secret'>>(spec: S) => ({ type: 'secret', ...spec }) as const;

export interface OutputSpec {
  readonly description: string;
}

export interface PermissionSpec {
  /** As in a workflow: `contents: read`. */
  readonly permission: string;
  readonly reason: string;
}

export interface ActionSpec {
  /** kebab-case, the folder's name. */
  readonly name: string;
  /** One sentence; action.yml's description. */
  readonly description: string;
  readonly inputs: Readonly<Record<string, InputSpec>>;
  readonly outputs: Readonly<Record<string, OutputSpec>>;
  readonly permissions: readonly PermissionSpec[];
  /** Why it must run as root, if it must; the frame then starts it by sudo where it is started as another user. */
  readonly root?: string;
  /** What its post step does at the end of the job, if it has one; main.ts then hands over the function. */
  readonly post?: string;
  /** Old input name -> new name; the old one is answered with the new. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Codes this action can end with, for its failure table. */
  readonly errors: readonly import('./error-catalog.ts').ErrorCode[];
}

/** Keeps the literal types, so that `InputsOf` can infer from them. */
export const defineAction = <const S extends ActionSpec>(spec: S): S => spec;

type Camel<S extends string> = S extends `${infer A}-${infer B}` ? `${A}${Capitalize<Camel<B>>}` : S;

type ValueOf<I extends InputSpec> = I extends { type: 'boolean' }
  ? boolean
  : I extends { type: 'integer' | 'duration' }
    ? number
    : I extends { type: 'enum'; values: readonly (infer V)[] }
      ? V
      : I extends { type: 'list'; values: readonly (infer V)[] }
        ? readonly V[]
        : I extends { type: 'list' }
          ? readonly string[]
          : string;

type MaybeAbsent<I extends InputSpec> = I extends Optional ? (I extends WithDefault<unknown> ? never : undefined) : never;

/** What `run` receives: camelCase fields, paths absolute, durations in milliseconds, absent optional inputs undefined. */
export type InputsOf<S extends ActionSpec> = {
  readonly [K in keyof S['inputs'] & string as Camel<K>]: ValueOf<S['inputs'][K]> | MaybeAbsent<S['inputs'][K]>;
};

/** Why the action failed, in one line. Who declares it leaves it to the frame, which knows: `outputs: { ..., problem: problemOutput }`. */
export const problemOutput = { description: 'Why it failed, in one line; empty when it did not.' } as const;

/** What `run` returns: every declared output but `problem`, in camelCase, as text exactly as it will arrive. */
export type OutputsOf<S extends ActionSpec> = {
  readonly [K in Exclude<keyof S['outputs'] & string, 'problem'> as Camel<K>]: string;
};

/** `manifest-digest` -> `manifestDigest`. */
export function camelCase(kebab: string): string {
  return kebab.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
